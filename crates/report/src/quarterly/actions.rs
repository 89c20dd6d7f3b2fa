//! Section 4: how the issues that audits found are being addressed.

use quarterlight_domain::figures::{ActionCounts, QuarterFigures};

use super::here;
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, FINDING, agree, whole};

/// Says, by the quarter that found them, how far the findings have come.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("How issues are being addressed");
    if figures.actions.is_empty() {
        document.paragraph(format!("There are no findings to follow{}.", here(figures)));
        return;
    }
    document.paragraph(in_short(figures, ""));
    document.paragraph(format!(
        "{} gives the findings by the quarter whose audits found them, the latest first. Somebody \
         other than the person who addressed a finding must see that it was put right before it \
         counts as verified.",
        document.next_table()
    ));
    let columns = std::iter::once(Column::text("Found in")).chain(
        [
            "Findings",
            "Open, not yet due",
            "Overdue",
            "Addressed, not yet verified",
            "Verified, of findings",
        ]
        .map(Column::number),
    );
    let mut grid = figures
        .actions
        .iter()
        .fold(Grid::new(columns), |grid, line| grid.row(cells(line.quarter.words(), line)));
    if figures.actions.len() > 1
        && let Some(all) = all(figures)
    {
        grid = grid.total(cells("All these quarters".to_owned(), &all));
    }
    document.table("Findings and how they are being addressed", grid);
}

/// How far all the findings have come, in one sentence; `place` says where they stand.
pub fn in_short(figures: &QuarterFigures, place: &str) -> String {
    let Some(all) = all(figures) else {
        return format!("There are no findings to follow{}.", here(figures));
    };
    match all.findings {
        0 => format!("There are no findings to follow{}.", here(figures)),
        1 => format!("There is 1 finding to follow{place}, and it {}.", only(&all)),
        many => format!(
            "Of {}{place}, {} overdue, {} open and not yet due, {} been addressed and not \
             yet verified, and {} been verified.",
            words::count(many.into(), &FINDING),
            so_many(all.overdue, "is", "are"),
            so_many(all.open, "is", "are"),
            so_many(all.addressed, "has", "have"),
            so_many(all.verified, "has", "have"),
        ),
    }
}

fn only(all: &ActionCounts) -> &'static str {
    if all.overdue > 0 {
        "is overdue"
    } else if all.open > 0 {
        "is open and not yet due"
    } else if all.addressed > 0 {
        "has been addressed and not yet verified"
    } else {
        "has been verified"
    }
}

fn so_many(number: u32, one: &'static str, many: &'static str) -> String {
    match number {
        0 => format!("none {one}"),
        _ => format!("{} {}", whole(number.into()), agree(number.into(), one, many)),
    }
}

fn all(figures: &QuarterFigures) -> Option<ActionCounts> {
    figures.actions.iter().cloned().reduce(|sum, line| ActionCounts {
        quarter: sum.quarter,
        findings: sum.findings + line.findings,
        open: sum.open + line.open,
        overdue: sum.overdue + line.overdue,
        addressed: sum.addressed + line.addressed,
        verified: sum.verified + line.verified,
    })
}

fn cells(heading: String, line: &ActionCounts) -> [Cell; 6] {
    [
        heading.into(),
        line.findings.into(),
        line.open.into(),
        line.overdue.into(),
        line.addressed.into(),
        Cell::share(line.verified.into(), line.findings.into()),
    ]
}
