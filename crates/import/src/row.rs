//! A row as it comes out of a workbook or of delimited text: readers of lists do not ask which.

use crate::cell::Cell;
use crate::not_readable::NotReadable;

/// A row with at least one cell that is not blank.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    /// Its number as Excel shows it.
    pub number: u32,
    /// Its cells with their columns, from 0, in the order of the file.
    pub cells: Vec<(u32, Cell<'a>)>,
}

impl Row<'_> {
    /// The same row, which outlives the file.
    pub(crate) fn into_owned(self) -> Row<'static> {
        let cells = self.cells.into_iter().map(|(column, cell)| (column, cell.into_owned()));
        Row { number: self.number, cells: cells.collect() }
    }
}

/// What a sheet or text held that was not handed on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beyond {
    /// The first row with a cell beyond the columns that are looked at.
    pub far_row: Option<u32>,
    /// The first row with a cell that could not be read.
    pub unreadable_row: Option<u32>,
}

/// Counts one more, up to a limit over the whole file.
pub(crate) fn count(so_far: &mut usize, most: usize, of_what: &str) -> Result<(), NotReadable> {
    *so_far += 1;
    if *so_far > most {
        return Err(NotReadable::TooLarge { what: format!("it has more than {most} {of_what}") });
    }
    Ok(())
}
