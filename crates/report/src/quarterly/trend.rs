//! The trend of a service: records, staff and records for each, over eighteen months.

use quarterlight_domain::figures::QuarterFigures;

use super::annexes::STAFF;
use super::here;
use crate::builder::DocumentBuilder;
use crate::staffing::{Drawn, HEADINGS, NOTES, cells, drawn, sentence};
use crate::table::{Cell, Column, Grid};

/// What the section is called.
pub(super) const TITLE: &str = "Service trend";

/// Says how records and staff went, and what the guide implies.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section(TITLE);
    let rows = &figures.staffing.trend;
    if drawn(rows).is_none() {
        document.paragraph(format!(
            "No case list tells how many records were open{} in these eighteen months.",
            here(figures)
        ));
        return;
    }
    document.paragraph(format!(
        "{} {STAFF} draws them month by month, and says how both are counted.",
        sentence(rows)
    ));
}

/// The months drawn and one by one, with what the numbers mean.
pub fn table(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let rows = &figures.staffing.trend;
    if let Some(Drawn { title, alt_text, picture }) = drawn(rows) {
        document.figure(title, alt_text, picture);
    }
    let grid = rows.iter().fold(Grid::new(HEADINGS.map(Column::text)), |grid, row| {
        grid.row(cells(row).map(Cell::text))
    });
    if !rows.is_empty() {
        document.table("Records and staff, month by month", grid);
    }
    document.list(NOTES);
    document.paragraph("A team that was renamed, moved or merged is counted under what it is now.");
}
