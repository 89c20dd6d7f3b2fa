//! Who has said that they audit which records, and for which nobody has.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::cell::Within;
use quarterlight_domain::claim::{Claim, Standing};
use quarterlight_domain::coverage::{Cell as CoverageCell, CoverageState};
use quarterlight_domain::figures::QuarterFigures;

use super::{annexes, here};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{Noun, RECORD, agree, count, whole};

/// How many cells one list names: the largest, because those are asked about first.
const NAMED: usize = 10;

const CELL: Noun = Noun::new("cell", "cells");
const OTHER_CELL: Noun = Noun::new("other cell", "other cells");

/// Of how many open records nobody has said who audits them.
pub fn in_short(figures: &QuarterFigures) -> String {
    let day = figures.counted_on.min(figures.quarter.last_day());
    let standing = Standing::on(&figures.claims, day);
    let none = |cell: &&CoverageCell| standing.holding(cell.kind, cell.service).is_none();
    let unclaimed: Vec<_> = figures.coverage.iter().filter(none).collect();
    format!(
        "{} {} gives every cohort, every service and every claim.",
        nobody(figures, open(&unclaimed)),
        annexes::COVERAGE
    )
}

/// Says which records nobody has claimed, which are claimed and still not audited, and every claim.
/// Claims are as they stood when the quarter ended, or on the day of counting before that.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let day = figures.counted_on.min(figures.quarter.last_day());
    let standing = Standing::on(&figures.claims, day);
    let of = |cell: &CoverageCell| standing.holding(cell.kind, cell.service);
    document.subsection("Who has said that they audit which records");
    let unclaimed: Vec<_> = figures.coverage.iter().filter(|it| of(it).is_none()).collect();
    let silent: Vec<_> =
        figures.coverage.iter().filter(|it| of(it).is_some() && is_gap(it)).collect();
    document.paragraph(nobody(figures, open(&unclaimed)));
    if unclaimed.len() < figures.coverage.len() {
        name(document, &unclaimed, |_| None);
    }
    if !silent.is_empty() {
        let cells = silent.len() as u64;
        document.paragraph(format!(
            "In {} that {} claimed, with {} of the {}, no record was audited in this quarter or the \
             three before it and no audit is planned.",
            count(cells, &CELL),
            agree(cells, "is", "are"),
            whole(open(&silent)),
            of_open(every(figures)),
        ));
        name(document, &silent, |cell| of(cell).and_then(place));
    }
    let grid = table(&standing, &figures.coverage);
    if !grid.rows.is_empty() {
        document.paragraph(format!(
            "{} gives every claim that holds for an open record. A claim is a promise; whether a \
             record was audited is counted from audits done.",
            document.next_table()
        ));
        document.table("Who has said that they audit which records", grid);
    }
}

fn is_gap(cell: &CoverageCell) -> bool {
    matches!(cell.state(), CoverageState::NotAudited | CoverageState::Unknown)
}

fn place(claim: &Claim) -> Option<&str> {
    claim.place.as_ref().map(|(_, name)| name.as_str())
}

fn open(cells: &[&CoverageCell]) -> u64 {
    cells.iter().map(|cell| u64::from(cell.open)).sum()
}

fn every(figures: &QuarterFigures) -> u64 {
    figures.coverage.iter().map(|cell| u64::from(cell.open)).sum()
}

fn nobody(figures: &QuarterFigures, unclaimed: u64) -> String {
    let (every, here) = (every(figures), here(figures));
    if unclaimed == 0 {
        format!("Somebody has said who audits every open record{here}.")
    } else if unclaimed == every {
        format!("Nobody has said who audits any of the {}{here}.", of_open(every))
    } else {
        format!("Nobody has said who audits {} of the {}{here}.", whole(unclaimed), of_open(every))
    }
}

fn of_open(number: u64) -> String {
    format!("{} open {}", whole(number), RECORD.form(number))
}

/// Names the largest cells, one line each.
fn name<'a>(
    document: &mut DocumentBuilder,
    cells: &[&'a CoverageCell],
    claimed_by: impl Fn(&'a CoverageCell) -> Option<&'a str>,
) {
    let mut largest = cells.to_vec();
    largest.sort_by_key(|cell| std::cmp::Reverse(cell.open));
    let mut lines: Vec<String> = largest
        .iter()
        .take(NAMED)
        .map(|cell| {
            let by = claimed_by(cell).map(|by| format!(", claimed by {by}")).unwrap_or_default();
            format!(
                "{}: {} ({}, {}{by})",
                cell.service_name,
                cell.kind.words(),
                count(cell.open.into(), &RECORD),
                cell.state().words().to_lowercase()
            )
        })
        .collect();
    let rest = largest.get(NAMED..).unwrap_or_default();
    if !rest.is_empty() {
        lines.push(format!(
            "{} with {}",
            count(rest.len() as u64, &OTHER_CELL),
            count(open(rest), &RECORD)
        ));
    }
    document.list(lines);
}

fn table(standing: &Standing<'_>, cells: &[CoverageCell]) -> Grid {
    let columns = [
        Column::text("Records"),
        Column::text("Audited by"),
        Column::text("Framework"),
        Column::text("From"),
        Column::number("Open"),
        Column::number("Audited, of open"),
    ];
    standing.all().iter().fold(Grid::new(columns), |grid, claim| {
        let holds = |cell: &&CoverageCell| {
            standing.holding(cell.kind, cell.service).is_some_and(|it| it.id == claim.id)
        };
        let held: Vec<_> = cells.iter().filter(holds).collect();
        let Some(place) = place(claim).filter(|_| !held.is_empty()) else { return grid };
        let service = match claim.pattern.within {
            Within::Service(id) => held.iter().find(|cell| cell.service == Some(id)),
            Within::Anywhere | Within::NoService => None,
        };
        let audited = held.iter().map(|cell| u64::from(cell.audited)).sum();
        grid.row([
            claim.pattern.words(service.map(|cell| cell.service_name.as_str())).into(),
            place.into(),
            claim.framework.as_str().into(),
            day_in_words(claim.from).into(),
            open(&held).into(),
            Cell::share(audited, open(&held)),
        ])
    })
    .note(
        "Where several claims reach a record, the most specific holds, and of those the latest.",
    )
}
