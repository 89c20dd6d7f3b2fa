//! A document as parts of a page: the same words and the same numbers as in every other form of it.

use askama::Template;
use askama::filters::HtmlSafe;
use quarterlight_report::document::{Block, Document, Note, Table as DocumentTable};
use quarterlight_report::table::{Align, Cell, Grid};

use crate::drawing::Drawing;
use crate::govuk::{CaptionSize, Column, Content, Details, Inset, SummaryList, SummaryRow, Table};

/// One part of a report's page.
#[derive(Debug, Clone)]
enum Part {
    /// A section's heading, with its number.
    Section {
        /// Where a link leads.
        anchor: String,
        /// Number and words.
        text: String,
    },
    /// A heading within a section.
    Heading(String),
    /// A paragraph, with the number that people cite it by.
    Paragraph {
        /// Number and anchor; none before the first section.
        number: Option<(String, String)>,
        /// What it says.
        text: String,
    },
    /// Points that belong to the paragraph before them.
    List(Vec<String>),
    /// How far the figures may be trusted.
    Caveat(Inset),
    /// What words mean: neighbours stand in one list.
    Definitions(SummaryList),
    /// A table and what stands beneath it.
    Table(Table, Option<String>),
    /// What a table or figure means, folded away.
    Explained(Details),
    /// A chart; its table follows.
    Figure {
        /// Where a link leads.
        anchor: String,
        /// *Figure 1: …*
        caption: String,
        /// The bars.
        drawing: Drawing,
    },
}

/// A figure that adds up those above it.
#[derive(Template)]
#[template(source = "<strong>{{ words }}</strong>", ext = "html")]
struct Total {
    words: String,
}

impl HtmlSafe for Total {}

/// A document on a page, without its cover.
#[derive(Debug, Clone, Template)]
#[template(path = "parts.html")]
pub struct Parts {
    parts: Vec<Part>,
}

impl HtmlSafe for Parts {}

impl Parts {
    /// The parts of a document, in order.
    pub fn of(document: &Document) -> Self {
        Self { parts: parts(document) }
    }

    /// The parts of a document, with what each of its tables means beneath it.
    pub fn explained(document: &Document, explain: impl Fn(&DocumentTable) -> Details) -> Self {
        let mut tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Figure(figure) => Some(&figure.table),
            _ => None,
        });
        let mut all = Vec::new();
        for part in parts(document) {
            let is_table = matches!(part, Part::Table(..));
            all.push(part);
            if is_table && let Some(table) = tables.next() {
                all.push(Part::Explained(explain(table)));
            }
        }
        Self { parts: all }
    }

    /// The sections, for the list of contents: where each link leads, and its words.
    pub fn contents(&self) -> Vec<(String, String)> {
        let section = |part: &Part| match part {
            Part::Section { anchor, text } => Some((format!("#{anchor}"), text.clone())),
            _ => None,
        };
        self.parts.iter().filter_map(section).collect()
    }
}

fn parts(document: &Document) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level: 1, number, text } => {
                let number =
                    number.as_deref().map_or(String::new(), |number| format!("{number}. "));
                let anchor = block.anchor().unwrap_or_default();
                parts.push(Part::Section { anchor, text: format!("{number}{text}") });
            }
            Block::Heading { text, .. } => parts.push(Part::Heading(text.clone())),
            Block::Paragraph { number, text } => {
                let number = number.clone().zip(block.anchor());
                parts.push(Part::Paragraph { number, text: text.clone() });
            }
            Block::List { items } => parts.push(Part::List(items.clone())),
            Block::Note(Note::Caveat { text }) => {
                parts.push(Part::Caveat(Inset::new(text.as_str())));
            }
            Block::Note(Note::Definition { term, text }) => {
                let row = SummaryRow::new(term.as_str(), text.as_str());
                match parts.last_mut() {
                    Some(Part::Definitions(list)) => list.rows.push(row),
                    _ => parts.push(Part::Definitions(SummaryList::new(vec![row]))),
                }
            }
            Block::Table(table) => parts.push(table_part(table)),
            Block::Figure(figure) => {
                parts.push(Part::Figure {
                    anchor: block.anchor().unwrap_or_default(),
                    caption: format!("{}: {}", figure.label(), figure.title),
                    drawing: Drawing::of(figure),
                });
                parts.push(table_part(&figure.table));
            }
        }
    }
    parts
}

fn table_part(table: &DocumentTable) -> Part {
    let caption = format!("{}: {}", table.label(), table.caption);
    let id = format!("table-{}", table.number);
    Part::Table(of_grid(&id, &caption, &table.grid), table.grid.footnote())
}

/// A table of a report under any caption.
pub fn of_grid(id: &str, caption: &str, grid: &Grid) -> Table {
    let columns = grid.columns.iter().map(|column| match column.align {
        Align::Text => Column::words(column.heading.as_str()),
        Align::Number => Column::numbers(column.heading.as_str()),
    });
    let rows = grid.rows.iter();
    let rows = rows.map(|row| row.cells.iter().map(|it| cell(it, row.is_total)).collect());
    Table::new(id, caption, columns.collect())
        .rows(rows.collect())
        .caption_size(CaptionSize::Small)
        .empty(format!("{caption}. There is nothing to count."))
}

fn cell(cell: &Cell, is_total: bool) -> Content {
    let words = cell.words();
    if is_total { Content::component(&Total { words }) } else { Content::text(words) }
}
