//! One edition, section by section, with how it came about: who was asked, who answered, who did not.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::edition::EditionState;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::EditionId;
use quarterlight_store::{AskedLine, EditionHistory, EditionLine};

use super::lines::{SectionPart, in_numbers, sections};
use super::list::state_tag;
use super::told::{Told, completed, summary};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Column, Table, Tag};
use crate::layout::Frame;
use crate::permit::{ReadFramework, Through};
use crate::{links, page};

/// An edition.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/edition.html")]
pub struct EditionPage {
    frame: Frame,
    tag: Tag,
    sentences: Vec<String>,
    /// Other editions: what changed, and where that is told.
    others: Vec<(String, String)>,
    /// The edition to take away: as a file, or on paper.
    away: [(&'static str, String); 3],
    asked: Option<Table>,
    /// How the standards go on from the edition before.
    mapping: Option<String>,
    sections: Vec<SectionPart>,
}

/// What the page needs besides the edition.
#[derive(Debug, Clone, Default)]
struct Around {
    all: Vec<EditionLine>,
    agreed_by: Option<String>,
    history: Option<EditionHistory>,
    mapping: Option<String>,
}

/// Shows an edition.
///
/// # Errors
/// There is no such page for those who have nothing to do with audits, and for no such edition.
pub async fn get(
    app: App,
    visitor: Through<ReadFramework>,
    Path(id): Path<String>,
) -> page::Result {
    let edition = find(&app, &id).await?;
    let mut around = Around { all: app.store.frameworks.all().await?, ..Around::default() };
    let line = around.all.iter().find(|line| line.id == edition.id);
    around.agreed_by = line.and_then(|line| line.agreed_by.clone());
    around.history = app.store.frameworks.history(edition.id).await?;
    if let Some((before, links)) = around.history.as_ref().and_then(|it| it.follows.as_ref())
        && let Some(old) = app.store.frameworks.edition(*before).await?
    {
        let links = completed(old.contents(), edition.contents(), links);
        let mapping =
            quarterlight_domain::mapping::Mapping::of(old.contents(), edition.contents(), &links)?;
        around.mapping = Some(format!("From {}. {}", old.title(), summary(&mapping)));
    }
    let frame = visitor.frame(&app, edition.title(), "Frameworks");
    page::show(&EditionPage::new(frame, &edition, &around, visitor.today))
}

/// The edition that a URL names.
pub async fn find(app: &App, id: &str) -> Result<std::sync::Arc<AgreedEdition>, Failure> {
    let id = id.parse().map(EditionId).map_err(|_| Failure::NotFound)?;
    app.store.frameworks.edition(id).await?.ok_or(Failure::NotFound)
}

impl EditionPage {
    fn new(
        frame: Frame,
        edition: &AgreedEdition,
        around: &Around,
        today: jiff::civil::Date,
    ) -> Self {
        let contents = edition.contents();
        let of_this = around.all.iter().filter(|line| line.name == contents.name());
        let later = of_this.clone().filter(|line| line.number > edition.number);
        let state =
            EditionState::on(today, edition.in_force_from, later.map(|line| line.in_force_from));
        let others = around.all.iter().filter(|line| line.id != edition.id);
        let breadcrumbs = vec![("Frameworks".to_owned(), links::frameworks())];
        Self {
            frame: Frame { breadcrumbs, ..frame },
            tag: state_tag(state),
            sentences: vec![
                in_force(edition, around.agreed_by.as_deref()),
                in_numbers(contents),
                "Under each standard stands what an auditor sees when it is met. A critical \
                 standard that is not met allows no better grade than Requires improvement."
                    .to_owned(),
            ],
            others: others
                .map(|line| {
                    let words = if line.name == contents.name() && line.number < edition.number {
                        format!("What changed since edition {}", line.number)
                    } else if line.name == contents.name() {
                        format!("Compared with edition {}", line.number)
                    } else {
                        format!("Compared with {}, edition {}", line.name, line.number)
                    };
                    (words, links::changes(edition.id, line.id))
                })
                .collect(),
            away: [
                ("Download as a spreadsheet", links::edition_workbook(edition.id)),
                ("Download as TOML", links::edition_toml(edition.id)),
                ("Printable blank form", links::edition_form(edition.id)),
            ],
            asked: around.history.as_ref().map(|history| asked(&history.asked)),
            mapping: around.mapping.clone(),
            sections: sections(contents, &edition.origins),
        }
    }

    /// An ordinary one, and one with hostile words and a history.
    pub fn samples() -> Vec<Self> {
        use super::sample;
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("Children’s records, edition 1");
        let hostile = Around {
            all: sample::lines(),
            agreed_by: Some(HOSTILE.to_owned()),
            history: Some(sample::history()),
            mapping: Some(HOSTILE.to_owned()),
        };
        let page = |words: &str, around: &Around| {
            let edition = sample::edition(words)?;
            Some(Self::new(frame(), &edition, around, sample::TODAY))
        };
        [page("There is a current case summary", &Around::default()), page(HOSTILE, &hostile)]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn in_force(edition: &AgreedEdition, agreed_by: Option<&str>) -> String {
    let from = day_in_words(edition.in_force_from);
    let always = "An agreed edition never changes; an audit stays on the edition that it was \
                  begun on.";
    match agreed_by {
        Some(name) => format!("Agreed by {name} and in force from {from}. {always}"),
        None => format!("In force from {from}. {always}"),
    }
}

/// Who was asked for comments, and what each did.
pub fn asked(asked: &[AskedLine]) -> Table {
    let columns = vec![
        Column::words("Who was asked"),
        Column::words("When"),
        Column::words("Last day for comments"),
        Column::words("What they did"),
    ];
    let row = |line: &AskedLine| {
        vec![
            line.name.clone().into(),
            day_in_words(line.on).into(),
            day_in_words(line.closes).into(),
            line.answered.words().into(),
        ]
    };
    Table::new("asked", "Who was asked for comments", columns)
        .rows(asked.iter().map(row).collect())
        .empty("Nobody was asked for comments.")
}

/// The changes of an edition from another, with the links that were kept where it follows that one.
pub async fn told(
    app: &App,
    edition: &AgreedEdition,
    earlier: &AgreedEdition,
) -> Result<Told, Failure> {
    let history = app.store.frameworks.history(edition.id).await?;
    let links = history.and_then(|it| it.follows).filter(|(before, _)| *before == earlier.id);
    let links = links.map(|(_, links)| links).unwrap_or_default();
    Ok(Told::new(earlier.contents(), edition.contents(), &links))
}
