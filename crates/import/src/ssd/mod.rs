//! The Standard Safeguarding Dataset: tables laid over a case system, one CSV file each.
//!
//! A table is recognised by its headings, whatever the file is called. Names of children are let go
//! as each row is read. A table that is not there switches off what only it tells, and nothing else.

mod holders;
mod record;
mod rows;
mod table;
mod tables;
mod tell;

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::source::{Source, SourceKind, SourceList};

use crate::account::{Account, FileAccount, Outcome, SheetAccount};
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::problem::Severity;
use crate::problems::{Place, Problems};
use crate::reading::SourceReading;
use crate::row::Row;

pub(crate) use holders::{experience, registration, thousandths};

use record::Records;
use rows::{Found, TableRows};
use tables::TABLES;

/// True if the first rows of a text are the headings of a table of the dataset.
pub(crate) fn is_table(first: &[Row<'_>]) -> bool {
    rows::table_of(first).is_some()
}

/// Reads the dataset as at a day. Each file is a name, for problems to say, and its bytes.
///
/// # Errors
/// Only when a file is no text, or none of them is a table of the dataset.
pub fn read(
    files: &[(&str, &[u8])],
    as_at: Date,
    limits: &Limits,
) -> Result<SourceReading, NotReadable> {
    let mut problems = Problems::default();
    let mut account = Account::default();
    let mut found: Vec<TableRows> = Vec::new();
    for (position, (file, bytes)) in files.iter().enumerate() {
        let outcome = match rows::read((position, file), bytes, limits, &mut problems)? {
            // What became of its rows is known when all tables have been read.
            Found::Table(rows) => {
                found.push(*rows);
                Outcome::NotUsed(String::new())
            }
            Found::NotUsed(outcome) => outcome,
        };
        let sheet = SheetAccount { sheet: String::new(), hidden: false, outcome };
        account.files.push(FileAccount { file: (*file).to_owned(), sheets: vec![sheet] });
    }
    if found.is_empty() {
        let names: Vec<String> =
            files.iter().take(4).map(|(name, _)| format!("“{name}”")).collect();
        return Err(NotReadable::NoTables { files: names.join(", ") });
    }
    let order = |rows: &TableRows| TABLES.iter().position(|table| table.name == rows.table.name);
    found.sort_by_key(order);
    let lists = lists(&found);
    warn_of_absence(&found, &mut problems);
    let mut records = Records::new(as_at, &lists, &found);
    for rows in &mut found {
        records.take(rows, &mut problems);
    }
    let (sightings, workers) = records.finish();
    let mut lists: Vec<SourceList> = lists.into_values().collect();
    lists.sort_by_key(|list| TABLES.iter().position(|table| table.name == list.name));
    for rows in found {
        if let Some(list) = lists.iter_mut().find(|list| list.name == rows.table.name) {
            list.rows += rows.account.rows_used;
        }
        let sheet = account.files.get_mut(rows.position).and_then(|file| file.sheets.first_mut());
        if let Some(sheet) = sheet {
            sheet.outcome = Outcome::Holds(rows.account);
        }
    }
    let (problems, left_out) = problems.finish();
    account.problems_left_out = left_out;
    let kind = SourceKind::SafeguardingDataset;
    let source = Source { kind, name: kind.words().to_owned(), as_at, lists, sightings, workers };
    Ok(SourceReading { source, problems, account })
}

/// The tables that are there, by name, with what they have columns for.
fn lists(found: &[TableRows]) -> BTreeMap<&'static str, SourceList> {
    let mut lists: BTreeMap<&'static str, SourceList> = BTreeMap::new();
    for rows in found {
        let list = lists.entry(rows.table.name).or_insert_with(|| SourceList {
            name: rows.table.name.to_owned(),
            tells: std::collections::BTreeSet::new(),
            rows: 0,
        });
        list.tells.extend(tell::facts(rows));
    }
    lists
}

/// The tables without which a question that matters stays open, and the question.
const MISSED: [(&str, &str); 5] = [
    ("ssd_cin_episodes", "which records are open as children in need"),
    ("ssd_cp_plans", "who has a child protection plan"),
    ("ssd_cla_episodes", "who is in care"),
    ("ssd_care_leavers", "who is a care leaver"),
    ("ssd_involvements", "who holds a record"),
];

fn warn_of_absence(found: &[TableRows], problems: &mut Problems) {
    for (name, question) in MISSED {
        if found.iter().all(|rows| rows.table.name != name) {
            let what = format!("there is no table {name}, so that it cannot tell {question}");
            let todo = "add its file if there is one";
            let place = Place { list: Some("The dataset"), ..Place::default() };
            problems.add(place, Severity::Warning, what, todo);
        }
    }
}
