//! How the issues that audits found are being addressed.

use quarterlight_domain::figures::{ActionCounts, QuarterFigures};

use super::here;
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, FINDING, agree, whole};

/// Says, by the quarter that found them, how far the findings have come.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("How issues are being addressed");
    let Some(all) = all(figures) else {
        document.paragraph(format!("There are no findings to follow{}.", here(figures)));
        return;
    };
    document.paragraph(format!(
        "{} gives the findings by the quarter whose audits found them. Somebody other than the \
         person who addressed a finding must see it put right before it is verified.",
        document.next_table()
    ));
    document.table("Findings and how they are being addressed", table(figures));
    let after: Vec<String> =
        [held(&all), again(&all), more_time(&all)].into_iter().flatten().collect();
    if !after.is_empty() {
        document.paragraph(after.join(" "));
    }
}

/// The findings by the quarter that found them, and all of them.
pub fn table(figures: &QuarterFigures) -> Grid {
    let of_all = all(figures);
    let has = |count: fn(&ActionCounts) -> u32| of_all.as_ref().is_some_and(|all| count(all) > 0);
    let shown = Shown { held: has(|all| all.held), not_needed: has(|all| all.not_needed) };
    let grid = figures.actions.iter().fold(Grid::new(shown.columns()), |grid, line| {
        grid.row(shown.cells(line.quarter.words(), line))
    });
    match of_all.filter(|_| figures.actions.len() > 1) {
        Some(all) => grid.total(shown.cells("All these quarters".to_owned(), &all)),
        None => grid,
    }
}

/// How far all the findings have come, in one sentence.
pub fn in_short(figures: &QuarterFigures) -> String {
    let Some(all) = all(figures) else {
        return format!("There are no findings to follow{}.", here(figures));
    };
    match all.findings {
        0 => format!("There are no findings to follow{}.", here(figures)),
        1 => format!("There is 1 finding to follow, and it {}.", only(&all)),
        many => {
            let verified = so_many(all.put_right(), "has", "have");
            let ending = match all.not_needed {
                0 => format!("and {verified} been verified"),
                closed => format!(
                    "{verified} been verified, and {} {} closed because nothing need be done",
                    whole(closed.into()),
                    agree(closed.into(), "was", "were")
                ),
            };
            format!(
                "Of {}, {} overdue, {} open and not yet due, {} been addressed and not \
                 yet verified, {ending}.",
                words::count(many.into(), &FINDING),
                so_many(all.overdue, "is", "are"),
                so_many(all.open, "is", "are"),
                so_many(all.addressed, "has", "have"),
            )
        }
    }
}

fn only(all: &ActionCounts) -> &'static str {
    if all.overdue > 0 {
        "is overdue"
    } else if all.open > 0 {
        "is open and not yet due"
    } else if all.addressed > 0 {
        "has been addressed and not yet verified"
    } else if all.not_needed > 0 {
        "was closed because nothing need be done"
    } else {
        "has been verified"
    }
}

/// Of those verified, how many somebody looked at again.
fn held(all: &ActionCounts) -> Option<String> {
    (all.held > 0).then(|| {
        format!(
            "Of the {} verified, {} {} looked at again later by somebody who had no part in it, \
             and held.",
            whole(all.put_right().into()),
            whole(all.held.into()),
            agree(all.held.into(), "was", "were"),
        )
    })
}

fn again(all: &ActionCounts) -> Option<String> {
    (all.again > 0).then(|| {
        format!(
            "Of the {}, {} {} found again: on the same standard and in the same team or record, \
             where an earlier finding had been verified.",
            words::count(all.findings.into(), &FINDING),
            whole(all.again.into()),
            agree(all.again.into(), "was", "were"),
        )
    })
}

fn more_time(all: &ActionCounts) -> Option<String> {
    (all.more_time > 0).then(|| {
        format!(
            "More time was agreed for {} of the {}, each with a reason; the first day is kept \
             beside the new one.",
            whole(all.more_time.into()),
            words::count(all.findings.into(), &FINDING),
        )
    })
}

fn so_many(number: u32, one: &'static str, many: &'static str) -> String {
    match number {
        0 => format!("none {one}"),
        _ => format!("{} {}", whole(number.into()), agree(number.into(), one, many)),
    }
}

fn all(figures: &QuarterFigures) -> Option<ActionCounts> {
    figures.actions.iter().copied().reduce(|sum, line| sum.plus(&line))
}

/// Which of the columns the table has that are left out where they would be empty.
#[derive(Clone, Copy)]
struct Shown {
    held: bool,
    not_needed: bool,
}

impl Shown {
    fn columns(self) -> Vec<Column> {
        let mut columns = vec![
            "Findings",
            "Open, not due",
            "Overdue",
            "Addressed, not yet verified",
            "Verified, of findings",
        ];
        columns.extend(self.held.then_some("Of those, held"));
        columns.extend(self.not_needed.then_some("Nothing to be done"));
        let numbers = columns.into_iter().map(Column::number);
        std::iter::once(Column::text("Found in")).chain(numbers).collect()
    }

    fn cells(self, heading: String, line: &ActionCounts) -> Vec<Cell> {
        let mut cells = vec![
            heading.into(),
            line.findings.into(),
            line.open.into(),
            line.overdue.into(),
            line.addressed.into(),
            Cell::share(line.put_right().into(), line.findings.into()),
        ];
        cells.extend(self.held.then(|| line.held.into()));
        cells.extend(self.not_needed.then(|| line.not_needed.into()));
        cells
    }
}
