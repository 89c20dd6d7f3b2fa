//! Lines of cells as a table that shows what may be shown.

use quarterlight_disclosure::{CellId, Published};

use crate::table::{Cell, Column, Grid};

/// What stands in one place of a table.
#[derive(Debug, Clone, Copy)]
pub enum Slot {
    /// A count.
    Count(CellId),
    /// A count as a whole per cent of another.
    Percent(CellId, CellId),
}

/// One line: its name, and what stands in it.
#[derive(Debug, Clone)]
pub struct Line {
    pub name: String,
    pub slots: Vec<Slot>,
    pub is_total: bool,
}

impl Line {
    /// The count in a column.
    pub fn count(&self, column: usize) -> Option<CellId> {
        match self.slots.get(column) {
            Some(Slot::Count(cell)) => Some(*cell),
            _ => None,
        }
    }
}

/// The lines of one table.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    pub rows: Vec<Line>,
}

impl Lines {
    /// Adds a line.
    pub fn push(&mut self, name: &str, slots: impl IntoIterator<Item = Slot>) {
        let slots = slots.into_iter().collect();
        self.rows.push(Line { name: name.to_owned(), slots, is_total: false });
    }

    /// Adds a line that totals those above it.
    pub fn push_total(&mut self, name: &str, slots: impl IntoIterator<Item = Slot>) {
        let slots = slots.into_iter().collect();
        self.rows.push(Line { name: name.to_owned(), slots, is_total: true });
    }

    /// The table, under these headings.
    pub fn grid(&self, first: &str, headings: &[&str], published: &Published) -> Grid {
        let columns = std::iter::once(Column::text(first))
            .chain(headings.iter().map(|heading| Column::number(*heading)));
        self.rows.iter().fold(Grid::new(columns), |grid, line| {
            let cells = std::iter::once(Cell::text(&line.name))
                .chain(line.slots.iter().map(|slot| cell(*slot, published)));
            if line.is_total { grid.total(cells) } else { grid.row(cells) }
        })
    }
}

fn cell(slot: Slot, published: &Published) -> Cell {
    match slot {
        Slot::Count(cell) => Cell::count_or_withheld(published.shown(cell).count()),
        Slot::Percent(count, base) => match published.percent(count, base, 0) {
            Some(percent) => Cell::text(format!("{percent}%")),
            None if published.shown(base).count() == Some(0) => Cell::text("none to count"),
            None => Cell::Withheld,
        },
    }
}
