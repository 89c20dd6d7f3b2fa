//! A year as it was planned and as it went: cohorts by quarters, and the versions that it had.

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::programme::{Programme, YearFacts};
use quarterlight_report::programme::{cell, plan_in_words, total};

use super::{Year, title_of};
use crate::app::App;
use crate::govuk::{Button, Column, Content, NotificationBanner, Table};
use crate::layout::Frame;
use crate::permit::{SeeCycles, Through};
use crate::year::facts;
use crate::{links, page};

/// A quarter with what it is to be.
#[derive(Debug, Clone)]
struct Part {
    heading: String,
    sentence: String,
    change: Option<(String, String)>,
}

/// A year's programme.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/programme/show.html")]
pub struct ProgrammePage {
    frame: Frame,
    version: String,
    years: Vec<(String, String)>,
    table: Table,
    parts: Vec<Part>,
    frameworks: Table,
    own: Option<Button>,
    versions: Table,
    document: Option<String>,
}

/// What somebody may do with the programme.
#[derive(Debug, Clone, Copy)]
struct May {
    plan: bool,
    read_drafts: bool,
}

/// Goes to the programme of today's year.
///
/// # Errors
/// There is no such page for those who may not see cycles.
pub async fn current(visitor: Through<SeeCycles>) -> page::Result {
    page::see_other(links::programme(Quarter::of(visitor.today).year()))
}

/// Shows a year.
///
/// # Errors
/// There is no such page for those who may not see cycles, nor for a year that cannot be planned.
pub async fn get(app: App, asked: Year<SeeCycles>, RawQuery(query): RawQuery) -> page::Result {
    let visitor = &asked.visitor;
    let may = |deed| permits(&visitor.person, deed, visitor.today);
    let facts = facts(&app.store, asked.year, visitor.today).await?;
    let versions = app.store.programmes.versions(asked.year).await?;
    let may = May { plan: may(Deed::RunCycles), read_drafts: may(Deed::ReadDraftReports) };
    let mut frame = visitor.frame(&app, title_of(asked.year), "Programme");
    if query.as_deref() == Some("planned") {
        let words = "The programme is changed. What it was before is kept below.";
        frame.banner = Some(NotificationBanner::success(words));
    }
    page::show(&ProgrammePage::new(frame, &facts, &versions, may))
}

impl ProgrammePage {
    fn new(frame: Frame, facts: &YearFacts, versions: &[Programme], may: May) -> Self {
        let year = facts.year;
        let parts = facts.quarters.iter().map(|quarter| Part {
            heading: quarter.quarter.words(),
            sentence: plan_in_words(&quarter.plan),
            change: (may.plan && !quarter.is_drawn && !quarter.is_past).then(|| {
                let href = format!("{}?quarter={}", links::plan(year), quarter.quarter);
                (format!("Change {}", quarter.quarter.words()), href)
            }),
        });
        Self {
            frame,
            version: version(facts),
            years: vec![
                (title_of(year - 1), links::programme(year - 1)),
                (title_of(year + 1), links::programme(year + 1)),
            ],
            table: table(facts),
            parts: parts.collect(),
            frameworks: frameworks(facts),
            own: may.plan.then(|| {
                Button::link("Choose frameworks", links::programme_frameworks(year)).secondary()
            }),
            versions: versions_table(versions),
            document: may.read_drafts.then(|| links::programme_draft(year)),
        }
    }

    /// A year that nobody planned, one under way for the quality lead, and hostile words.
    pub fn samples() -> Vec<Self> {
        let all = May { plan: true, read_drafts: true };
        let none = May { plan: false, read_drafts: false };
        super::sample::years()
            .iter()
            .zip([none, all, all])
            .map(|(facts, may)| {
                let versions: Vec<Programme> = facts.programme.iter().cloned().collect();
                Self::new(Frame::new(title_of(facts.year)), facts, &versions, may)
            })
            .collect()
    }
}

fn version(facts: &YearFacts) -> String {
    match &facts.programme {
        Some(programme) => {
            format!("Version {}, made on {}.", programme.version, day_in_words(programme.made_on))
        }
        None => "Nobody has planned this year yet. Each quarter is shown as it is planned where \
                 nothing else was said."
            .to_owned(),
    }
}

fn table(facts: &YearFacts) -> Table {
    let columns = std::iter::once(Column::words("Cohort"))
        .chain(facts.quarters.iter().map(|it| Column::words(it.quarter.words())));
    let row = |cohort: Cohort| {
        let cells = facts.quarters.iter().map(|quarter| Content::text(cell(quarter, cohort)));
        std::iter::once(Content::text(cohort.words())).chain(cells).collect()
    };
    let totals = facts.quarters.iter().map(|quarter| Content::text(total(quarter)));
    let totals = std::iter::once(Content::text("All cohorts")).chain(totals).collect();
    let rows = Cohort::ALL.into_iter().map(row).chain(std::iter::once(totals));
    Table::new("year", "Records planned and audited, by cohort and quarter", columns.collect())
        .rows(rows.collect())
}

fn frameworks(facts: &YearFacts) -> Table {
    let common = facts.framework.as_deref().unwrap_or("No framework is in force");
    let own = facts.programme.as_ref().map(|programme| &programme.frameworks);
    let row = |(id, name): &(_, String)| {
        let framework = own.and_then(|own| own.get(id)).map_or(common, String::as_str);
        vec![Content::text(name.clone()), Content::text(framework)]
    };
    Table::new(
        "frameworks",
        "By whose framework",
        ["Service", "Framework"].map(Column::words).into(),
    )
    .rows(facts.services.iter().map(row).collect())
    .empty("There is no service yet.")
}

fn versions_table(versions: &[Programme]) -> Table {
    let row = |programme: &Programme| {
        let plans: Vec<String> = programme
            .quarters
            .iter()
            .map(|(quarter, plan)| format!("{}: {}", quarter.words(), plan_in_words(plan)))
            .collect();
        let plans = if plans.is_empty() { "As usual".to_owned() } else { plans.join("\n") };
        vec![
            Content::text(programme.version.to_string()),
            Content::text(day_in_words(programme.made_on)),
            Content::written(programme.why.clone()),
            Content::written(plans),
        ]
    };
    let columns = vec![
        Column::numbers("Version"),
        Column::words("Made on"),
        Column::words("Why"),
        Column::words("What it planned"),
    ];
    Table::new("versions", "Every version, the latest first", columns)
        .rows(versions.iter().map(row).collect())
        .empty("No version has been made yet.")
}
