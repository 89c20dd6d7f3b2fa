//! What changed between two editions, or from the edition before to a draft, word by word.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::refusal::Refusal;

use super::ToRead;
use super::edition::{find, told};
use super::told::Told;
use crate::app::App;
use crate::layout::Frame;
use crate::permit::{ReadFramework, Through};
use crate::{links, page};

/// The changes.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/changes.html")]
pub struct ChangesPage {
    frame: Frame,
    caption: String,
    told: Told,
}

/// Shows what changed between two editions.
///
/// # Errors
/// There is no such page for those who have nothing to do with audits, and for no such editions.
pub async fn get(
    app: App,
    visitor: Through<ReadFramework>,
    Path((edition, earlier)): Path<(String, String)>,
) -> page::Result {
    let (edition, earlier) = (find(&app, &edition).await?, find(&app, &earlier).await?);
    // Whichever way round they were asked for, the later one of a framework is told from the earlier.
    let same = edition.contents().name() == earlier.contents().name();
    let turned = same && edition.number < earlier.number;
    let (edition, earlier) = if turned { (earlier, edition) } else { (edition, earlier) };
    let frame = visitor.frame(&app, "What changed", "Frameworks");
    let breadcrumbs = vec![
        ("Frameworks".to_owned(), links::frameworks()),
        (edition.title(), links::edition(edition.id)),
    ];
    page::show(&ChangesPage {
        frame: Frame { breadcrumbs, ..frame },
        caption: format!("From {} to {}", earlier.title(), edition.title()),
        told: told(&app, &edition, &earlier).await?,
    })
}

/// Shows what changed from the edition before to a draft.
///
/// # Errors
/// There is no such page for those who may not read the draft.
pub async fn of_draft(draft: ToRead) -> page::Result {
    let contents = draft.draft.contents()?;
    let before = draft.before.as_ref().ok_or_else(|| {
        Refusal::because("There is no edition before this one, so all of it is new.")
    })?;
    page::show(&ChangesPage {
        frame: draft.inner_frame("What changed"),
        caption: format!("From {} to this draft", before.title()),
        told: Told::new(before.contents(), &contents, &draft.draft.links),
    })
}

impl ChangesPage {
    /// Nothing changed, and every kind of change with hostile words.
    pub fn samples() -> Vec<Self> {
        use super::sample;

        let page = |told| Self {
            frame: Frame::new("What changed"),
            caption: "From edition 1 to edition 2".to_owned(),
            told,
        };
        let mut samples = vec![page(Told::default())];
        samples.extend(sample::told().map(page));
        samples
    }
}
