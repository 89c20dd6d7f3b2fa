//! Any list of the authority's own, as CSV or Excel, read by a mapping that a person has made.

mod field;
mod line;
mod mapping;
mod propose;

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::source::{Source, SourceKind, SourceList};

use crate::account::{Account, FileAccount, ListAccount, Outcome, SheetAccount, Why};
use crate::annex_a::headings::normal;
use crate::cells::short;
use crate::grid::{self, GridSheet, Step};
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::problem::Severity;
use crate::problems::{Place, Problems};
use crate::reading::SourceReading;
use crate::row::{Beyond, Row};

pub use field::{Field, ListKind};
pub use mapping::Mapping;
pub use propose::propose;

use line::Lines;

/// Rows that are looked at for the headings; titles stand above them.
pub(crate) const ROWS_LOOKED_AT: usize = 20;

/// A sheet with its likeliest row of headings, for a person to map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetHeadings {
    /// The name on its tab; blank for text.
    pub sheet: String,
    /// The row, as Excel numbers it.
    pub row: u32,
    /// The headings, from left to right.
    pub headings: Vec<String>,
    /// Under each heading, the first different values: three at most, shortened.
    pub first: Vec<Vec<String>>,
}

/// Values that are shown under a heading.
const FIRST_VALUES: usize = 3;

/// The headings of every sheet of a file that has any, the widest row of its first twenty that is
/// all text.
///
/// # Errors
/// Only when the file is neither a workbook nor text.
pub fn headings(bytes: &[u8], limits: &Limits) -> Result<Vec<SheetHeadings>, NotReadable> {
    let sheets = grid::first_rows(bytes, ROWS_LOOKED_AT, limits)?;
    Ok(sheets.iter().filter_map(|(sheet, rows)| headings_among(&sheet.name, rows)).collect())
}

/// The headings of all sheets, each once, with the first values under it: the list may stand on any
/// of them, and a sheet about the list before it.
pub fn every_heading(sheets: &[SheetHeadings]) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut headings, mut first): (Vec<String>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
    for sheet in sheets {
        for (heading, values) in sheet.headings.iter().zip(&sheet.first) {
            if !headings.contains(heading) {
                headings.push(heading.clone());
                first.push(values.clone());
            }
        }
    }
    (headings, first)
}

/// The likeliest headings among the first rows of a sheet.
pub(crate) fn headings_among(sheet: &str, rows: &[Row<'_>]) -> Option<SheetHeadings> {
    let mut found: Option<(usize, Vec<String>)> = None;
    for (at, row) in rows.iter().enumerate() {
        let headings: Vec<String> =
            row.cells.iter().map(|(_, cell)| cell.text().into_owned()).collect();
        let widest = found.as_ref().map_or(1, |(_, headings)| headings.len());
        if headings.len() > widest && headings.iter().all(|it| it.parse::<f64>().is_err()) {
            found = Some((at, headings));
        }
    }
    let (at, headings) = found?;
    let (row, below) = rows.get(at..)?.split_first()?;
    let first = row.cells.iter().map(|(column, _)| first_values(*column, below)).collect();
    Some(SheetHeadings { sheet: sheet.to_owned(), row: row.number, headings, first })
}

/// The first different values of a column, so that a person can tell what it holds.
fn first_values(column: u32, rows: &[Row<'_>]) -> Vec<String> {
    let cells = rows.iter().flat_map(|row| &row.cells).filter(|(at, _)| *at == column);
    let mut first: Vec<String> = Vec::new();
    for text in cells.map(|(_, cell)| short(cell)).filter(|text| !text.trim().is_empty()) {
        if first.len() < FIRST_VALUES && !first.contains(&text) {
            first.push(text);
        }
    }
    first
}

/// Reads a list by its mapping, as at a day. `authority` is whose list it is, by name, number or
/// code, so that a placement can be told in or out; the file's name is for problems to say.
///
/// # Errors
/// Only when the file is neither a workbook nor text. A column that is mapped and not there is a
/// problem that names it; without one that tells whose row it is, no row is used.
pub fn read(
    (file, bytes): (&str, &[u8]),
    mapping: &Mapping,
    as_at: Date,
    authority: Option<&str>,
    limits: &Limits,
) -> Result<SourceReading, NotReadable> {
    let mut reading = Reading {
        file,
        mapping,
        problems: Problems::default(),
        lines: Lines::new(mapping, as_at, authority),
        sheets: Vec::new(),
        state: State::Looking(Vec::new()),
    };
    grid::read(bytes, limits, |sheet, step| match step {
        Step::Row(row) => reading.take(sheet, row),
        Step::End(beyond) => reading.end(sheet, beyond),
    })?;
    Ok(reading.finish(as_at))
}

/// How far the reading of a sheet has come.
enum State {
    /// The headings are among the first rows: how many there were.
    Looking(Vec<u32>),
    Reading(Box<Below>),
}

/// Below the headings.
struct Below {
    /// Columns by their position, with the heading as the file spells it.
    columns: BTreeMap<u32, (Field, String)>,
    account: ListAccount,
    last: u32,
}

struct Reading<'r> {
    file: &'r str,
    mapping: &'r Mapping,
    problems: Problems,
    lines: Lines<'r>,
    sheets: Vec<SheetAccount>,
    state: State,
}

impl Reading<'_> {
    fn take(&mut self, sheet: &GridSheet, row: Row<'_>) {
        match &mut self.state {
            State::Looking(rows) if rows.len() >= ROWS_LOOKED_AT => {}
            State::Looking(rows) => match columns(self.mapping, &row) {
                Some((columns, ignored)) => {
                    let mut account = ListAccount::new(&self.mapping.name, row.number);
                    account.columns_ignored = ignored;
                    let last = row.number;
                    self.state = State::Reading(Box::new(Below { columns, account, last }));
                }
                None => rows.push(row.number),
            },
            State::Reading(below) => {
                let Below { columns, account, last } = below.as_mut();
                let blank = row.number.saturating_sub(*last).saturating_sub(1);
                account.not_used(Why::Blank, blank as usize);
                *last = row.number.max(*last);
                let place = Place {
                    file: self.file,
                    sheet: Some((sheet.position, &sheet.name)),
                    list: Some(&self.mapping.name),
                    row: Some(row.number),
                    column: None,
                };
                match self.lines.take(&row, columns, sheet.from_1904, place, &mut self.problems) {
                    Ok(()) => account.used(),
                    Err(why) => account.not_used(why, 1),
                }
            }
        }
    }

    fn end(&mut self, sheet: &GridSheet, beyond: Beyond) {
        let state = std::mem::replace(&mut self.state, State::Looking(Vec::new()));
        let place = Place {
            file: self.file,
            sheet: Some((sheet.position, &sheet.name)),
            list: Some(&self.mapping.name),
            ..Place::default()
        };
        let outcome = match state {
            State::Looking(rows) if rows.is_empty() => {
                Outcome::NotUsed("nothing is in it".to_owned())
            }
            State::Looking(_) => {
                let keys = self.mapping.keys().iter();
                let named: Vec<String> = keys
                    .filter_map(|key| self.mapping.columns.get(key))
                    .map(|heading| format!("“{heading}”"))
                    .collect();
                let why = format!(
                    "none of its first rows has the heading {}, which tells whose row it is",
                    if named.is_empty() { "of a reference".to_owned() } else { named.join(" or ") }
                );
                let todo = "correct the heading or the mapping; the sheet was not used";
                self.problems.add(place, Severity::StopsRow, why.clone(), todo);
                Outcome::NotUsed(why)
            }
            State::Reading(below) => {
                let mut account = below.account;
                for (field, heading) in &self.mapping.columns {
                    if below.columns.values().any(|(other, _)| other == field) {
                        continue;
                    }
                    let what = format!(
                        "there is no column “{heading}”, which the mapping takes for “{}”",
                        field.words()
                    );
                    let todo = "correct the heading or the mapping; it was taken as not known";
                    self.problems.add(place, Severity::Warning, what, todo);
                    account.columns_missing.push(heading.clone());
                }
                for (row, what, todo) in [
                    (
                        beyond.far_row,
                        "a cell is far to the right of the list",
                        "clear it; it was not read",
                    ),
                    (
                        beyond.unreadable_row,
                        "a cell in or after this row cannot be read",
                        "type it again; it was taken as blank",
                    ),
                ] {
                    if row.is_some() {
                        self.problems.add(Place { row, ..place }, Severity::Warning, what, todo);
                    }
                }
                Outcome::Holds(account)
            }
        };
        let (sheet, hidden) = (sheet.name.clone(), sheet.is_hidden);
        self.sheets.push(SheetAccount { sheet, hidden, outcome });
    }

    fn finish(self, as_at: Date) -> SourceReading {
        let (problems, problems_left_out) = self.problems.finish();
        let files = vec![FileAccount { file: self.file.to_owned(), sheets: self.sheets }];
        let account = Account { files, problems_left_out, home: None };
        let (sightings, workers) = self.lines.finish();
        let present = account.lists().flat_map(|list| &list.columns_missing).collect::<Vec<_>>();
        let columns = self.mapping.columns.iter();
        let there = columns.filter(|(_, heading)| !present.contains(heading));
        let tells = there.filter_map(|(field, _)| field.fact()).collect();
        let rows = account.lists().map(|list| list.rows_used).sum();
        let name = self.mapping.name.clone();
        let lists = vec![SourceList { name: name.clone(), tells, rows }];
        let kind = SourceKind::LocalList;
        let source = Source { kind, name, as_at, lists, sightings, workers };
        SourceReading { source, problems, account }
    }
}

/// The mapped columns of a row of headings, and the headings that are not mapped; none if no column
/// tells whose row it is.
type Columns = (BTreeMap<u32, (Field, String)>, Vec<String>);

fn columns(mapping: &Mapping, row: &Row<'_>) -> Option<Columns> {
    let mut columns = BTreeMap::new();
    let mut ignored = Vec::new();
    for (position, cell) in &row.cells {
        let heading = cell.text().into_owned();
        let form = normal(&heading);
        let mut fields = mapping.columns.iter().filter(|(_, of)| normal(of) == form);
        let is_taken = |field: Field| columns.values().any(|(other, _)| *other == field);
        match fields.find(|(field, _)| !is_taken(**field)) {
            Some((field, _)) => {
                columns.insert(*position, (*field, heading));
            }
            None => ignored.push(heading),
        }
    }
    let has_key = mapping.keys().iter().any(|key| columns.values().any(|(it, _)| it == key));
    has_key.then_some((columns, ignored))
}
