//! A reading of a workbook as JSON: what `--dry-run --json` prints.
//!
//! ```json
//! {
//!   "counts": {
//!     "records": 118,
//!     "by_need": { "CIN": 70, "CP": 14, "CLA": 27, "CL": 7 },
//!     "unallocated": 7, "disability_unknown": 2, "placement_unknown": 0, "problems_left_out": 0
//!   },
//!   "edition": "since_2024",
//!   "home": { "name": "Harrow", "told": false, "naming_it": 11, "of": 11 },
//!   "lists": { "6": { "rows": 171, "used": 118 } },
//!   "lists_missing": [2],
//!   "sheets": [{
//!     "sheet": "List 6", "hidden": false, "list": 6, "not_used_because": null, "header_row": 1,
//!     "columns_missing": [], "columns_ignored": ["Notes"], "columns_guessed": [["DoB", "Date of Birth"]],
//!     "rows_read": 171, "rows_used": 118, "rows_not_used": { "closed": 53 }
//!   }],
//!   "problems": [{
//!     "sheet": "List 8", "list": 8, "rows": [214], "column": "D", "heading": "Date of Birth",
//!     "what": "…", "todo": "…", "severity": "warning", "sentence": "…"
//!   }],
//!   "records": [{
//!     "reference": "123", "needs": ["CIN"], "assessment_open": false,
//!     "disabled": "unknown", "unaccompanied": "no",
//!     "placement": "not_placed", "placed_out": false, "route": "unknown",
//!     "worker": null, "team": "Children in Need Team 1", "dates": { "opened": "2026-01-05" }
//!   }]
//! }
//! ```
//!
//! `needs` are CIN, CP, CLA and CL. `disabled` and `unaccompanied` are `yes`, `no` or `unknown`.
//! `placed_out` is null where a child is placed and the workbook does not say where: a null is
//! neither true nor false. A `worker` of null is an unallocated record. Records stand in the order
//! of their references, problems in the order of the workbook.

use std::collections::BTreeMap;

use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::need::{Need, Placement};
use serde::Serialize;

use crate::account::{Outcome, SheetAccount};
use crate::annex_a::{Account, Home, HomeFrom, List};
use crate::problem::Problem;
use crate::reading::Reading;

/// A reading in the shape described at the head of this file.
#[derive(Debug, Serialize)]
pub struct DryRun {
    counts: Counts,
    edition: Option<&'static str>,
    home: Option<HomeJson>,
    lists: BTreeMap<u8, Rows>,
    lists_missing: Vec<u8>,
    sheets: Vec<Sheet>,
    problems: Vec<ProblemJson>,
    records: Vec<Record>,
}

impl DryRun {
    /// The reading, ready to be written as JSON.
    pub fn of(reading: &Reading<CaseLine>) -> Self {
        let account = &reading.account;
        let mut lists: BTreeMap<u8, Rows> = BTreeMap::new();
        for list in account.lists() {
            let Some(of) = List::named(&list.list) else { continue };
            let rows = lists.entry(of.number()).or_default();
            rows.rows += list.filled();
            rows.used += list.rows_used;
        }
        Self {
            counts: Counts::of(account),
            edition: account.edition.map(crate::annex_a::Edition::code),
            home: account.home.as_ref().map(HomeJson::of),
            lists,
            lists_missing: account.lists_missing.iter().map(|list| list.number()).collect(),
            sheets: account.sheets.iter().map(Sheet::of).collect(),
            problems: reading.problems.iter().map(ProblemJson::of).collect(),
            records: reading.rows.iter().map(Record::of).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct Counts {
    records: usize,
    by_need: BTreeMap<&'static str, usize>,
    unallocated: usize,
    disability_unknown: usize,
    placement_unknown: usize,
    problems_left_out: usize,
}

impl Counts {
    fn of(account: &Account) -> Self {
        let with = |need| account.by_need.get(&need).copied().unwrap_or(0);
        Self {
            records: account.records,
            by_need: Need::ALL.into_iter().map(|need| (need.code(), with(need))).collect(),
            unallocated: account.unallocated,
            disability_unknown: account.disability_unknown,
            placement_unknown: account.placement_unknown,
            problems_left_out: account.problems_left_out,
        }
    }
}

#[derive(Debug, Serialize)]
struct HomeJson {
    name: String,
    told: bool,
    naming_it: Option<usize>,
    of: Option<usize>,
}

impl HomeJson {
    fn of(home: &Home) -> Self {
        let (naming_it, of) = match home.from {
            HomeFrom::Told => (None, None),
            HomeFrom::MostPlacementsInArea { naming_it, of } => (Some(naming_it), Some(of)),
        };
        Self { name: home.name.clone(), told: home.from == HomeFrom::Told, naming_it, of }
    }
}

#[derive(Debug, Default, Serialize)]
struct Rows {
    rows: usize,
    used: usize,
}

#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(rename = "sheet")]
    name: String,
    hidden: bool,
    list: Option<u8>,
    not_used_because: Option<String>,
    header_row: Option<u32>,
    columns_missing: Vec<String>,
    columns_ignored: Vec<String>,
    columns_guessed: Vec<(String, String)>,
    rows_read: usize,
    rows_used: usize,
    rows_not_used: BTreeMap<&'static str, usize>,
}

impl Sheet {
    fn of(sheet: &SheetAccount) -> Self {
        let (holds, not_used_because) = match &sheet.outcome {
            Outcome::Holds(list) => (Some(list), None),
            Outcome::NotUsed(why) => (None, Some(why.clone())),
        };
        let not_used = |(why, rows): (&crate::account::Why, &usize)| (why.code(), *rows);
        Self {
            name: sheet.sheet.clone(),
            hidden: sheet.hidden,
            list: holds.and_then(|list| List::named(&list.list)).map(List::number),
            not_used_because,
            header_row: holds.map(|list| list.header_row),
            columns_missing: holds.map(|list| list.columns_missing.clone()).unwrap_or_default(),
            columns_ignored: holds.map(|list| list.columns_ignored.clone()).unwrap_or_default(),
            columns_guessed: holds.map(|list| list.columns_guessed.clone()).unwrap_or_default(),
            rows_read: holds.map_or(0, |list| list.rows_read),
            rows_used: holds.map_or(0, |list| list.rows_used),
            rows_not_used: holds
                .map(|list| list.rows_not_used.iter().map(not_used).collect())
                .unwrap_or_default(),
        }
    }
}

#[derive(Debug, Serialize)]
struct ProblemJson {
    sheet: String,
    list: Option<u8>,
    rows: Vec<u32>,
    column: Option<String>,
    heading: Option<String>,
    what: String,
    todo: String,
    severity: &'static str,
    sentence: String,
}

impl ProblemJson {
    fn of(problem: &Problem) -> Self {
        Self {
            sheet: problem.sheet.clone(),
            list: problem.list.as_deref().and_then(List::named).map(List::number),
            rows: problem.rows.clone(),
            column: problem.column.clone(),
            heading: problem.heading.clone(),
            what: problem.what.clone(),
            todo: problem.todo.clone(),
            severity: problem.severity.code(),
            sentence: problem.to_string(),
        }
    }
}

#[derive(Debug, Serialize)]
struct Record {
    reference: String,
    needs: Vec<&'static str>,
    assessment_open: bool,
    disabled: &'static str,
    unaccompanied: &'static str,
    placement: &'static str,
    placed_out: Option<bool>,
    route: &'static str,
    worker: Option<String>,
    team: Option<String>,
    dates: BTreeMap<&'static str, String>,
}

impl Record {
    fn of(line: &CaseLine) -> Self {
        let dates = line.dates.iter().map(|(kind, date)| (kind.code(), date.to_string()));
        Self {
            reference: line.reference.as_str().to_owned(),
            needs: line.needs.iter().map(|need| need.code()).collect(),
            assessment_open: line.assessment_open,
            disabled: line.disabled.code(),
            unaccompanied: line.unaccompanied.code(),
            placement: line.placement.code(),
            placed_out: match line.placement {
                Placement::OutOfArea => Some(true),
                Placement::InArea | Placement::NotPlaced => Some(false),
                Placement::Unknown => None,
            },
            route: line.route.code(),
            worker: line.worker.clone(),
            team: line.team.clone(),
            dates: dates.collect(),
        }
    }
}
