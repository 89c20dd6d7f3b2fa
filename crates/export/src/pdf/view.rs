//! The document as the template reads it: strings and lists, already worded and printable.

use quarterlight_report::document::{Block, Document, Figure, Note, Table};
use quarterlight_report::svg;
use quarterlight_report::table::{Align, Cell, Column, Grid, Row};
use serde_json::{Value, json};

use super::letters::{printable, printable_drawing};
use super::widths::{unbroken, widths};
use super::world::FAMILY;

/// How wide a chart is drawn, in units of which 16 are a line of text.
const CHART_WIDTH: u32 = 640;

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
        "rows": grid.rows.iter().map(|row| cells(grid, row)).collect::<Vec<_>>(),
        "note": grid.footnote().map(|note| printable(&note)),
    })
}

fn cells(grid: &Grid, row: &Row) -> Value {
    let cell = |(cell, column): (&Cell, &Column)| match column.align {
        Align::Text => printable(&cell.words()),
        Align::Number => unbroken(cell),
    };
    json!({
        "total": row.is_total,
        "cells": row.cells.iter().zip(&grid.columns).map(cell).collect::<Vec<_>>(),
    })
}
