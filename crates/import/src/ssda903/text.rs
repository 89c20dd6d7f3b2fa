//! A table of the return as delimited text.

use super::entry::Entry;
use super::gathered::Gathered;
use super::table::{Table, plain};
use crate::delimited::Delimited;
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::row::Row;

/// The rows in which the headings are looked for.
const HEADINGS_WITHIN: usize = 20;

/// The headings of a table: each column's place, its name where the table has it, and its heading.
struct Headings {
    table: Table,
    row: u32,
    columns: Vec<(u32, Option<&'static str>, String)>,
}

impl Headings {
    fn of(row: &Row<'_>) -> Option<Self> {
        let texts: Vec<(u32, String)> =
            row.cells.iter().map(|(at, cell)| (*at, cell.text().into_owned())).collect();
        let table = Table::with_headings(texts.iter().map(|(_, text)| text.as_str()))?;
        let mut columns: Vec<(u32, Option<&'static str>, String)> = Vec::new();
        for (at, heading) in texts {
            let form = plain(&heading);
            let column = table.columns().iter().copied().find(|column| *column == form);
            // The same heading twice: the first is read.
            let is_new = !columns.iter().any(|(_, other, _)| other.is_some() && *other == column);
            columns.push((at, column.filter(|_| is_new), heading));
        }
        Some(Self { table, row: row.number, columns })
    }
}

/// The table whose headings a file has; none if it has those of none, or is no text.
pub(super) fn table_of(bytes: &[u8], limits: &Limits) -> Option<Table> {
    const LOOKED_AT: usize = 16_000;
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    // What is cut off ends in the middle of a row, which may look like a quotation never closed.
    let end = start.iter().rposition(|byte| *byte == b'\n').filter(|_| bytes.len() > LOOKED_AT);
    let start = end.and_then(|end| start.get(..end)).unwrap_or(start);
    let delimited = Delimited::open(start, limits).ok()?;
    let (mut found, mut seen) = (None, 0);
    let rows = delimited.rows(|row| {
        seen += 1;
        if found.is_none() && seen <= HEADINGS_WITHIN {
            found = Headings::of(&row).map(|headings| headings.table);
        }
    });
    rows.ok().and(found)
}

/// True if a file is to be read as XML.
pub(super) fn known_or_xml(bytes: &[u8], limits: &Limits) -> Result<bool, NotReadable> {
    let start: Vec<u8> = bytes.iter().copied().take(4_000).filter(|byte| *byte != 0).collect();
    let start = String::from_utf8_lossy(&start);
    let first = start.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    if first.starts_with("<?xml") || first.starts_with("<EXP") {
        return Ok(true);
    }
    crate::file_kind::is_text(bytes, limits).map(|()| false)
}

/// Reads the rows of one file.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    gathered: &mut Gathered,
) -> Result<(), NotReadable> {
    let delimited = Delimited::open(bytes, limits)?;
    let mut headings: Option<Headings> = None;
    let (mut above, mut entries, mut first) = (0, Vec::new(), String::new());
    delimited.rows(|row| match &headings {
        Some(headings) => entries.push(entry(&row, headings)),
        None if above < HEADINGS_WITHIN => {
            if above == 0 {
                let cells: Vec<_> = row.cells.iter().take(8).map(|(_, cell)| cell.text()).collect();
                first = cells.join(", ");
            }
            above += 1;
            headings = Headings::of(&row);
        }
        None => {}
    })?;
    let Some(headings) = headings else {
        let first: String = first.chars().take(100).collect();
        let why =
            format!("It has the headings of no table of the return. Its first row is: {first}.");
        gathered.not_used(name, why);
        return Ok(());
    };
    let sheet = gathered.sheet(name, headings.table, headings.row);
    gathered.titles(sheet, above.saturating_sub(1));
    for (at, column, heading) in headings.columns {
        match column {
            Some(column) => gathered.has_column(sheet, column, at, heading),
            None => gathered.ignores_column(sheet, heading),
        }
    }
    for mut entry in entries {
        entry.sheet = sheet;
        gathered.add(entry);
    }
    Ok(())
}

fn entry(row: &Row<'_>, headings: &Headings) -> Entry {
    let mut entry = Entry::new(headings.table, 0, row.number);
    for (at, cell) in &row.cells {
        let column = headings.columns.iter().find(|(other, _, _)| other == at);
        if let Some((_, Some(column), _)) = column {
            entry.put(column, &cell.text());
        }
    }
    entry
}
