//! The document as the template reads it: strings and lists, already worded and printable.

use quarterlight_report::document::{Block, Document, Figure, Note, Table};
use quarterlight_report::svg;
use quarterlight_report::table::{Align, Grid, Row};
use serde_json::{Value, json};

use super::letters::{printable, printable_drawing};
use super::world::FAMILY;

/// How wide a chart is drawn, in units of which 16 are a line of text.
const CHART_WIDTH: u32 = 640;

/// A column is never reckoned wider than this many letters: beyond it, words run over lines.
const WIDEST_COLUMN: usize = 40;

/// A column whose cells are no longer than this is never broken: *1,080 of 1,440 (75%)*, a date.
const SHORT_COLUMN: usize = 22;

/// The most that short columns may take of the page's 465 points before all must share.
const MOST_SHORT: usize = 300;

/// Everything that the template prints. Text arrives as strings, which typst never reads as its own
/// language.
pub fn of(document: &Document) -> Value {
    let cover = &document.cover;
    json!({
        "authority": printable(&cover.authority),
        "title": printable(&cover.title),
        "subtitle": printable(&cover.subtitle),
        "as_at": printable(&cover.as_at),
        "marking": printable(&cover.marking),
        "sections": document.blocks.iter().filter(|block| matches!(block, Block::Heading { level: 1, .. })).count(),
        "blocks": document.blocks.iter().map(block).collect::<Vec<_>>(),
    })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading { level, number, text } => {
            json!({ "is": "heading", "level": level, "number": number, "text": printable(text) })
        }
        Block::Paragraph { number, text } => {
            json!({ "is": "paragraph", "number": number, "text": printable(text) })
        }
        Block::List { items } => {
            json!({ "is": "list", "items": items.iter().map(|item| printable(item)).collect::<Vec<_>>() })
        }
        Block::Note(Note::Definition { term, text }) => {
            json!({ "is": "definition", "term": printable(term), "text": printable(text) })
        }
        Block::Note(Note::Caveat { text }) => json!({ "is": "caveat", "text": printable(text) }),
        Block::Table(printed) => json!({ "is": "table", "table": table(printed) }),
        Block::Figure(printed) => figure(printed),
    }
}

fn figure(figure: &Figure) -> Value {
    json!({
        "is": "figure",
        "label": figure.label(),
        "title": printable(&figure.title),
        "alt": printable(&figure.alt_text),
        "svg": printable_drawing(&svg::fixed(figure, CHART_WIDTH, FAMILY)),
        "table": table(&figure.table),
    })
}

fn table(table: &Table) -> Value {
    let grid = &table.grid;
    json!({
        "label": table.label(),
        "caption": printable(&table.caption),
        "headings": grid.columns.iter().map(|column| printable(&column.heading)).collect::<Vec<_>>(),
        "ends": grid.columns.iter().map(|column| column.align == Align::Number).collect::<Vec<_>>(),
        "widths": widths(grid),
        "rows": grid.rows.iter().map(row).collect::<Vec<_>>(),
        "note": grid.footnote().map(|note| printable(&note)),
    })
}

fn row(row: &Row) -> Value {
    json!({
        "total": row.is_total,
        "cells": row.cells.iter().map(|cell| printable(&cell.words())).collect::<Vec<_>>(),
    })
}

/// How the page's width is shared. Short columns, such as dates and counts, get what they need, so
/// that they do not break; the others share the rest by the longest thing that they must hold.
fn widths(grid: &Grid) -> Vec<Value> {
    let needs: Vec<Need> = (0..grid.columns.len()).map(|at| Need::of(grid, at)).collect();
    let short: usize = needs.iter().filter(|need| need.is_short()).map(Need::points).sum();
    let fixed = short <= MOST_SHORT && needs.iter().any(|need| !need.is_short());
    needs
        .iter()
        .map(|need| {
            let points = (fixed && need.is_short()).then(|| need.points());
            json!({ "points": points, "share": need.letters.min(WIDEST_COLUMN) + 3 })
        })
        .collect()
}

/// What one column needs, in letters.
struct Need {
    /// Its longest cell, or a longer word in its heading, which may break between words.
    letters: usize,
}

impl Need {
    fn of(grid: &Grid, at: usize) -> Self {
        let heading =
            grid.columns.get(at).map(|column| column.heading.as_str()).unwrap_or_default();
        let cells = grid.rows.iter().filter_map(|row| row.cells.get(at));
        let longest_cell = cells.map(|cell| cell.words().chars().count()).max().unwrap_or(0);
        let longest_word =
            heading.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        Self { letters: longest_cell.max(longest_word) }
    }

    fn is_short(&self) -> bool {
        self.letters <= SHORT_COLUMN
    }

    /// Its width on paper: a generous letter, and the space beside it.
    fn points(&self) -> usize {
        self.letters * 6 + 12
    }
}
