//! Any file of rows, sheet by sheet: a workbook, or delimited text, which is one sheet.

use std::ops::ControlFlow;

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
            workbook.rows(&known.name, |row| {
                take(&known, Step::Row(row));
                ControlFlow::Continue(())
            })?
        } else {
            Beyond::default()
        };
        take(&known, Step::End(beyond));
    }
    Ok(())
}

/// The first rows of every sheet that have something in them, for finding the headings. Nothing
/// after them is read.
pub(crate) fn first_rows(
    bytes: &[u8],
    most: usize,
    limits: &Limits,
) -> Result<Vec<(GridSheet, Vec<Row<'static>>)>, NotReadable> {
    let add = |rows: &mut Vec<Row<'static>>, row: Row<'_>| {
        rows.push(row.into_owned());
        if rows.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    if file_kind::is_zip(bytes, limits).is_err() {
        let mut rows = Vec::new();
        Delimited::open(bytes, limits)?.rows_until(|row| add(&mut rows, row))?;
        let sheet =
            GridSheet { position: 0, name: String::new(), is_hidden: false, from_1904: false };
        return Ok(vec![(sheet, rows)]);
    }
    let mut workbook = Workbook::open(bytes, limits)?;
    let from_1904 = workbook.from_1904;
    let mut found = Vec::new();
    for (position, sheet) in workbook.sheets().into_iter().enumerate() {
        let mut rows = Vec::new();
        if sheet.has_cells {
            workbook.rows(&sheet.name, |row| add(&mut rows, row))?;
        }
        let is_hidden = sheet.is_hidden;
        found.push((GridSheet { position, name: sheet.name, is_hidden, from_1904 }, rows));
    }
    Ok(found)
}
