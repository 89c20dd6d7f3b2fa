//! Which records were looked at, and what grades the audits were given.

use quarterlight_domain::figures::{QuarterFigures, ServiceSample};

use super::{draw, has_case_list, here};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, AUDIT, Noun, part_of};

/// A record of the sample.
pub const DRAWN_RECORD: Noun = Noun::new("drawn record", "drawn records");

/// Says what was open, drawn and audited, how it was drawn, and which grades were given.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("What we looked at");
    if figures.samples.is_empty() {
        document.paragraph(if has_case_list(figures) {
            format!("No records are open{} on the case list.", here(figures))
        } else {
            "There is no case list yet, so it is not known how many records are open.".to_owned()
        });
    } else {
        services(document, figures);
    }
    missed(document, figures);
    draw::in_short(document, figures);
    document.paragraph(graded(figures));
}

/// All services of the report together.
pub fn all(figures: &QuarterFigures) -> ServiceSample {
    let none = ServiceSample {
        service: "All services".to_owned(),
        open: 0,
        drawn: 0,
        submitted: 0,
        from_outside: 0,
    };
    figures.samples.iter().fold(none, |sum, sample| ServiceSample {
        open: sum.open + sample.open,
        drawn: sum.drawn + sample.drawn,
        submitted: sum.submitted + sample.submitted,
        from_outside: sum.from_outside + sample.from_outside,
        ..sum
    })
}

fn services(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let all = all(figures);
    let mut said = format!(
        "{} gives the records that were open, drawn for audit, and audited.",
        document.next_table()
    );
    if all.drawn > 0 {
        said.extend([" ".to_owned(), from_outside(&all)]);
    }
    document.paragraph(said);
    let mut grid = Grid::new([
        Column::text("Service"),
        Column::number("Open"),
        Column::number("Drawn, of open"),
        Column::number("Audited, of drawn"),
        Column::number("Auditor from outside, of drawn"),
    ]);
    for sample in &figures.samples {
        grid = grid.row(cells(sample));
    }
    if figures.samples.len() > 1 {
        grid = grid.total(cells(&all));
    }
    document.table("Records open, drawn and audited, by service", grid);
}

fn cells(sample: &ServiceSample) -> [Cell; 5] {
    let of_drawn = |count: u32| Cell::share(count.into(), sample.drawn.into());
    [
        Cell::text(&sample.service),
        Cell::from(sample.open),
        Cell::share(sample.drawn.into(), sample.open.into()),
        of_drawn(sample.submitted),
        of_drawn(sample.from_outside),
    ]
}

fn from_outside(all: &ServiceSample) -> String {
    let (outside, drawn) = (all.from_outside.into(), all.drawn.into());
    format!(
        "{} had an auditor from outside the service that holds the record.",
        words::sentence_case(&part_of(outside, drawn, &DRAWN_RECORD))
    )
}

/// The audits that were not made, and why. They stay in every report of the quarter.
fn missed(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let times = times_missed(figures);
    if times == 0 {
        return;
    }
    document.paragraph(format!(
        "{} had not been audited when the cycle was closed. The reasons that were given:",
        words::sentence_case(&part_of(times, all(figures).drawn.into(), &DRAWN_RECORD))
    ));
    document.list(figures.missed.iter().map(|(why, count)| {
        format!("{}: {}.", why.words(), words::out_of((*count).into(), times, &AUDIT))
    }));
}

fn times_missed(figures: &QuarterFigures) -> u64 {
    figures.missed.iter().map(|(_, times)| u64::from(*times)).sum()
}

fn given(figures: &QuarterFigures) -> u32 {
    figures.grades.iter().map(|(_, times)| times).sum()
}

/// The grades in one sentence, each with its count.
fn graded(figures: &QuarterFigures) -> String {
    let given = given(figures);
    if given == 0 {
        return "No audit has been submitted, so no grade has been given.".to_owned();
    }
    let each: Vec<String> = figures
        .grades
        .iter()
        .map(|(grade, times)| match times {
            0 => format!("none {}", grade.words()),
            times => format!("{} {}", words::whole((*times).into()), grade.words()),
        })
        .collect();
    format!(
        "Grades of {}: {}. A grade is the auditor’s opinion of the whole record, not a sum of its \
         standards.",
        words::count(given.into(), &AUDIT),
        words::list(&each)
    )
}

/// The grades as a table, where there are any.
pub fn grades(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let given = given(figures);
    if given == 0 {
        return;
    }
    document.paragraph(format!("{} gives the grades.", document.next_table()));
    let columns = [Column::text("Grade"), Column::number("Audits")];
    let grid = figures.grades.iter().fold(Grid::new(columns), |grid, (grade, times)| {
        grid.row([grade.words().into(), Cell::share((*times).into(), given.into())])
    });
    document.table("Grades given", grid.total(["All audits".into(), given.into()]));
}
