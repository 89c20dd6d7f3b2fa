//! The inspection pack for any period, as a page and as a PDF.

use askama::Template;
use axum::extract::Query;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::release::about::About;
use quarterlight_report::document::Document;
use quarterlight_report::pack::{MOST_QUARTERS, Released, pack};
use serde::Deserialize;

use super::digest;
use super::files::{self, FileKind, printed};
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Button, ErrorSummary, Field, Select, SelectItem, WarningText};
use crate::layout::Frame;
use crate::parts::Parts;
use crate::permit::{ReadDraftReports, Through};
use crate::{links, page};

/// How many quarters are proposed: a year.
const PROPOSED: usize = 4;

/// The period that is asked for, each end a quarter such as *2026-Q3*.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Period {
    from: String,
    until: String,
}

/// The form, and the pack once a period was asked for.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/pack.html")]
pub struct PackPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    from: Select,
    until: Select,
    button: Button,
    shown: Option<Shown>,
}

/// A pack on the page.
#[derive(Debug, Clone)]
struct Shown {
    subtitle: String,
    as_at: String,
    marking: WarningText,
    files: Vec<(&'static str, String)>,
    contents: Vec<(String, String)>,
    parts: Parts,
}

/// Asks for a period, and shows its pack.
///
/// # Errors
/// There is no such page for those who may not read drafts.
pub async fn get(
    app: App,
    visitor: Through<ReadDraftReports>,
    Query(asked): Query<Period>,
) -> page::Result {
    let known = quarters(&app).await?;
    let frame = visitor.frame(&app, "Inspection pack", "Assurance");
    let mut errors = Errors::default();
    if asked.from.is_empty() && asked.until.is_empty() {
        let until = known.last().copied();
        let from = known.iter().rev().take(PROPOSED).next_back().copied();
        return page::show(&PackPage::new(frame, &known, (from, until), &errors, None));
    }
    let ends = (asked.from.parse().ok(), asked.until.parse().ok());
    let Some(within) = within(&known, ends, &mut errors) else {
        return page::again(&PackPage::new(frame, &known, ends, &errors, None));
    };
    let document = document(&app, &within, visitor.today).await?;
    page::show(&PackPage::new(frame, &known, ends, &errors, Some(&document)))
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page for those who may not read drafts, nor for a period that cannot be.
pub async fn file(
    app: App,
    visitor: Through<ReadDraftReports>,
    kind: FileKind,
    Query(asked): Query<Period>,
) -> page::Result {
    let known = quarters(&app).await?;
    let ends = (asked.from.parse().ok(), asked.until.parse().ok());
    let within = within(&known, ends, &mut Errors::default()).ok_or(Failure::NotFound)?;
    let document = document(&app, &within, visitor.today).await?;
    let name = format!("inspection-pack-{}-{}", asked.from, asked.until);
    printed(&app, kind, &name, document).await
}

/// The quarters that have a cycle, the earliest first.
async fn quarters(app: &App) -> Result<Vec<Quarter>, Failure> {
    let cycles = app.store.cycles.all().await?;
    let mut quarters: Vec<Quarter> = cycles.iter().map(|it| it.cycle.quarter).collect();
    quarters.sort_unstable();
    Ok(quarters)
}

/// The quarters of the period; nothing, and what is wrong at its field, where there are none.
fn within(
    known: &[Quarter],
    (from, until): (Option<Quarter>, Option<Quarter>),
    errors: &mut Errors,
) -> Option<Vec<Quarter>> {
    let (Some(from), Some(until)) = (from, until) else {
        errors.say("from", "Choose a first and a last quarter.");
        return None;
    };
    if from > until {
        errors.say("until", "Choose a last quarter that is not before the first.");
        return None;
    }
    let within: Vec<Quarter> =
        known.iter().copied().filter(|it| (from..=until).contains(it)).collect();
    if within.is_empty() {
        errors.say("from", "Choose a period in which a cycle was opened.");
        return None;
    }
    if within.len() > MOST_QUARTERS {
        errors.say("from", "Choose at most five years: 20 quarters.");
        return None;
    }
    Some(within)
}

/// Counts every quarter under the codes of the latest, so that they can be added up. It takes as
/// many statements as the quarters' own reports together.
async fn document(
    app: &App,
    within: &[Quarter],
    today: jiff::civil::Date,
) -> Result<Document, Failure> {
    let last = *within.last().ok_or(Failure::NotFound)?;
    let cycle = app.store.cycles.of_quarter(last).await?.ok_or(Failure::NotFound)?.cycle;
    let edition = app.store.cycles.edition_of(&cycle, None).await?;
    let edition = app.store.frameworks.edition(edition).await?.ok_or(Failure::NotFound)?;
    let mut figures = Vec::new();
    for quarter in within {
        figures.push(app.store.figures.quarter(*quarter, &edition, None, today).await?);
    }
    let mut released = Vec::new();
    for line in app.store.reports.all().await?.into_iter().rev() {
        let is_within = match line.about {
            About::Quarter(quarter, _) => within.contains(&quarter),
            About::Year(year) => within.iter().any(|it| it.year() == year),
        };
        if is_within && let Some(report) = app.store.reports.get(line.id).await? {
            let digest = digest(&report.document);
            released.push(Released { title: line.title, on: line.released_on, digest });
        }
    }
    pack(&figures, &released).map_err(|unfinished| Failure::Failed(unfinished.to_string()))
}

impl PackPage {
    fn new(
        mut frame: Frame,
        known: &[Quarter],
        (from, until): (Option<Quarter>, Option<Quarter>),
        errors: &Errors,
        document: Option<&Document>,
    ) -> Self {
        frame.has_errors = !errors.is_empty();
        frame.breadcrumbs = vec![("Assurance".to_owned(), links::assurance())];
        let field = |name, label| Field::new(name, label).error(errors.at(name));
        let (first, last) = (field("from", "First quarter"), field("until", "Last quarter"));
        let items = || {
            let item = |it: &Quarter| SelectItem::new(it.to_string(), it.words());
            known.iter().rev().map(item).collect::<Vec<_>>()
        };
        let chosen = |quarter: Option<Quarter>| quarter.map(|it| it.to_string());
        let shown = document.zip(from.zip(until)).map(|(document, (from, until))| {
            let parts = Parts::of(document);
            Shown {
                subtitle: document.cover.subtitle.clone(),
                as_at: document.cover.as_at.clone(),
                marking: WarningText::new(document.cover.marking.clone()),
                files: files::of(&links::pack_of(from, until)),
                contents: parts.contents(),
                parts,
            }
        });
        Self {
            frame,
            errors: ErrorSummary::new().field(&first).field(&last),
            action: links::pack(),
            from: Select::new(first, items()).value(chosen(from)),
            until: Select::new(last, items()).value(chosen(until)),
            button: Button::submit("Show the pack"),
            shown,
        }
    }

    /// The form alone, with errors, and a hostile pack.
    pub fn samples() -> Vec<Self> {
        let quarter = Quarter::of(jiff::civil::date(2026, 11, 23));
        let known = [quarter.before(), quarter];
        let ends = (Some(quarter.before()), Some(quarter));
        let mut errors = Errors::default();
        errors.say("until", "Choose a last quarter that is not before the first.");
        let frame = || Frame::new("Inspection pack");
        let none = Errors::default();
        let document = super::sample::documents().into_iter().nth(1);
        vec![
            Self::new(frame(), &[], (None, None), &none, None),
            Self::new(frame(), &known, (ends.1, ends.0), &errors, None),
            Self::new(frame(), &known, ends, &none, document.as_ref()),
        ]
    }
}
