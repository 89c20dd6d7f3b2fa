//! A document without a layout: what is said, in order, with the numbers people cite it by.

use serde::{Deserialize, Serialize};

use crate::chart::Picture;
use crate::table::Grid;

/// A whole document. Every door (screen, paper, spreadsheet) shows these words and these numbers,
/// so that "paragraph 2.3" and "Figure 1" mean the same to everyone. A released report is kept as
/// this and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What stands before the first section.
    pub cover: Cover,
    /// The language of the words, as a tag that screen readers know: `en-GB`.
    pub language: String,
    /// What is said, in order.
    pub blocks: Vec<Block>,
}

/// What stands before the first section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The council whose report it is.
    pub authority: String,
    /// The title, as the committee's agenda has it.
    pub title: String,
    /// The line below the title; blank when there is none.
    pub subtitle: String,
    /// The date that the figures stand at, in words: *Figures as at 30 September 2026*.
    pub as_at: String,
    /// Who may see it, printed on every page: *Part I: public*, or the ground for exemption.
    pub marking: String,
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading. Level 1 opens a section and has its number, or an annex and has its letter; level
    /// 2 stands within one.
    Heading {
        /// 1 for a section, 2 within it.
        level: u8,
        /// `3`, for the third section; `B`, for the second annex.
        number: Option<String>,
        /// The words, without the number.
        text: String,
    },
    /// A paragraph; within a section it has a number, such as `3.2`.
    Paragraph {
        /// The number that people cite it by.
        number: Option<String>,
        /// What it says.
        text: String,
    },
    /// Points that belong to the paragraph before them.
    List {
        /// One point each.
        items: Vec<String>,
    },
    /// What a word means, or how far a figure may be trusted.
    Note(Note),
    /// A table.
    Table(Table),
    /// A chart, with the table of its figures.
    Figure(Figure),
}

/// Something a reader must know to read the figures rightly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// What a word means here.
    Definition {
        /// The word.
        term: String,
        /// What it means.
        text: String,
    },
    /// How far a figure may be trusted.
    Caveat {
        /// The caution, as a full sentence.
        text: String,
    },
}

/// A table with the number that people cite it by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// 3, for Table 3.
    pub number: u32,
    /// What the table shows.
    pub caption: String,
    /// Its columns and rows.
    pub grid: Grid,
}

impl Table {
    /// *Table 3*.
    pub fn label(&self) -> String {
        format!("Table {}", self.number)
    }
}

/// A chart with the number that people cite it by, and its figures as a table beneath it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// 2, for Figure 2.
    pub number: u32,
    /// What the chart shows, as a sentence.
    pub title: String,
    /// What it shows, in words, for those who do not see it.
    pub alt_text: String,
    /// The chart.
    pub chart: Picture,
    /// The same figures, made from the chart, so that the two cannot differ.
    pub table: Table,
}

impl Figure {
    /// *Figure 2*.
    pub fn label(&self) -> String {
        format!("Figure {}", self.number)
    }
}

impl Block {
    /// Where a link to this block leads: `section-3`, `paragraph-3-2`, `table-3`, `figure-2`.
    /// A block without a number has none.
    pub fn anchor(&self) -> Option<String> {
        match self {
            Self::Heading { number, .. } => {
                number.as_ref().map(|number| format!("section-{number}"))
            }
            Self::Paragraph { number, .. } => {
                number.as_ref().map(|number| format!("paragraph-{}", number.replace('.', "-")))
            }
            Self::Table(table) => Some(format!("table-{}", table.number)),
            Self::Figure(figure) => Some(format!("figure-{}", figure.number)),
            Self::List { .. } | Self::Note(_) => None,
        }
    }
}
