//! A document as plain text, so that reviewers read the report itself in a change.

use std::fmt::Write as _;

use crate::document::{Block, Document, Note, Table};
use crate::table::{Align, Cell};

/// The whole document as plain text: a line to each paragraph, and tables in columns.
pub fn text(document: &Document) -> String {
    let cover = &document.cover;
    let mut lines: Vec<String> =
        [&cover.authority, &cover.title, &cover.subtitle, &cover.as_at, &cover.marking]
            .into_iter()
            .filter(|line| !line.is_empty())
            .cloned()
            .collect();
    for block in &document.blocks {
        lines.push(String::new());
        push_block(&mut lines, block);
    }
    let mut whole = lines.join("\n");
    whole.push('\n');
    whole
}

fn push_block(lines: &mut Vec<String>, block: &Block) {
    match block {
        Block::Heading { level, number, text } => {
            let heading = numbered(number.as_deref(), text);
            let rule = if *level == 1 { "=" } else { "-" };
            lines.push(heading.clone());
            lines.push(rule.repeat(heading.chars().count()));
        }
        Block::Paragraph { number, text } => lines.push(numbered(number.as_deref(), text)),
        Block::List { items } => lines.extend(items.iter().map(|item| format!("- {item}"))),
        Block::Note(Note::Definition { term, text }) => lines.push(format!("{term}: {text}")),
        Block::Note(Note::Caveat { text }) => lines.push(format!("Caution: {text}")),
        Block::Table(table) => push_table(lines, table),
        Block::Figure(figure) => {
            lines.push(format!("{}. {}", figure.label(), figure.title));
            lines.push(format!("(In words: {})", figure.alt_text));
            push_table(lines, &figure.table);
        }
    }
}

fn numbered(number: Option<&str>, text: &str) -> String {
    number.map_or_else(|| text.to_owned(), |number| format!("{number} {text}"))
}

fn push_table(lines: &mut Vec<String>, table: &Table) {
    lines.push(format!("{}. {}", table.label(), table.caption));
    let grid = &table.grid;
    let headings: Vec<String> = grid.columns.iter().map(|column| column.heading.clone()).collect();
    let rows: Vec<Vec<String>> =
        grid.rows.iter().map(|row| row.cells.iter().map(Cell::words).collect()).collect();
    let widths: Vec<usize> = (0..grid.columns.len())
        .map(|at| {
            std::iter::once(&headings)
                .chain(&rows)
                .filter_map(|cells| cells.get(at))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default()
        })
        .collect();
    let line = |cells: &[String]| {
        let mut written = String::new();
        for ((cell, column), width) in cells.iter().zip(&grid.columns).zip(&widths) {
            let edge = if written.is_empty() { "" } else { " | " };
            // Writing to a string cannot fail.
            let _ = match column.align {
                Align::Text => write!(written, "{edge}{cell:<width$}"),
                Align::Number => write!(written, "{edge}{cell:>width$}"),
            };
        }
        written.trim_end().to_owned()
    };
    lines.push(line(&headings));
    lines.push("-".repeat(widths.iter().sum::<usize>() + 3 * widths.len().saturating_sub(1)));
    lines.extend(rows.iter().map(|row| line(row)));
    lines.extend(grid.footnote().map(|note| format!("Note: {note}")));
}
