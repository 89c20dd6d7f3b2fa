//! What became of findings, coverage, filing and promises, and which reports were released.

use quarterlight_domain::figures::{ActionCounts, QuarterFigures};

use super::Released;
use crate::builder::DocumentBuilder;
use crate::quarterly::{assurance, coverage_by_service, replies};
use crate::table::{Cell, Column, Grid};
use crate::words::{FINDING, count, day_in_words, part_of};

/// What became of the findings of each quarter of the period.
pub fn findings(document: &mut DocumentBuilder, quarters: &[QuarterFigures]) {
    document.section("What became of every finding");
    let lines: Vec<&ActionCounts> = quarters.iter().filter_map(own).collect();
    let sum = |of: fn(&ActionCounts) -> u32| lines.iter().map(|it| of(it)).sum::<u32>();
    let all = sum(|it| it.findings);
    if all == 0 {
        document.paragraph("The audits of the period led to no finding.");
        return;
    }
    document.paragraph(format!(
        "The audits of the period led to {}. Somebody else has verified {}; {} {} overdue. {} \
         gives each quarter as its findings stand now.",
        count(all.into(), &FINDING),
        part_of(sum(ActionCounts::put_right).into(), all.into(), &FINDING),
        crate::words::whole(sum(|it| it.overdue).into()),
        crate::words::agree(sum(|it| it.overdue).into(), "is", "are"),
        document.next_table()
    ));
    let columns = ["Findings", "Open", "Overdue", "Addressed", "Verified", "Held", "Nothing to do"]
        .map(Column::number);
    let columns = std::iter::once(Column::text("Found in"))
        .chain(columns)
        .chain(["Found again", "More time"].map(Column::number));
    let grid = lines.iter().fold(Grid::new(columns), |grid, it| {
        grid.row([
            Cell::text(it.quarter.words()),
            it.findings.into(),
            it.open.into(),
            it.overdue.into(),
            it.addressed.into(),
            it.put_right().into(),
            it.held.into(),
            it.not_needed.into(),
            it.again.into(),
            it.more_time.into(),
        ])
    });
    document.table("Findings of each quarter, as they stand now", grid);
}

/// The line of the quarter itself, of the several that its report has.
fn own(figures: &QuarterFigures) -> Option<&ActionCounts> {
    figures.actions.iter().find(|line| line.quarter == figures.quarter)
}

/// Who audits which records at the end of the period.
pub fn covered(document: &mut DocumentBuilder, last: &QuarterFigures) {
    document.section("Who audits which records");
    let [coverage, ..] = assurance(last);
    document.paragraph(coverage.sentence);
    if let Some((caption, grid)) = coverage.table {
        document.table(caption, grid);
        document.table("Audits done and planned, by service and cohort", coverage_by_service(last));
    }
}

/// What filing checks found in each quarter.
pub fn filing(document: &mut DocumentBuilder, quarters: &[QuarterFigures]) {
    document.section("Records and filing");
    if quarters.iter().all(|it| it.further.filing.records == 0) {
        document.paragraph("No record’s filing was checked in the period.");
        return;
    }
    document.paragraph(format!("{} gives what filing checks found.", document.next_table()));
    let columns = [
        Column::text("Quarter"),
        Column::number("Records checked"),
        Column::number("Missing, of items"),
        Column::number("Misfiled, of items"),
        Column::number("Late, where known"),
        Column::number("Mismatches put right"),
    ];
    let grid = quarters.iter().fold(Grid::new(columns), |grid, figures| {
        let it = &figures.further.filing;
        let of_items = |number: u32| Cell::share(number.into(), it.items.items.into());
        grid.row([
            Cell::text(figures.quarter.words()),
            it.records.into(),
            of_items(it.items.missing),
            of_items(it.items.misfiled),
            Cell::share(it.items.late.into(), it.items.timed.into()),
            Cell::share(it.cleared.count.into(), it.cleared.of.into()),
        ])
    });
    document.table("Filing checks, by quarter", grid);
}

/// What the committee was promised and is still owed, and what it was given.
pub fn promised(document: &mut DocumentBuilder, last: &QuarterFigures) {
    document.section("What the committee was promised");
    let [.., promises] = assurance(last);
    document.paragraph(promises.sentence);
    if let Some((caption, grid)) = promises.table {
        document.table(caption, grid);
    }
    if let Some(grid) = replies(last) {
        document.table("Replies to the committee", grid);
    }
}

/// Which reports were released, and how each can be known again.
pub fn released(document: &mut DocumentBuilder, released: &[Released]) {
    document.section("Reports that were released");
    if released.is_empty() {
        document.paragraph("No report of these quarters has been released.");
        return;
    }
    document.paragraph(format!(
        "{} gives each report with the digest of what was kept. The journal holds the same digest, \
         so that nobody can change a report unseen.",
        document.next_table()
    ));
    let columns = ["Report", "Released on", "Digest (SHA-256)"].map(Column::text);
    let grid = released.iter().fold(Grid::new(columns), |grid, it| {
        grid.row([&it.title, &day_in_words(it.on), &it.digest].map(Cell::text))
    });
    document.table("Released reports", grid);
}
