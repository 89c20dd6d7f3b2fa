//! What a director needs on one screen: four sentences, each opening its table, and who holds which records.

use askama::Template;
use askama::filters::HtmlSafe;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::permission::{Deed, RegisterDeed, permits};
use quarterlight_report::document::Document;
use quarterlight_report::quarterly::{Assured, assurance, caseload};

use super::nothing_yet::NothingYetPage;
use super::{ToDraft, title};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Content, Details, SummaryList, SummaryRow, Table, WarningText};
use crate::layout::Frame;
use crate::parts::{Parts, of_grid};
use crate::permit::{ReadDraftReports, Through};
use crate::{links, page};

/// One sentence, what unfolds beneath it, and where the list behind it is.
#[derive(Debug, Clone)]
struct Line {
    about: &'static str,
    sentence: String,
    behind: Option<Details>,
    list: Option<(String, &'static str)>,
}

/// A table and what its words mean.
#[derive(Debug, Clone, Template)]
#[template(source = "{{ table }}{{ terms }}", ext = "html")]
struct Behind {
    table: Table,
    terms: SummaryList,
}

impl HtmlSafe for Behind {}

/// What a director needs on one screen.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/assurance.html")]
pub struct AssurancePage {
    frame: Frame,
    quarter: String,
    counted_on: String,
    marking: WarningText,
    lines: Vec<Line>,
    caseload: Parts,
    /// The whole report, and the same page for other quarters.
    report: (String, String),
    quarters: Vec<(String, String)>,
    pack: String,
}

/// Leads to the latest quarter in which something was audited; to the latest of all where none was;
/// and says so where there is no cycle.
///
/// # Errors
/// There is no such page for those who may not read drafts.
pub async fn latest(app: App, visitor: Through<ReadDraftReports>) -> page::Result {
    let cycles = app.store.cycles.all().await?;
    let audited = cycles.iter().find(|it| it.submitted > 0).or_else(|| cycles.first());
    if let Some(it) = audited {
        return page::see_other(links::assurance_of(it.cycle.quarter));
    }
    let may_open = permits(&visitor.person, Deed::RunCycles, visitor.today);
    let cycles = may_open.then(links::cycles);
    let frame = visitor.frame(&app, "Assurance", "Assurance");
    page::show(&NothingYetPage { frame, cycles })
}

/// Shows a quarter, of one service or of all.
///
/// # Errors
/// There is no such page for a quarter without a cycle, nor for those who may not read drafts.
pub async fn get(app: App, asked: ToDraft) -> page::Result {
    let figures = asked.figures(&app).await?;
    let caseload =
        caseload(&figures).map_err(|unfinished| Failure::Failed(unfinished.to_string()))?;
    let may = |deed: Deed<'_>| permits(&asked.visitor.person, deed, asked.visitor.today);
    let list = |about: &str| match about {
        "Coverage" => may(Deed::SeeCoverage).then(|| (links::coverage(), "Every cell of coverage")),
        "Actions" => may(Deed::ListActions).then(|| (links::actions(), "Every action")),
        "Promises" => may(Deed::Register(RegisterDeed::See))
            .then(|| (links::committee_register(), "Everything the committee said")),
        _ => Some((links::draft(asked.quarter, asked.service), "Every standard, in the report")),
    };
    let cycles = app.store.cycles.all().await?;
    let quarters = cycles.iter().map(|it| it.cycle.quarter).filter(|it| *it != asked.quarter);
    let frame = asked.visitor.frame(&app, "Assurance", "Assurance");
    let shown = assurance(&figures).map(|it| (list(it.about), it));
    page::show(&AssurancePage::new(
        frame,
        (asked.quarter, day_in_words(figures.counted_on)),
        shown.into(),
        (&caseload, links::draft(asked.quarter, asked.service)),
        quarters.collect(),
    ))
}

impl AssurancePage {
    fn new(
        frame: Frame,
        (quarter, counted_on): (Quarter, String),
        lines: Vec<(Option<(String, &'static str)>, Assured)>,
        (caseload, report): (&Document, String),
        quarters: Vec<Quarter>,
    ) -> Self {
        let each = |quarter: Quarter| (links::assurance_of(quarter), quarter.words());
        Self {
            frame,
            quarter: quarter.words(),
            counted_on,
            marking: WarningText::new(caseload.cover.marking.clone()),
            lines: lines.into_iter().map(line).collect(),
            caseload: Parts::of(caseload),
            report: (report, title(caseload)),
            quarters: quarters.into_iter().map(each).collect(),
            pack: links::pack(),
        }
    }

    /// Nothing to count, and a hostile quarter.
    pub fn samples() -> Vec<Self> {
        super::sample::assured()
            .into_iter()
            .map(|(lines, document)| {
                let quarter = Quarter::of(jiff::civil::date(2026, 11, 23));
                let lines = lines.into_iter().map(|it| (Some((links::actions(), "All")), it));
                let day = "23 November 2026".to_owned();
                let report = (&document, links::draft(quarter, None));
                let frame = Frame::new("Assurance");
                Self::new(frame, (quarter, day), lines.collect(), report, vec![quarter.before()])
            })
            .collect()
    }
}

fn line((list, assured): (Option<(String, &'static str)>, Assured)) -> Line {
    let Assured { about, sentence, table, terms } = assured;
    let behind = table.map(|(caption, grid)| {
        let id = about.to_lowercase().replace(' ', "-");
        let rows = terms.into_iter().map(|(term, text)| SummaryRow::new(term, text));
        let table = of_grid(&id, caption, &grid);
        let behind = Behind { table, terms: SummaryList::new(rows.collect()) };
        Details::new(format!("The figures: {caption}"), Content::component(&behind))
    });
    Line { about, sentence, behind, list }
}
