//! A table of a Word file: a header row that repeats on every page, and figures that keep to the right.

use std::fmt::Write as _;

use quarterlight_report::document::Table;
use quarterlight_report::table::{Align, Cell, Column, Row};

use super::xml;
use crate::pdf::widths::{points, unbroken};

/// Twentieths of a point, in which Word measures.
const TWIPS: f64 = 20.0;

/// How the XML of a table ends.
pub const END: &str = "</w:tbl>\n";

/// A table of no more rows than these stays on one page.
const SHORT: usize = 8;

/// The table, without its caption.
pub fn of(table: &Table) -> String {
    let grid = &table.grid;
    let widths: Vec<u32> = points(grid).into_iter().map(twips).collect();
    let mut written = format!(
        concat!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{}" w:type="dxa"/><w:tblLayout w:type="fixed"/>"#,
            r#"<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>"#,
            r#"<w:tblCaption w:val="{}"/></w:tblPr><w:tblGrid>"#
        ),
        widths.iter().sum::<u32>(),
        xml::words(&format!("{}. {}", table.label(), table.caption)),
    );
    for width in &widths {
        let _ = write!(written, r#"<w:gridCol w:w="{width}"/>"#);
    }
    written.push_str("</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in grid.columns.iter().zip(&widths) {
        let style = match column.align {
            Align::Text => "TableHeading",
            Align::Number => "TableNumberHeading",
        };
        cell(&mut written, *width, &paragraph(style, false, &xml::run(&column.heading)));
    }
    written.push_str("</w:tr>\n");
    let last = grid.rows.len().saturating_sub(1);
    for (place, row) in grid.rows.iter().enumerate() {
        let keeps = grid.rows.len() <= SHORT && place < last;
        self::row(&mut written, row, &grid.columns, &widths, keeps);
    }
    written.push_str(END);
    written
}

fn row(written: &mut String, row: &Row, columns: &[Column], widths: &[u32], keeps: bool) {
    written.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for ((shown, column), width) in row.cells.iter().zip(columns).zip(widths) {
        let (style, words) = dressed(shown, column);
        let run = if row.is_total { xml::styled("Strong", &words) } else { xml::run(&words) };
        cell(written, *width, &paragraph(style, keeps, &run));
    }
    written.push_str("</w:tr>\n");
}

fn dressed(cell: &Cell, column: &Column) -> (&'static str, String) {
    match column.align {
        Align::Text => ("TableText", cell.words()),
        Align::Number => ("TableNumber", unbroken(cell)),
    }
}

fn cell(written: &mut String, width: u32, inside: &str) {
    let _ = write!(
        written,
        r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>"#
    );
}

/// A paragraph in a cell; one that keeps stays on the page of the row after it.
fn paragraph(style: &str, keeps: bool, inside: &str) -> String {
    let keeps = if keeps { "<w:keepNext/>" } else { "" };
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{keeps}</w:pPr>{inside}</w:p>"#)
}

// A page is 9,640 twips wide, and no width is below nothing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width is between 0 and 9,640 twips"
)]
fn twips(points: f64) -> u32 {
    (points * TWIPS).round() as u32
}
