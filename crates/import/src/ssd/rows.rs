//! Reads files into the dataset's tables: which table each is, and its rows by what they are used for.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{About, Table, Use};
use crate::account::{ListAccount, Outcome, Why};
use crate::cell::Cell;
use crate::delimited::Delimited;
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::problem::Severity;
use crate::problems::{Place, Problems};
use crate::row::Row;

/// Rows that are looked at for the headings, which an extract has in its first row.
const ROWS_LOOKED_AT: usize = 5;

/// One file, read as a table.
pub(super) struct TableRows {
    pub table: &'static Table,
    pub file: String,
    /// The file's position among all files.
    pub position: usize,
    /// Columns that are used, by position, with their headings as the file spells them.
    columns: BTreeMap<u32, (Use, String)>,
    pub rows: Vec<TableRow>,
    pub account: ListAccount,
}

/// A row's cells that are used.
pub(super) struct TableRow {
    pub number: u32,
    cells: Vec<(u32, Cell<'static>)>,
}

impl TableRows {
    /// What the table has columns for.
    pub fn uses(&self) -> BTreeSet<Use> {
        self.columns.values().map(|(used_as, _)| *used_as).collect()
    }

    /// The cell of a row with this use, and its column.
    pub fn cell<'r>(&self, row: &'r TableRow, used_as: Use) -> Option<(&'r Cell<'static>, u32)> {
        row.cells.iter().find_map(|(column, cell)| {
            let (of_column, _) = self.columns.get(column)?;
            (*of_column == used_as).then_some((cell, *column))
        })
    }

    /// The place of a row, or of one of its cells.
    pub fn place(&self, row: &TableRow, column: Option<u32>) -> Place<'_> {
        let heading = |at: u32| Some((at, self.columns.get(&at)?.1.as_str()));
        Place {
            file: &self.file,
            sheet: Some((self.position, "")),
            list: Some(self.table.name),
            row: Some(row.number),
            column: column.and_then(heading),
        }
    }
}

/// What a file was taken for.
pub(super) enum Found {
    Table(Box<TableRows>),
    NotUsed(Outcome),
}

/// The table that the first rows of a text are the headings of, if they are those of one.
pub(super) fn table_of(first: &[Row<'_>]) -> Option<(&'static Table, usize)> {
    first.iter().take(ROWS_LOOKED_AT).enumerate().find_map(|(at, row)| {
        let headings: Vec<String> =
            row.cells.iter().map(|(_, cell)| cell.text().into_owned()).collect();
        Some((Table::of(headings.iter().map(String::as_str))?, at))
    })
}

/// Reads one file.
pub(super) fn read(
    (position, file): (usize, &str),
    bytes: &[u8],
    limits: &Limits,
    problems: &mut Problems,
) -> Result<Found, NotReadable> {
    let text = Delimited::open(bytes, limits)?;
    let mut waiting = Vec::new();
    let mut found: Option<TableRows> = None;
    let beyond = text.rows(|row| match &mut found {
        Some(rows) => rows.take(row),
        None if waiting.len() < ROWS_LOOKED_AT => {
            waiting.push(row);
            if let Some((table, _)) = table_of(&waiting) {
                let headings = waiting.pop().unwrap_or(Row { number: 0, cells: Vec::new() });
                found = Some(TableRows::begin(table, (position, file), &headings));
            }
        }
        None => {}
    })?;
    let Some(mut rows) = found else {
        let why = "its first rows do not have the headings of a table of the dataset";
        return Ok(Found::NotUsed(Outcome::NotUsed(why.to_owned())));
    };
    let place = Place {
        file,
        sheet: Some((position, "")),
        list: Some(rows.table.name),
        ..Place::default()
    };
    if let Some(row) = beyond.unreadable_row {
        let what = "a character in or after this row cannot be read";
        let todo = "save the file again as CSV UTF-8; the character was left out";
        problems.add(Place { row: Some(row), ..place }, Severity::Warning, what, todo);
    }
    let uses = rows.uses();
    let missing: Vec<Use> =
        rows.table.needs.iter().copied().filter(|used_as| !uses.contains(used_as)).collect();
    for used_as in &missing {
        let what = format!("there is no column “{}”", rows.table.heading(*used_as));
        problems.add(place, Severity::StopsRow, what, "add it; the table was not used");
    }
    rows.account.columns_missing =
        missing.iter().map(|used_as| rows.table.heading(*used_as)).collect();
    if !missing.is_empty() || rows.table.about == About::NotUsed {
        let why = if missing.is_empty() { Why::TableNotUsed } else { Why::Problem };
        let unused = rows.rows.len();
        rows.rows.clear();
        rows.account.not_used(why, unused);
    }
    Ok(Found::Table(Box::new(rows)))
}

impl TableRows {
    fn begin(table: &'static Table, (position, file): (usize, &str), headings: &Row<'_>) -> Self {
        let mut columns = BTreeMap::new();
        let mut ignored = Vec::new();
        let mut taken = BTreeSet::new();
        for (column, cell) in &headings.cells {
            let heading = cell.text().into_owned();
            match table.used_as(&heading).filter(|used_as| taken.insert(*used_as)) {
                Some(used_as) => {
                    columns.insert(*column, (used_as, heading));
                }
                None => ignored.push(heading),
            }
        }
        let mut account = ListAccount::new(table.name, headings.number);
        account.columns_ignored = ignored;
        let file = file.to_owned();
        Self { table, file, position, columns, rows: Vec::new(), account }
    }

    /// Keeps the cells that are used; the others, with the names of children, are let go here.
    fn take(&mut self, row: Row<'static>) {
        let mut cells = row.cells;
        cells.retain(|(column, _)| self.columns.contains_key(column));
        self.rows.push(TableRow { number: row.number, cells });
    }
}
