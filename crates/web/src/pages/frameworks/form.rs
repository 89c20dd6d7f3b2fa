//! An edition as a blank form: to be printed, and filled in with a pen beside a record on paper.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::judgement::Judgement;

use super::edition::find;
use super::lines::{SectionPart, sections};
use crate::app::App;
use crate::layout::Frame;
use crate::permit::{ReadFramework, Through};
use crate::{links, page};

/// A blank form.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/form.html")]
pub struct FormPage {
    frame: Frame,
    edition: String,
    sections: Vec<SectionPart>,
    judgements: Vec<&'static str>,
    grades: Vec<&'static str>,
}

/// Shows the form.
///
/// # Errors
/// There is no such page for those who have nothing to do with audits, and for no such edition.
pub async fn get(
    app: App,
    visitor: Through<ReadFramework>,
    Path(id): Path<String>,
) -> page::Result {
    let edition = find(&app, &id).await?;
    let frame = visitor.frame(&app, "Blank form", "Frameworks");
    page::show(&FormPage::new(frame, &edition))
}

impl FormPage {
    fn new(frame: Frame, edition: &AgreedEdition) -> Self {
        let breadcrumbs = vec![
            ("Frameworks".to_owned(), links::frameworks()),
            (edition.title(), links::edition(edition.id)),
        ];
        Self {
            frame: Frame { breadcrumbs, ..frame },
            edition: edition.title(),
            sections: sections(edition.contents(), &edition.origins),
            judgements: Judgement::ALL.map(Judgement::words).into(),
            grades: Grade::ALL.map(Grade::words).into(),
        }
    }

    /// An ordinary form, and one with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let page = |words: &str| {
            Some(Self::new(Frame::new("Blank form"), &super::sample::edition(words)?))
        };
        [page("There is a current case summary"), page(HOSTILE)].into_iter().flatten().collect()
    }
}
