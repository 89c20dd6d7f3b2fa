//! The coverage table: by cohort, then by service and cohort, with the gaps first.

use askama::Template;
use jiff::civil::{Date, date};
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::{Cell, CohortLine, CoverageState, by_cohort};
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_report::words::{self, RECORD};

use super::count_link::CountLink;
use crate::app::App;
use crate::govuk::{Column, Content, HOSTILE, Table, TagColour};
use crate::layout::Frame;
use crate::permit::{SeeCoverage, Through};
use crate::{links, page};

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct Seen {
    quarter: Quarter,
    cells: Vec<Cell>,
    /// The date of the current case list; none before the first was taken in.
    as_at: Option<Date>,
    lists_records: bool,
    imports: bool,
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
    cohorts: Table,
    gaps: String,
    cells: Table,
}

/// Shows the coverage of this quarter and the three before it.
///
/// # Errors
/// There is no such page for those who may not see coverage.
pub async fn get(app: App, visitor: Through<SeeCoverage>) -> page::Result {
    let quarter = Quarter::of(visitor.today);
    let may = |deed| permits(&visitor.person, deed, visitor.today);
    let seen = Seen {
        quarter,
        cells: app.store.figures.coverage(quarter).await?,
        as_at: app.store.case_lists.current().await?.map(|list| list.as_at),
        lists_records: may(Deed::ListRecords),
        imports: may(Deed::ImportCaseLists),
    };
    page::show(&CoveragePage::new(visitor.frame(&app, "Coverage", "Coverage"), &seen))
}

impl CoveragePage {
    fn new(frame: Frame, seen: &Seen) -> Self {
        let lines = by_cohort(&seen.cells);
        Self {
            frame,
            caption: format!("{}, and the three quarters before it", seen.quarter.words()),
            as_at: seen.as_at.map(day_in_words),
            import: seen.imports.then(links::case_lists),
            answer: lines.first().map_or(String::new(), answer),
            cohorts: cohorts(&lines, seen),
            gaps: gaps(&seen.cells),
            cells: cells(seen),
        }
    }

    /// No case list, an ordinary authority, and one with hostile words and every state.
    pub fn samples() -> Vec<Self> {
        let cell = |service: Option<i64>, name: &str, cohort, audited, planned| Cell {
            service: service.map(PlaceId),
            service_name: name.to_owned(),
            cohort,
            open: 1204,
            audited,
            planned,
        };
        let crowded = Cohort::ALL.into_iter().flat_map(|cohort| {
            [
                cell(Some(4), HOSTILE, cohort, 3, 0),
                cell(Some(5), "Children in Need North", cohort, 0, 2),
                cell(Some(6), "Disability Service", cohort, 0, 0),
                cell(None, "Service not known", cohort, 0, 0),
            ]
        });
        let ordinary = vec![cell(Some(5), "Children in Need North", Cohort::ChildInNeed, 40, 12)];
        let page = |cells: Vec<Cell>, as_at, may| {
            let quarter = Quarter::of(date(2026, 11, 23));
            let seen = Seen { quarter, cells, as_at, lists_records: may, imports: may };
            Self::new(Frame::new("Coverage"), &seen)
        };
        let as_at = Some(date(2026, 10, 1));
        vec![
            page(Vec::new(), None, true),
            page(Vec::new(), None, false),
            page(ordinary, as_at, false),
            page(crowded.collect(), as_at, true),
        ]
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

fn state(state: CoverageState) -> Content {
    let colour = match state {
        CoverageState::Audited => TagColour::Green,
        CoverageState::Planned => TagColour::Blue,
        CoverageState::NotAudited => TagColour::Red,
        CoverageState::Unknown => TagColour::Orange,
    };
    Content::tag(state.words(), colour)
}

fn columns(first: &[&str]) -> Vec<Column> {
    let first = first.iter().map(|heading| Column::words(*heading));
    let numbers = ["Open", "Audited", "Planned"].into_iter().map(Column::numbers);
    first.chain(numbers).chain([Column::words("Coverage")]).collect()
}

/// A number of open records, which leads to them where the person may see them listed.
fn open(number: u32, subject: String, href: Option<String>) -> Content {
    let number = words::whole(number.into());
    match href {
        Some(href) => Content::component(&CountLink { number, subject, href }),
        None => Content::text(number),
    }
}

fn cohorts(lines: &[CohortLine], seen: &Seen) -> Table {
    let row = |line: &CohortLine| {
        let href =
            (seen.lists_records && line.open > 0).then(|| links::records_of(None, line.cohort));
        let subject = format!("open records: {}", line.cohort.words());
        vec![
            Content::text(line.cohort.words()),
            open(line.open, subject, href),
            words::whole(line.audited.into()).into(),
            words::whole(line.planned.into()).into(),
            line.state().map_or(Content::text("None open"), state),
        ]
    };
    Table::new("cohorts", "By cohort", columns(&["Cohort"])).rows(lines.iter().map(row).collect())
}

/// What most needs to be seen comes first.
fn urgency(state: CoverageState) -> u8 {
    match state {
        CoverageState::NotAudited => 0,
        CoverageState::Unknown => 1,
        CoverageState::Planned => 2,
        CoverageState::Audited => 3,
    }
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

fn cells(seen: &Seen) -> Table {
    let mut sorted: Vec<&Cell> = seen.cells.iter().collect();
    sorted.sort_by_key(|cell| urgency(cell.state()));
    let row = |cell: &&Cell| {
        // The list of records cannot be narrowed to those without a service, so that link would lead to others.
        let href = cell
            .service
            .filter(|_| seen.lists_records)
            .map(|service| links::records_of(Some(service), cell.cohort));
        let subject = format!("open records: {}, {}", cell.service_name, cell.cohort.words());
        vec![
            Content::text(cell.service_name.clone()),
            Content::text(cell.cohort.words()),
            open(cell.open, subject, href),
            words::whole(cell.audited.into()).into(),
            words::whole(cell.planned.into()).into(),
            state(cell.state()),
        ]
    };
    Table::new("cells", "By service and cohort", columns(&["Service", "Cohort"]))
        .rows(sorted.iter().map(row).collect())
        .empty("The current case list has no open record.")
}
