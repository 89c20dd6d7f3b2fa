//! One sheet of a report's workbook: a table as numbers, and its chart as a picture.

use quarterlight_report::document::{Figure, Table};
use quarterlight_report::print::PrintFault;
use quarterlight_report::safe;
use quarterlight_report::table::{Align, Cell, Grid, Row};
use quarterlight_report::words::percent;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Image, Worksheet, XlsxError};

use super::{CONTENTS, fault, link};
use crate::picture;

/// Excel's own limit on the text of one cell.
const LONGEST_CELL: usize = 32_767;

/// Excel's own limit on the alternative text of a picture.
const LONGEST_ALTERNATIVE: usize = 255;

/// The height of a line, in points.
pub const LINE: u32 = 17;
/// The height of a title.
pub const TITLE: u32 = 24;
/// The most lines that a row of Excel can show.
const MOST_LINES: u32 = 24;

/// How wide a column of numbers is, in letters.
const OF_NUMBERS: u32 = 14;

/// How wide a chart stands on the sheet, in the dots of a screen.
const CHART_WIDTH: f64 = 640.0;

/// How cells look.
#[derive(Debug, Clone)]
pub struct Formats {
    /// What the sheet shows.
    pub title: Format,
    /// A line of words that runs on over its neighbours.
    pub plain: Format,
    /// The heading of a column of words.
    pub heading: Format,
    heading_of_numbers: Format,
    /// Words that break into lines.
    pub words: Format,
    number: Format,
}

impl Formats {
    /// The look of every sheet.
    pub fn new() -> Self {
        let plain = Format::new().set_font_size(12).set_align(FormatAlign::Top);
        let words = plain.clone().set_text_wrap();
        let heading = words.clone().set_bold().set_border_bottom(FormatBorder::Medium);
        Self {
            title: plain.clone().set_bold().set_font_size(16),
            heading_of_numbers: heading.clone().set_align(FormatAlign::Right).set_indent(1),
            number: plain
                .clone()
                .set_num_format("#,##0")
                .set_align(FormatAlign::Right)
                // Figures stand clear of the words in the next column.
                .set_indent(1),
            plain,
            heading,
            words,
        }
    }
}

/// A column of the sheet, which may be a part of a column of the table.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    Count,
    OutOf,
    PerCent,
}

/// Writes a table's figures from the top of its sheet, and gives the first row beneath them.
pub fn figures(
    page: &mut Worksheet,
    table: &Table,
    figure: Option<&Figure>,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let grid = &table.grid;
    let above = figure.map(|figure| format!("{}. {}", figure.label(), figure.title));
    let note = grid.footnote();
    let caption = format!("{}. {}", table.label(), table.caption);
    write_words(page, (0, 0), &caption, &formats.title)?;
    page.set_row_height(0, TITLE)?;
    let mut row = 1;
    for line in above.iter().chain(&note) {
        write_words(page, (row, 0), line, &formats.plain)?;
        row += 1;
    }
    link(page, (row, 0), CONTENTS)?;
    row += 1;
    let columns = columns(grid);
    let mut lines = 1;
    for (at, (column, part)) in (0_u16..).zip(&columns) {
        let Some(column) = grid.columns.get(*column) else { continue };
        let (heading, width) = match part {
            Part::Whole => (column.heading.clone(), width(at, column.align)),
            Part::Count => (format!("{}: count", column.heading), OF_NUMBERS),
            Part::OutOf => (format!("{}: out of", column.heading), OF_NUMBERS),
            Part::PerCent => (format!("{}: per cent", column.heading), OF_NUMBERS),
        };
        let is_words = matches!(part, Part::Whole) && column.align == Align::Text;
        let look = if is_words { &formats.heading } else { &formats.heading_of_numbers };
        page.set_column_width(at, width)?;
        write_words(page, (row, at), &heading, look)?;
        lines = lines.max(lines_of(&heading, width));
    }
    page.set_row_height(row, lines * LINE)?;
    page.set_freeze_panes(row + 1, 1)?.set_repeat_rows(row, row)?;
    for line in &grid.rows {
        row += 1;
        for (at, (column, part)) in (0_u16..).zip(&columns) {
            write_cell(page, (row, at), (line, *column), *part, formats)?;
        }
        let lines =
            (0_u16..).zip(line.cells.iter().zip(&grid.columns)).map(|(at, (cell, column))| {
                lines_of(
                    &cell.words(),
                    if matches!(cell, Cell::Text(_)) { width(at, column.align) } else { u32::MAX },
                )
            });
        page.set_row_height(row, lines.max().unwrap_or(1) * LINE)?;
    }
    Ok(row + 1)
}

/// How wide a column of the sheet is, in letters.
fn width(at: u16, align: Align) -> u32 {
    match align {
        Align::Text if at == 0 => 44,
        Align::Text => 36,
        Align::Number => OF_NUMBERS,
    }
}

/// How many lines words take in a column that is so many letters wide, generously. A row is given
/// its height, because not every program works it out when it opens the file.
pub fn lines_of(text: &str, width: u32) -> u32 {
    let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    letters.saturating_mul(9).div_ceil(width.saturating_mul(8)).clamp(1, MOST_LINES)
}

/// Puts the chart beneath the figures, with its words for those who do not see it.
pub fn chart(
    page: &mut Worksheet,
    row: u32,
    figure: &Figure,
    formats: &Formats,
) -> Result<(), PrintFault> {
    let drawn = picture::of(figure)?;
    let image = Image::new_from_buffer(&drawn.png).map_err(|error| fault(&error))?;
    let scale = CHART_WIDTH / image.width();
    let image = image.set_scale_width(scale).set_scale_height(scale);
    let says = format!("In words: {}", figure.alt_text);
    write_words(page, (row + 1, 0), &says, &formats.plain).map_err(|error| fault(&error))?;
    let image = image.set_alt_text(alternative(figure));
    page.insert_image(row + 3, 0, &image).map_err(|error| fault(&error))?;
    Ok(())
}

/// What is said of the picture itself, where Excel holds 255 letters: all of it, or where it stands.
fn alternative(figure: &Figure) -> String {
    let (all, label) = (sayable(&figure.alt_text), figure.label());
    if all.encode_utf16().count() <= LONGEST_ALTERNATIVE {
        return all;
    }
    format!(
        "The chart of {label}. The cell above it says in words what it shows, and its figures stand above that."
    )
}

/// The columns of the sheet: one with a share in it becomes three.
fn columns(grid: &Grid) -> Vec<(usize, Part)> {
    let mut parts = Vec::new();
    for column in 0..grid.columns.len() {
        let cells = || grid.rows.iter().filter_map(|row| row.cells.get(column));
        if cells().any(|cell| matches!(cell, Cell::Share { .. })) {
            parts.extend([Part::Count, Part::OutOf, Part::PerCent].map(|part| (column, part)));
        } else if cells().any(|cell| matches!(cell, Cell::OutOf { .. })) {
            parts.extend([Part::Count, Part::OutOf].map(|part| (column, part)));
        } else {
            parts.push((column, Part::Whole));
        }
    }
    parts
}

fn write_cell(
    page: &mut Worksheet,
    (row, at): (u32, u16),
    (line, column): (&Row, usize),
    part: Part,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let Some(cell) = line.cells.get(column) else { return Ok(()) };
    let bold = |look: &Format| if line.is_total { look.clone().set_bold() } else { look.clone() };
    let number = match (cell, part) {
        (Cell::Count(count), Part::Whole)
        | (
            Cell::Count(count) | Cell::Share { count, .. } | Cell::OutOf { count, .. },
            Part::Count,
        ) => Some(*count),
        (Cell::Share { of, .. } | Cell::OutOf { of, .. }, Part::OutOf) => Some(*of),
        (Cell::Share { count, of }, Part::PerCent) => percent(*count, *of),
        _ => None,
    };
    if let Some(number) = number {
        // Counts are far below 2^53, where a float would begin to round.
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        page.write_number_with_format(row, at, number as f64, &bold(&formats.number))?;
        return Ok(());
    }
    match (cell, part) {
        (Cell::Withheld, _) => {
            write_words(page, (row, at), "[c]", &bold(&formats.number))?;
        }
        (Cell::Text(text), Part::Whole | Part::Count) => {
            write_words(page, (row, at), text, &bold(&formats.words))?;
        }
        _ => {}
    }
    Ok(())
}

/// Writes words as words. What a spreadsheet might run is marked as words for good, so that it stays
/// so when somebody edits the cell.
pub fn write_words(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    let quoted;
    let look = if safe::might_run(text) {
        quoted = look.clone().set_quote_prefix();
        &quoted
    } else {
        look
    };
    page.write_string_with_format(row, column, sayable(text), look)?;
    Ok(())
}

/// What XML can hold of the words, and a cell.
fn sayable(text: &str) -> String {
    let may_stand = |letter: &char| !letter.is_control() || matches!(letter, '\t' | '\n');
    text.chars().filter(may_stand).take(LONGEST_CELL).collect()
}

/// Words in a header or footer, where an ampersand begins a code; Excel holds 255 letters there.
pub fn code(text: &str) -> String {
    sayable(text).chars().take(200).collect::<String>().replace('&', "&&")
}
