//! A document as one CSV file in long form: a line for each paragraph and for each figure, under the numbers of every door.

use csv::{Terminator, WriterBuilder};
use quarterlight_report::document::{Block, Document, Note, Table};
use quarterlight_report::print::PrintFault;
use quarterlight_report::safe;
use quarterlight_report::table::{Cell, Column, Row};
use quarterlight_report::words::percent;

/// What each column is. The manual explains them; `marking` is last, and on every line, because
/// lines are copied out of files and take it with them.
pub const HEADINGS: [&str; 12] = [
    "kind",
    "number",
    "text",
    "row",
    "row heading",
    "column heading",
    "count",
    "out of",
    "per cent",
    "withheld",
    "total",
    "marking",
];

/// Says to spreadsheets that the letters are UTF-8; without it some read `Zoë` as `ZoÃ«`.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Puts a document into a CSV file (RFC 4180, UTF-8 with a byte order mark).
///
/// Counts, what they are out of and their per cent are whole numbers without separators. What is
/// withheld has no number, and *yes* under `withheld`.
///
/// # Errors
/// A fault where the lines cannot be written, which does not happen in memory.
pub fn csv(document: &Document) -> Result<Vec<u8>, PrintFault> {
    let fault = || PrintFault("write the lines of the CSV file".to_owned());
    let mut file = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    file.write_record(HEADINGS).map_err(|_| fault())?;
    for line in lines(document) {
        file.write_record(line.fields(&document.cover.marking)).map_err(|_| fault())?;
    }
    file.into_inner().map_err(|_| fault())
}

/// One line, but for the marking.
#[derive(Debug, Clone, Default)]
struct Line {
    kind: &'static str,
    number: String,
    text: String,
    row: String,
    row_heading: String,
    column_heading: String,
    count: String,
    out_of: String,
    per_cent: String,
    is_withheld: bool,
    is_total: bool,
}

impl Line {
    fn of(kind: &'static str, number: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind, number: number.into(), text: text.into(), ..Self::default() }
    }

    fn fields(self, marking: &str) -> [String; 12] {
        let yes = |it| if it { "yes".to_owned() } else { String::new() };
        let words = |text: &str| safe::words(text).into_owned();
        [
            self.kind.to_owned(),
            self.number,
            words(&self.text),
            self.row,
            words(&self.row_heading),
            words(&self.column_heading),
            self.count,
            self.out_of,
            self.per_cent,
            yes(self.is_withheld),
            yes(self.is_total),
            words(marking),
        ]
    }
}

fn lines(document: &Document) -> Vec<Line> {
    let cover = &document.cover;
    let mut lines = vec![
        Line::of("authority", "", &cover.authority),
        Line::of("title", "", &cover.title),
        Line::of("subtitle", "", &cover.subtitle),
        Line::of("as at", "", &cover.as_at),
    ];
    for block in &document.blocks {
        match block {
            Block::Heading { level, number, text } => {
                let kind = if *level == 1 { "section" } else { "heading" };
                lines.push(Line::of(kind, number.clone().unwrap_or_default(), text));
            }
            Block::Paragraph { number, text } => {
                lines.push(Line::of("paragraph", number.clone().unwrap_or_default(), text));
            }
            Block::List { items } => {
                lines.extend(items.iter().map(|item| Line::of("point", "", item)));
            }
            Block::Note(Note::Definition { term, text }) => {
                lines.push(Line::of("definition", "", format!("{term}: {text}")));
            }
            Block::Note(Note::Caveat { text }) => lines.push(Line::of("caution", "", text)),
            Block::Table(table) => of_table(&mut lines, table),
            Block::Figure(figure) => {
                let number = figure.number.to_string();
                lines.push(Line::of("figure", &number, &figure.title));
                lines.push(Line::of("figure in words", &number, &figure.alt_text));
                of_table(&mut lines, &figure.table);
            }
        }
    }
    lines
}

fn of_table(lines: &mut Vec<Line>, table: &Table) {
    let (number, grid) = (table.number.to_string(), &table.grid);
    lines.push(Line {
        row_heading: grid.columns.first().map(|column| column.heading.clone()).unwrap_or_default(),
        ..Line::of("table", &number, &table.caption)
    });
    for (place, row) in (1_usize..).zip(&grid.rows) {
        let heading = row.cells.first().map(Cell::words).unwrap_or_default();
        let found = row.cells.iter().zip(&grid.columns).skip(1);
        lines.extend(found.map(|(cell, column)| Line {
            number: number.clone(),
            row: place.to_string(),
            row_heading: heading.clone(),
            ..of_cell(cell, column, row)
        }));
        // A table of one column has rows and no figures.
        if grid.columns.len() == 1 {
            let row = place.to_string();
            lines.push(Line { row, ..Line::of("cell", &number, &heading) });
        }
    }
    if let Some(note) = grid.footnote() {
        lines.push(Line::of("note", number, note));
    }
}

fn of_cell(cell: &Cell, column: &Column, row: &Row) -> Line {
    let mut line = Line {
        kind: "cell",
        column_heading: column.heading.clone(),
        is_total: row.is_total,
        ..Line::default()
    };
    match cell {
        Cell::Text(text) => line.text.clone_from(text),
        Cell::Count(count) => line.count = count.to_string(),
        Cell::Share { count, of } => {
            line.count = count.to_string();
            line.out_of = of.to_string();
            line.per_cent =
                percent(*count, *of).map_or_else(String::new, |share| share.to_string());
        }
        Cell::OutOf { count, of } => {
            line.count = count.to_string();
            line.out_of = of.to_string();
        }
        Cell::Withheld => line.is_withheld = true,
    }
    line
}
