//! The tables of coverage: what nobody has claimed, cohorts, the cells of each, and claims that overlap.

use std::collections::BTreeMap;

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::claim::{Claim, Standing};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::{Cell, CohortLine, CoverageState};
use quarterlight_domain::draw_request::DrawRequest;
use quarterlight_domain::id::ClaimId;
use quarterlight_domain::place::Place;
use quarterlight_report::words::{self, RECORD};

use super::count_link::CountLink;
use super::{in_words, state};
use crate::govuk::{CaptionSize, Column, Content, Details, Table};
use crate::links;

/// How many cells the first table names; the others stand below their cohorts.
const NAMED: usize = 12;

/// What most needs to be seen comes first.
fn urgency(state: CoverageState) -> u8 {
    match state {
        CoverageState::NotAudited => 0,
        CoverageState::Unknown => 1,
        CoverageState::Planned => 2,
        CoverageState::Audited => 3,
    }
}

/// How many records these cells have.
pub fn open_in<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> u64 {
    cells.into_iter().map(|cell| u64::from(cell.open)).sum()
}

/// A number of open records, which leads to them where the person may see them listed.
pub fn open(number: u32, subject: String, href: Option<String>) -> Content {
    let number = words::whole(number.into());
    match href {
        Some(href) => Content::component(&CountLink { number, subject, href }),
        None => Content::text(number),
    }
}

fn open_of(cell: &Cell, lists_records: bool) -> Content {
    let href = lists_records.then(|| links::records_in(&cell.pattern()));
    let subject = format!("open records: {}, {}", cell.kind.words(), cell.service_name);
    open(cell.open, subject, href)
}

fn named(cell: &Cell) -> Content {
    Content::link(words::sentence_case(&cell.kind.words()), links::cell(&cell.pattern()))
}

/// The heading over what nobody has claimed, the table, and a sentence about the rest.
pub fn unclaimed(
    cells: &[Cell],
    standing: &Standing<'_>,
    lists_records: bool,
) -> (String, Option<Table>, Option<String>) {
    let mut nobodys: Vec<&Cell> =
        cells.iter().filter(|cell| standing.holding(cell.kind, cell.service).is_none()).collect();
    if nobodys.is_empty() {
        let heading = "Somebody has said who audits every open record";
        return (heading.to_owned(), None, None);
    }
    let records = open_in(nobodys.iter().copied());
    nobodys.sort_by_key(|cell| (urgency(cell.state()), std::cmp::Reverse(cell.open)));
    let row = |cell: &&Cell| {
        vec![
            named(cell),
            Content::text(cell.service_name.clone()),
            open_of(cell, lists_records),
            words::whole(cell.audited.into()).into(),
            state(cell.state()),
        ]
    };
    let columns = vec![
        Column::words("Records"),
        Column::words("Service"),
        Column::numbers("Open"),
        Column::numbers("Audited"),
        Column::words("Coverage"),
    ];
    let these = words::agree(records, "this", "these");
    let heading = format!(
        "Nobody has said who audits {these} {} {}",
        words::whole(records),
        RECORD.form(records)
    );
    let table = Table::new("unclaimed", "Records that nobody has claimed", columns)
        .caption_size(CaptionSize::Hidden)
        .rows(nobodys.iter().take(NAMED).map(row).collect());
    let rest = nobodys.get(NAMED..).unwrap_or_default();
    let more = (!rest.is_empty()).then(|| {
        format!(
            "{} more {} with {} {} not claimed either, and {} below {}.",
            words::whole(rest.len() as u64),
            words::agree(rest.len() as u64, "cell", "cells"),
            words::count(open_in(rest.iter().copied()), &RECORD),
            words::agree(rest.len() as u64, "is", "are"),
            words::agree(rest.len() as u64, "stands", "stand"),
            words::agree(rest.len() as u64, "its cohort", "their cohorts"),
        )
    });
    (heading, Some(table), more)
}

/// Every cohort on one line.
pub fn cohorts(lines: &[CohortLine], lists_records: bool) -> Table {
    let row = |line: &CohortLine| {
        let href = (lists_records && line.open > 0).then(|| links::records_of(None, line.cohort));
        let subject = format!("open records: {}", line.cohort.words());
        vec![
            Content::text(line.cohort.words()),
            open(line.open, subject, href),
            words::whole(line.audited.into()).into(),
            words::whole(line.planned.into()).into(),
            line.state().map_or(Content::text("None open"), state),
        ]
    };
    let columns = vec![
        Column::words("Cohort"),
        Column::numbers("Open"),
        Column::numbers("Audited"),
        Column::numbers("Planned"),
        Column::words("Coverage"),
    ];
    Table::new("cohorts", "By cohort", columns).rows(lines.iter().map(row).collect())
}

/// The cells of every cohort that has an open record, folded away below its name.
pub fn cells(cells: &[Cell], standing: &Standing<'_>, lists_records: bool) -> Vec<Details> {
    let mut cohorts: BTreeMap<Cohort, Vec<&Cell>> = BTreeMap::new();
    for cell in cells {
        cohorts.entry(cell.kind.cohort).or_default().push(cell);
    }
    cohorts
        .into_iter()
        .map(|(cohort, mut cells)| {
            cells.sort_by_key(|cell| urgency(cell.state()));
            let number = cells.len() as u64;
            let summary = format!(
                "{}: {} {} with {}",
                cohort.words(),
                words::whole(number),
                words::agree(number, "cell", "cells"),
                words::count(open_in(cells.iter().copied()), &RECORD)
            );
            let id = format!("cells-{}", cohort.code());
            let caption = format!("Cells: {}", cohort.words());
            Details::new(
                summary,
                Content::component(
                    &table(id, caption, &cells, standing, lists_records)
                        .caption_size(CaptionSize::Hidden),
                ),
            )
        })
        .collect()
}

fn table(
    id: String,
    caption: String,
    cells: &[&Cell],
    standing: &Standing<'_>,
    lists_records: bool,
) -> Table {
    let row = |cell: &&Cell| {
        let claim = standing.holding(cell.kind, cell.service);
        vec![
            named(cell),
            Content::text(cell.service_name.clone()),
            open_of(cell, lists_records),
            words::whole(cell.audited.into()).into(),
            words::whole(cell.planned.into()).into(),
            owner(claim),
            claim.map_or_else(String::new, |claim| claim.framework.clone()).into(),
            state(cell.state()),
        ]
    };
    let columns = vec![
        Column::words("Records"),
        Column::words("Service"),
        Column::numbers("Open"),
        Column::numbers("Audited"),
        Column::numbers("Planned"),
        Column::words("Owner"),
        Column::words("Framework"),
        Column::words("Coverage"),
    ];
    Table::new(id, caption, columns).rows(cells.iter().map(row).collect())
}

/// The cells that a pattern names; a sentence for none, and no table for the one that its page is about.
pub fn list(
    cells: &[Cell],
    standing: &Standing<'_>,
    lists_records: bool,
    is_one: bool,
) -> Option<Table> {
    let all: Vec<&Cell> = cells.iter().collect();
    let of_any = |cells: &[&Cell]| {
        table("cells".to_owned(), "Its cells".to_owned(), cells, standing, lists_records)
    };
    (!is_one && !all.is_empty()).then(|| of_any(&all))
}

/// Who answers for the audits of a cell.
pub fn owner(claim: Option<&Claim>) -> Content {
    claim.and_then(Claim::owner_words).unwrap_or_else(|| "Nobody".to_owned()).into()
}

/// Claims that reach the same open records; those that contradict one another first.
pub fn overlaps(cells: &[Cell], standing: &Standing<'_>, places: &[Place]) -> Table {
    let mut found: BTreeMap<(ClaimId, ClaimId), (&Claim, &Claim, u64)> = BTreeMap::new();
    for cell in cells {
        let mut upon = standing.upon(cell.kind, cell.service);
        let Some(holds) = upon.next() else { continue };
        for other in upon {
            let entry = found.entry((holds.id, other.id)).or_insert((holds, other, 0));
            entry.2 += u64::from(cell.open);
        }
    }
    let mut pairs: Vec<_> = found.into_values().collect();
    pairs.sort_by_key(|(holds, other, open)| (!holds.contradicts(other), std::cmp::Reverse(*open)));
    let said = |claim: &Claim| {
        let by = claim.place.as_ref().map_or("given up", |(_, name)| name.as_str());
        let text = format!("{} ({by})", in_words(&claim.pattern, places));
        Content::link(text, links::cell(&claim.pattern))
    };
    let row = |(holds, other, open): &(&Claim, &Claim, u64)| {
        let because = if holds.pattern.specificity() > other.pattern.specificity() {
            "it is more specific"
        } else {
            "it is later"
        };
        let differs = if holds.contradicts(other) { "They contradict" } else { "They agree" };
        vec![
            said(holds),
            said(other),
            words::whole(*open).into(),
            Content::text(format!("{differs}; the first holds, because {because}.")),
        ]
    };
    let columns = vec![
        Column::words("Claim that holds"),
        Column::words("Claim that overlaps it"),
        Column::numbers("Open records in both"),
        Column::words("What follows"),
    ];
    Table::new("overlaps", "Claims that overlap", columns).rows(pairs.iter().map(row).collect())
}

/// What the next draw is asked for.
pub fn requests(requests: &[DrawRequest], places: &[Place]) -> Table {
    let row = |request: &DrawRequest| {
        vec![
            Content::link(in_words(&request.pattern, places), links::cell(&request.pattern)),
            words::whole(request.at_least.into()).into(),
            Content::written(request.reason.words()),
            Content::text(asked(request)),
        ]
    };
    let columns = vec![
        Column::words("Records"),
        Column::numbers("At least"),
        Column::words("Why"),
        Column::words("Asked"),
    ];
    Table::new("requests", "Asked of the next draw", columns)
        .rows(requests.iter().map(row).collect())
}

/// Who asked, and when.
pub fn asked(request: &DrawRequest) -> String {
    let by = request.asked_by.as_deref().unwrap_or("the server’s console");
    format!("by {by} on {}", day_in_words(request.asked_on))
}
