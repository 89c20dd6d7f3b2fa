//! Columns and rows of a table, with the figures in them kept as figures.

use serde::{Deserialize, Serialize};

use crate::words;

/// Says what `[c]` stands for, under every table that has one.
pub const WITHHELD_NOTE: &str = "[c] stands for a small number, or one that would reveal it, withheld so that nobody can be identified.";

/// Columns and rows. The first cell of every row is the row's heading, because a screen reader
/// announces it before each figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// What a reader must know to read it rightly, printed beneath.
    pub note: Option<String>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Which edge its cells keep to.
    pub align: Align,
}

/// Which edge the cells of a column keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// The left edge, for words.
    Text,
    /// The right edge, so that figures can be compared.
    Number,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// Whether it adds up the rows above it, and is shown so.
    pub is_total: bool,
}

/// What stands in one cell. Counts stay counts, so that a spreadsheet receives numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// Words.
    Text(String),
    /// How many.
    Count(u64),
    /// How many of how many; the percentage is worked out where it is shown.
    Share {
        /// How many.
        count: u64,
        /// Of how many.
        of: u64,
    },
    /// How many of how many where a per cent would be read as what it is not, such as a change.
    OutOf {
        /// How many.
        count: u64,
        /// Of how many.
        of: u64,
    },
    /// A number that may not be shown, because it could identify someone.
    Withheld,
}

impl Grid {
    /// An empty table with these columns.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), rows: Vec::new(), note: None }
    }

    /// Adds a row, its heading first.
    #[must_use]
    pub fn row(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.rows.push(Row { cells: cells.into_iter().collect(), is_total: false });
        self
    }

    /// Adds a row that totals the rows above it.
    #[must_use]
    pub fn total(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.rows.push(Row { cells: cells.into_iter().collect(), is_total: true });
        self
    }

    /// Says beneath the table what a reader must know.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Whether any figure is withheld.
    pub fn withholds(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.cells).any(|cell| *cell == Cell::Withheld)
    }

    /// Everything that stands beneath the table: its note, and what `[c]` means where it occurs.
    pub fn footnote(&self) -> Option<String> {
        match (self.note.as_deref(), self.withholds()) {
            (Some(note), true) => Some(format!("{note} {WITHHELD_NOTE}")),
            (Some(note), false) => Some(note.to_owned()),
            (None, true) => Some(WITHHELD_NOTE.to_owned()),
            (None, false) => None,
        }
    }
}

impl Column {
    /// A column of words.
    pub fn text(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), align: Align::Text }
    }

    /// A column of figures.
    pub fn number(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), align: Align::Number }
    }
}

impl Cell {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// How many of how many.
    pub fn share(count: u64, of: u64) -> Self {
        Self::Share { count, of }
    }

    /// A count, or nothing where it is withheld.
    pub fn count_or_withheld(count: Option<u64>) -> Self {
        count.map_or(Self::Withheld, Self::Count)
    }

    /// What people read in the cell.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => words::whole(*count),
            Self::Share { count, of } => words::share(*count, *of),
            Self::OutOf { count, of } => {
                format!("{} of {}", words::whole(*count), words::whole(*of))
            }
            Self::Withheld => "[c]".to_owned(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}
