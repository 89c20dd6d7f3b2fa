//! Any file of rows, sheet by sheet: a workbook, or delimited text, which is one sheet.

use crate::delimited::Delimited;
use crate::file_kind;
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::row::{Beyond, Row};
use crate::workbook::Workbook;

/// A sheet whose rows follow.
#[derive(Debug, Clone)]
pub(crate) struct GridSheet {
    /// Its position in the file, from 0.
    pub position: usize,
    /// The name on its tab; blank for text.
    pub name: String,
    pub is_hidden: bool,
    /// True if its dates count from 1904.
    pub from_1904: bool,
}

/// What comes of a sheet, in its order.
pub(crate) enum Step<'a> {
    Row(Row<'a>),
    End(Beyond),
}

/// Hands every row of every sheet to `take`, and the end of each sheet.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    mut take: impl FnMut(&GridSheet, Step<'_>),
) -> Result<(), NotReadable> {
    if file_kind::is_zip(bytes, limits).is_err() {
        let text = Delimited::open(bytes, limits)?;
        let sheet =
            GridSheet { position: 0, name: String::new(), is_hidden: false, from_1904: false };
        let beyond = text.rows(|row| take(&sheet, Step::Row(row)))?;
        take(&sheet, Step::End(beyond));
        return Ok(());
    }
    let mut workbook = Workbook::open(bytes, limits)?;
    let from_1904 = workbook.from_1904;
    for (position, sheet) in workbook.sheets().into_iter().enumerate() {
        let is_hidden = sheet.is_hidden;
        let known = GridSheet { position, name: sheet.name, is_hidden, from_1904 };
        let beyond = if sheet.has_cells {
            workbook.rows(&known.name, |row| take(&known, Step::Row(row)))?
        } else {
            Beyond::default()
        };
        take(&known, Step::End(beyond));
    }
    Ok(())
}
