//! One row of one table, whether it came as text or as an element of XML.

use super::table::Table;

/// A row with the cells that are used.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub table: Table,
    /// The place of its table among those that were found.
    pub sheet: usize,
    /// Its row, or its line in XML.
    pub line: u32,
    cells: Vec<(&'static str, String)>,
}

impl Entry {
    pub(super) fn new(table: Table, sheet: usize, line: u32) -> Self {
        Self { table, sheet, line, cells: Vec::with_capacity(6) }
    }

    /// Adds a cell if its column is one that is used.
    pub(super) fn put(&mut self, column: &str, text: &str) {
        let used = self.table.used().iter().find(|used| **used == column);
        if let (Some(column), false) = (used, text.is_empty()) {
            self.cells.push((column, text.to_owned()));
        }
    }

    /// What the column says; blank where it says nothing.
    pub(super) fn text(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| *name == column).map_or("", |(_, text)| text)
    }
}
