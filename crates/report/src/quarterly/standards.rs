//! The standards of one section of the framework.

use quarterlight_domain::figures::{QuarterFigures, SectionResult, StandardResult, Tally};
use quarterlight_domain::standard::StandardKind;

use super::found::{self, KINDS};
use super::{change, sample};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};

/// Annex A: the grades, and every standard of every section.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: grades and standards, one by one");
    sample::grades(document, figures);
    if found::judgements(figures.tally()) == 0 {
        document.paragraph("No judgements have been submitted, so there is nothing to list.");
        return;
    }
    document.paragraph(format!(
        "{} gives each section of the framework. The tables after it give each standard: in each \
         section compliance first and then quality, each with a row for all of its kind.",
        document.next_table()
    ));
    document.table("Standards met of those counted, by section", found::by_section(figures));
    if !figures.before.is_empty() {
        document.caveat(format!(
            "The last column gives the quarter before ({}): how many were met of how many \
             counted. Where the edition of the framework changed in between, only a standard that \
             stayed the same or was re-worded has a figure from the other edition.",
            figures.quarter.before().words()
        ));
    }
    change::how_told(document, figures);
    for section in &figures.sections {
        say(document, section, &figures.before);
    }
}

/// Says what was found against each standard, compliance first and then quality, each kind with
/// its own last row. `before` holds the results of the quarter before, by code.
fn say(document: &mut DocumentBuilder, section: &SectionResult, before: &[(String, Tally)]) {
    if section.standards.is_empty() {
        return;
    }
    document.subsection(name(section));
    document.table(
        format!("Judgements on the standards of section {}", section.letter),
        table(section, (!before.is_empty()).then_some(before)),
    );
}

/// The section with its letter, as the framework prints it.
pub fn name(section: &SectionResult) -> String {
    format!("{}. {}", section.letter, section.title)
}

fn table(section: &SectionResult, before: Option<&[(String, Tally)]>) -> Grid {
    let columns = std::iter::once(Column::text("Standard"))
        .chain(found::headings())
        .chain(std::iter::once(Column::number("Met of counted")))
        .chain(before.map(|_| Column::number("Quarter before")));
    KINDS.into_iter().fold(Grid::new(columns), |mut grid, kind| {
        let standards = || section.standards.iter().filter(|standard| standard.kind == kind);
        if standards().next().is_none() {
            return grid;
        }
        let mut together = Tally::default();
        for standard in standards() {
            let then = before.map(|before| of(before, &standard.code));
            together = together.plus(then.unwrap_or_default());
            grid = grid.row(row(heading(standard), standard.tally, then));
        }
        let then = before.map(|_| together);
        grid.total(row(all(kind).to_owned(), section.tally_of(kind), then))
    })
}

fn row(heading: String, tally: Tally, before: Option<Tally>) -> impl Iterator<Item = Cell> {
    std::iter::once(heading.into()).chain(found::cells(tally)).chain(before.map(counts_of))
}

const fn all(kind: StandardKind) -> &'static str {
    match kind {
        StandardKind::Compliance => "All compliance",
        StandardKind::Quality => "All quality",
    }
}

fn of(before: &[(String, Tally)], code: &str) -> Tally {
    before.iter().find(|(each, _)| each == code).map(|(_, tally)| *tally).unwrap_or_default()
}

/// The counts alone: a per cent beside a per cent would be read as a change.
fn counts_of(tally: Tally) -> Cell {
    let result = tally.result();
    if result.of == 0 {
        return Cell::text("no result");
    }
    Cell::OutOf { count: result.count.into(), of: result.of.into() }
}

fn heading(standard: &StandardResult) -> String {
    let critical = if standard.critical { " (critical)" } else { "" };
    let not_asked = if found::judgements(standard.tally) == 0 {
        ": not asked of any record in this sample"
    } else {
        ""
    };
    format!("{} {}{critical}{not_asked}", standard.code, standard.wording)
}
