//! Everything that the files of a return say, gathered child by child.

use std::collections::{BTreeMap, BTreeSet};

use quarterlight_domain::case_list::{KeyDate, Reference};
use quarterlight_domain::history::{Episode, Fact, History};
use quarterlight_domain::need::{Known, LegalRoute, Need, Needs, Placement};
use quarterlight_domain::source::{Holder, Sighting, Source, SourceKind, SourceList};

use super::care::{self, Law};
use super::child::Child;
use super::entry::Entry;
use super::table::Table;
use crate::account::{Account, FileAccount, ListAccount, Outcome, SheetAccount, Why};
use crate::problem::Severity;
use crate::problems::{NO_LETTER, Place, Problems};
use crate::reading::SourceReading;
use crate::return_values::{Dates, NoDate, reference};
use crate::xml_blocks::ElementCount;

/// One table as one file holds it.
#[derive(Debug)]
struct Sheet {
    file: String,
    table: Table,
    account: ListAccount,
    /// Each column with its place and its heading; none in XML, where elements have names only.
    columns: Vec<(&'static str, u32, String)>,
    is_xml: bool,
}

/// Where something stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub sheet: usize,
    pub line: u32,
    pub column: &'static str,
}

impl At {
    pub(super) fn new(entry: &Entry, column: &'static str) -> Self {
        Self { sheet: entry.sheet, line: entry.line, column }
    }
}

/// The tables that were found, and what was wrong in them.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    found: Vec<Sheet>,
    problems: Problems,
}

impl Sheets {
    pub(super) fn warn(&mut self, at: At, what: impl Into<String>, todo: &str) {
        self.add(at, Severity::Warning, what.into(), todo);
    }

    pub(super) fn stop(&mut self, at: At, what: impl Into<String>, todo: &str) {
        self.add(at, Severity::StopsRow, what.into(), todo);
    }

    pub(super) fn no_date(&mut self, at: At, why: NoDate) {
        self.warn(at, why.what, why.todo);
    }

    fn add(&mut self, at: At, severity: Severity, what: String, todo: &str) {
        let Some(sheet) = self.found.get(at.sheet) else { return };
        let column = sheet.columns.iter().find(|(column, _, _)| *column == at.column);
        let place = Place {
            file: &sheet.file,
            sheet: Some((at.sheet, "")),
            list: Some(sheet.table.name()),
            row: Some(at.line),
            column: Some(column.map_or((NO_LETTER, at.column), |(_, at, name)| (*at, name))),
        };
        self.problems.add(place, severity, what, todo);
    }
}

/// Everything so far.
pub(super) struct Gathered {
    dates: Dates,
    sheets: Sheets,
    /// What holds no table: the file, and why.
    others: Vec<(String, String)>,
    children: BTreeMap<Reference, Child>,
}

impl Gathered {
    pub(super) fn new(dates: Dates) -> Self {
        let (sheets, others, children) = (Sheets::default(), Vec::new(), BTreeMap::new());
        Self { dates, sheets, others, children }
    }

    /// A table that a file of text holds.
    pub(super) fn sheet(&mut self, file: &str, table: Table, header_row: u32) -> usize {
        let account = ListAccount::new(table.name(), header_row);
        let sheet =
            Sheet { file: file.to_owned(), table, account, columns: Vec::new(), is_xml: false };
        self.sheets.found.push(sheet);
        self.sheets.found.len() - 1
    }

    /// A table that the elements of a file of XML hold.
    pub(super) fn element_sheet(&mut self, file: &str, table: Table) -> usize {
        let sheet = self.sheet(file, table, 0);
        if let Some(found) = self.sheets.found.get_mut(sheet) {
            found.is_xml = true;
        }
        sheet
    }

    /// Rows above the headings.
    pub(super) fn titles(&mut self, sheet: usize, rows: usize) {
        if let Some(found) = self.sheets.found.get_mut(sheet) {
            found.account.not_used(Why::Note, rows);
        }
    }

    pub(super) fn has_column(
        &mut self,
        sheet: usize,
        name: &'static str,
        at: u32,
        heading: String,
    ) {
        if let Some(found) = self.sheets.found.get_mut(sheet) {
            found.columns.push((name, at, heading));
        }
    }

    pub(super) fn ignores_column(&mut self, sheet: usize, heading: String) {
        if let Some(found) = self.sheets.found.get_mut(sheet) {
            found.account.columns_ignored.push(heading);
        }
    }

    /// A file that holds no table, or elements that no table has.
    pub(super) fn not_used(&mut self, file: &str, why: String) {
        self.others.push((file.to_owned(), why));
    }

    /// What became of the elements of a file of XML.
    pub(super) fn elements(&mut self, file: &str, count: &ElementCount) {
        if let Some(others) = count.others() {
            self.not_used(file, others);
        }
    }

    pub(super) fn has_tables(&self) -> bool {
        !self.sheets.found.is_empty()
    }

    /// Takes one row.
    pub(super) fn add(&mut self, entry: Entry) {
        let outcome = self.take(&entry);
        let Some(sheet) = self.sheets.found.get_mut(entry.sheet) else { return };
        match outcome {
            Ok(()) => sheet.account.used(),
            Err(why) => sheet.account.not_used(why, 1),
        }
    }

    fn take(&mut self, entry: &Entry) -> Result<(), Why> {
        if entry.table.used().is_empty() {
            return Err(Why::TableNotUsed);
        }
        let child = match entry.text("CHILD") {
            "" => Err("the row has no reference"),
            text => reference(text),
        };
        let child = child.map_err(|what| {
            let todo = "give the child's reference; the row was not used";
            self.sheets.stop(At::new(entry, "CHILD"), what, todo);
            Why::Problem
        })?;
        self.children.entry(child).or_default().take(entry, self.dates, &mut self.sheets)
    }

    /// What the return says.
    pub(super) fn finish(mut self) -> SourceReading {
        let tables: BTreeSet<Table> = self.sheets.found.iter().map(|sheet| sheet.table).collect();
        self.warn_of_columns();
        self.warn_of_tables(&tables);
        let mut sightings = Vec::with_capacity(self.children.len());
        for (reference, child) in std::mem::take(&mut self.children) {
            sightings.push(self.sighting(reference, child, &tables));
        }
        let lists = Table::ALL.into_iter().filter(|table| tables.contains(table)).map(|table| {
            let sheets = self.sheets.found.iter().filter(|sheet| sheet.table == table);
            let rows = sheets.map(|sheet| sheet.account.rows_used).sum();
            SourceList { name: table.name().to_owned(), tells: tells(table), rows }
        });
        let source = Source {
            kind: SourceKind::LookedAfterReturn,
            name: SourceKind::LookedAfterReturn.words().to_owned(),
            as_at: self.dates.as_at(),
            lists: lists.collect(),
            sightings,
            workers: Vec::new(),
        };
        let (problems, problems_left_out) = self.sheets.problems.finish();
        let mut files: Vec<FileAccount> = Vec::new();
        let mut account = |file: String, outcome: Outcome| {
            let sheet = SheetAccount { sheet: String::new(), hidden: false, outcome };
            match files.iter_mut().find(|other| other.file == file) {
                Some(known) => known.sheets.push(sheet),
                None => files.push(FileAccount { file, sheets: vec![sheet] }),
            }
        };
        for sheet in self.sheets.found {
            account(sheet.file, Outcome::Holds(sheet.account));
        }
        for (file, why) in self.others {
            account(file, Outcome::NotUsed(why));
        }
        SourceReading {
            source,
            problems,
            account: Account { files, problems_left_out, home: None },
        }
    }

    fn warn_of_columns(&mut self) {
        let Sheets { found, problems } = &mut self.sheets;
        for (position, sheet) in found.iter_mut().enumerate().filter(|(_, sheet)| !sheet.is_xml) {
            let has = |name: &str| sheet.columns.iter().any(|(column, _, _)| *column == name);
            let missing: Vec<&str> =
                sheet.table.columns().iter().copied().filter(|column| !has(column)).collect();
            for column in missing.iter().filter(|column| sheet.table.used().contains(column)) {
                let place = Place {
                    file: &sheet.file,
                    sheet: Some((position, "")),
                    list: Some(sheet.table.name()),
                    ..Place::default()
                };
                let what = format!("there is no column {column}");
                let todo = "add it if there is one; what it says is not known";
                problems.add(place, Severity::Warning, what, todo);
            }
            sheet.account.columns_missing = missing.into_iter().map(str::to_owned).collect();
        }
    }

    /// A table that is missing switches off what needs it, and the account says so.
    fn warn_of_tables(&mut self, tables: &BTreeSet<Table>) {
        for table in Table::ALL.into_iter().filter(|table| !tables.contains(table)) {
            let Some(needed_for) = table.needed_for() else { continue };
            let what = "no file has its headings";
            let place = Place { list: Some(table.name()), ..Place::default() };
            let todo = format!("add the file if there is one; {needed_for}");
            self.sheets.problems.add(place, Severity::Warning, what, &todo);
            self.others.push((String::new(), format!("There is no {table}: {needed_for}.")));
        }
    }

    fn sighting(
        &mut self,
        reference: Reference,
        child: Child,
        tables: &BTreeSet<Table>,
    ) -> Sighting {
        let has_stayed = !child.stays.is_empty();
        let care = care::together(child.stays, &mut self.sheets);
        let mut needs = Needs::new();
        if care.now.is_some() {
            needs.insert(Need::InCare);
        }
        if child.is_leaver == Some(true) {
            needs.insert(Need::CareLeaver);
            if let (true, Some((sheet, line))) =
                (care.now.is_some(), child.first.get(&Table::Leavers).copied())
            {
                let what = "the child has left care here, and is in care by Episodes";
                let todo = "check which is right; both are followed";
                self.sheets.warn(At { sheet, line, column: "CHILD" }, what, todo);
            }
        }
        let table = if care.now.is_some() || has_stayed { Table::Episodes } else { Table::Leavers };
        let first = child.first.get(&table).or_else(|| child.first.values().next());
        let at = care.at.or(first.copied()).unwrap_or_default();
        let list = self.sheets.found.get(at.0).map_or(Table::Header, |sheet| sheet.table);
        let holder = if needs.is_empty() { None } else { worker(&child.tenures, &mut self.sheets) };
        let mut history = History {
            born: child.born.map(|(_, born)| born),
            ethnicity_obtained: child.ethnicity_obtained,
            asked: tables.iter().flat_map(|table| tells(*table)).collect(),
            ..History::default()
        };
        if !has_stayed {
            // The tables of care are not about those who have left it.
            history.asked.retain(|fact| matches!(fact, Fact::Born | Fact::Ethnicity));
        }
        if care.begins_before {
            history.asked.remove(&Fact::Date(KeyDate::CareStarted));
            history.asked.remove(&Fact::Episode(Episode::Care));
        }
        if care.moved_before {
            history.asked.remove(&Fact::Date(KeyDate::PlacementStarted));
            history.asked.remove(&Fact::Episode(Episode::Placement));
        }
        for (kind, dates) in [
            (KeyDate::CareStarted, care.periods.iter().map(|span| span.from).collect()),
            (KeyDate::PlacementStarted, care.placements.iter().map(|span| span.from).collect()),
            (KeyDate::CareReview, child.reviews),
        ] {
            if !dates.is_empty() {
                history.dates.insert(kind, dates);
            }
        }
        for (episode, spans) in [
            (Episode::Care, care.periods),
            (Episode::Placement, care.placements),
            (Episode::Missing, child.missing),
        ] {
            if !spans.is_empty() {
                history.episodes.insert(episode, spans);
            }
        }
        Sighting {
            list: Table::ALL
                .iter()
                .filter(|table| tables.contains(table))
                .position(|it| *it == list)
                .unwrap_or(0),
            row: Some(at.1),
            reference,
            open: match (needs.is_empty(), has_stayed || child.is_leaver.is_some()) {
                (false, _) => Known::Yes,
                (true, true) => Known::No,
                (true, false) => Known::Unknown,
            },
            needs,
            assessment_open: false,
            disabled: Known::Unknown,
            unaccompanied: match (child.is_unaccompanied, has_stayed) {
                (true, _) => Known::Yes,
                (false, true) if tables.contains(&Table::Unaccompanied) => Known::No,
                _ => Known::Unknown,
            },
            placement: care.now.map(|_| Placement::Unknown),
            route: care.now.map(|law| match law {
                Law::Care => LegalRoute::InCare,
                Law::ShortBreak => LegalRoute::ShortBreak,
                Law::Unknown => LegalRoute::Unknown,
            }),
            holder: Holder { registration: holder, ..Holder::default() },
            team: None,
            history,
        }
    }
}

/// Who holds the record now: the worker whose time has no end, the latest if there are several.
fn worker(tenures: &[super::child::Tenure], sheets: &mut Sheets) -> Option<String> {
    let open = || tenures.iter().filter(|tenure| tenure.is_open);
    let latest = open().max_by_key(|tenure| (tenure.from, std::cmp::Reverse(tenure.at)))?;
    for other in open().filter(|other| other.worker != latest.worker) {
        let what = "the child has another social worker too, with no end";
        let todo = "give the end of the earlier one; the later one is followed";
        sheets.warn(At { sheet: other.at.0, line: other.at.1, column: "SW_DEC" }, what, todo);
    }
    latest.worker.clone()
}

/// What a table is asked about every child who is or was in care.
fn tells(table: Table) -> BTreeSet<Fact> {
    match table {
        Table::Header => [Fact::Born, Fact::Ethnicity].into(),
        Table::Episodes => [
            Fact::Episode(Episode::Care),
            Fact::Episode(Episode::Placement),
            Fact::Date(KeyDate::CareStarted),
            Fact::Date(KeyDate::PlacementStarted),
        ]
        .into(),
        Table::Reviews => [Fact::Date(KeyDate::CareReview)].into(),
        Table::Missing => [Fact::Episode(Episode::Missing)].into(),
        Table::SocialWorkers => [Fact::Worker].into(),
        _ => BTreeSet::new(),
    }
}
