//! The coverage tables: what nobody has claimed first, then cohorts, then the cells of each.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::claim::{Claim, Standing};
use quarterlight_domain::coverage::{Cell, CohortLine, CoverageState, by_cohort};
use quarterlight_domain::draw_request::DrawRequest;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::place::Place;
use quarterlight_domain::reconcile::Matter;
use quarterlight_report::words::{self, RECORD};

use super::picture::picture;
use super::{choose, tables};
use crate::app::App;
use crate::drawing::Drawing;
use crate::govuk::{Button, Details, Select, Table};
use crate::layout::Frame;
use crate::permit::{SeeCoverage, Through};
use crate::{links, page};

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The quarter that coverage is seen from.
    pub quarter: Quarter,
    /// The day on which claims stand.
    pub today: Date,
    /// Every cell with an open record.
    pub cells: Vec<Cell>,
    /// Every claim that was made.
    pub claims: Vec<Claim>,
    /// What the next draw is asked for.
    pub requests: Vec<DrawRequest>,
    /// Every part of the authority.
    pub places: Vec<Place>,
    /// The date of the current case list; none before the first was taken in.
    pub as_at: Option<Date>,
    /// The current case list, for those who may see on which records its sources differ.
    pub differs: Option<CaseListId>,
    /// Whether the person may list records.
    pub lists_records: bool,
    /// Whether the person may import case lists.
    pub imports: bool,
    /// Whether the person may say who audits a cell.
    pub claims_cells: bool,
}

/// Who audits which records.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/coverage/show.html")]
pub struct CoveragePage {
    frame: Frame,
    caption: String,
    as_at: Option<String>,
    /// Where a case list is imported; none for those who may not.
    import: Option<String>,
    /// The children about whom a committee once asked, in words.
    answer: String,
    /// Where one sees on which records lists differ; none for those who may not.
    differs: Option<String>,
    /// *Nobody has said who audits these 14 records*.
    nobody: String,
    unclaimed: Option<Table>,
    more: Option<String>,
    cohorts: Table,
    gaps: String,
    cells: Vec<Details>,
    picture: Option<Drawing>,
    overlaps: Table,
    requests: Table,
    chooser: &'static str,
    action: String,
    questions: Vec<Select>,
    choose: Button,
    workbook: String,
}

/// Shows the coverage of this quarter and the three before it.
///
/// # Errors
/// There is no such page for those who may not see coverage.
pub async fn get(app: App, visitor: Through<SeeCoverage>) -> page::Result {
    let quarter = Quarter::of(visitor.today);
    let may = |deed| permits(&visitor.person, deed, visitor.today);
    let current = app.store.case_lists.current_as_at().await?;
    let seen = Seen {
        quarter,
        today: visitor.today,
        cells: app.store.figures.coverage(quarter).await?,
        claims: app.store.claims.all().await?,
        requests: app.store.draw_requests.open_requests().await?,
        places: app.store.places.all().await?,
        as_at: current.map(|(_, as_at)| as_at),
        differs: current.map(|(id, _)| id).filter(|_| may(Deed::SeeConflicts)),
        lists_records: may(Deed::ListRecords),
        imports: may(Deed::ImportCaseLists),
        claims_cells: may(Deed::ClaimCells),
    };
    page::show(&CoveragePage::new(visitor.frame(&app, "Coverage", "Coverage"), &seen))
}

impl CoveragePage {
    /// The page of what was seen.
    pub fn new(frame: Frame, seen: &Seen) -> Self {
        let lines = by_cohort(&seen.cells);
        let standing = Standing::on(&seen.claims, seen.today);
        let (nobody, unclaimed, more) =
            tables::unclaimed(&seen.cells, &standing, seen.lists_records);
        let chooser = if seen.claims_cells {
            "Choose what they have in common, to say who audits them all or to ask for some of them in the next draw."
        } else {
            "Choose what they have in common, to see who has said that they audit them."
        };
        Self {
            frame,
            caption: format!("{}, and the three quarters before it", seen.quarter.words()),
            as_at: seen.as_at.map(day_in_words),
            import: seen.imports.then(links::case_lists),
            answer: lines.first().map_or(String::new(), answer),
            differs: seen.differs.map(|id| links::conflicts(id, Matter::Placement.code())),
            nobody,
            unclaimed,
            more,
            cohorts: tables::cohorts(&lines, seen.lists_records),
            gaps: gaps(&seen.cells),
            cells: tables::cells(&seen.cells, &standing, seen.lists_records),
            picture: picture(&seen.cells),
            overlaps: tables::overlaps(&seen.cells, &standing, &seen.places),
            requests: tables::requests(&seen.requests, &seen.places),
            chooser,
            action: links::cells(),
            questions: choose::questions(&seen.cells),
            choose: Button::submit("Show these cells").secondary(),
            workbook: links::coverage_workbook(),
        }
    }

    /// No case list, an ordinary authority, and one with hostile words and every state.
    pub fn samples() -> Vec<Self> {
        super::sample::seen().iter().map(|seen| Self::new(Frame::new("Coverage"), seen)).collect()
    }
}

/// The first cohort in words: how many, and whether anybody audits them.
fn answer(line: &CohortLine) -> String {
    let of = "of disabled children placed out of area";
    if line.open == 0 {
        return format!(
            "The case list has no open record {of}. Children of whom it does not say whether they are disabled, or where they are placed, stand in the line below."
        );
    }
    let open = words::count(line.open.into(), &RECORD);
    let part = |number: u32| words::part_of(number.into(), line.open.into(), &RECORD);
    let audited = words::sentence_case(&part(line.audited));
    let planned = match line.planned {
        0 => "no other audit is planned for this quarter".to_owned(),
        planned => format!(
            "{} {} planned for this quarter",
            words::whole(planned.into()),
            words::agree(planned.into(), "audit is", "audits are")
        ),
    };
    let uncovered = match line.not_audited + line.unknown {
        0 => String::new(),
        left => format!(
            " {} {} in a service where no audit of such a record was made and none is planned.",
            words::sentence_case(&part(left)),
            words::agree(left.into(), "is", "are")
        ),
    };
    format!(
        "{open} {of} {} open. {audited} {} audited in these four quarters, and {planned}.{uncovered}",
        words::agree(line.open.into(), "is", "are"),
        words::agree(line.audited.into(), "was", "were"),
    )
}

fn gaps(cells: &[Cell]) -> String {
    let in_state = |wanted| {
        let of_state = cells.iter().filter(|cell| cell.state() == wanted);
        of_state
            .fold((0_u64, 0_u64), |(cells, open), cell| (cells + 1, open + u64::from(cell.open)))
    };
    let (not_audited, unaudited) = in_state(CoverageState::NotAudited);
    let (unknown, unclear) = in_state(CoverageState::Unknown);
    let cells =
        |number: u64| format!("{} {}", words::whole(number), words::agree(number, "cell", "cells"));
    let records = |number: u64| format!("{} open {}", words::whole(number), RECORD.form(number));
    let mut sentences = Vec::new();
    if not_audited > 0 {
        let (cells, records) = (cells(not_audited), records(unaudited));
        sentences.push(format!("No audit was made or is planned in {cells} with {records}."));
    }
    if unknown > 0 {
        let (cells, records) = (cells(unknown), records(unclear));
        sentences.push(format!("In {cells} with {records} it is not known whose they are."));
    }
    if sentences.is_empty() {
        sentences.push("Every cell has an audit, or one is planned for this quarter.".to_owned());
    }
    sentences.join(" ")
}
