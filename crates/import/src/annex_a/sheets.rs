//! Reads every sheet of every file: which list it holds, its rows as lines, and what is not used.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use jiff::civil::Date;

use super::authority::Authorities;
use super::columns::{Column, Use};
use super::headings::{Dictionary, Headings, NotAList, ROWS_LOOKED_AT};
use super::line::{Line, LineReader};
use super::list::List;
use crate::account::{ListAccount, Outcome, SheetAccount, Why};
use crate::date::Calendar;
use crate::delimited::Delimited;
use crate::file_kind;
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::problem::Severity;
use crate::problems::{Place, Problems};
use crate::row::{Beyond, Row};
use crate::workbook::{Sheet, Workbook};

/// Everything that the sheets of all files say, before the rows of a child are put together.
pub(super) struct Sheets {
    pub lines: Vec<Line>,
    /// What became of each sheet, by position over all files.
    pub accounts: Vec<SheetAccount>,
    /// What each sheet is, by the same position.
    pub known: Vec<KnownSheet>,
    pub problems: Problems,
    pub authorities: Authorities,
}

/// A sheet, or a text, which has none and is one.
pub(super) struct KnownSheet {
    /// The file's name; blank where there is only one.
    pub file: String,
    /// The name on the tab; blank for text.
    pub name: String,
    /// The headings, if it holds a list.
    pub headings: Option<Headings>,
}

/// Reads the sheets of these files in their order; each file is a name and its bytes.
pub(super) fn read(
    files: &[(&str, &[u8])],
    as_at: Date,
    limits: &Limits,
) -> Result<Sheets, NotReadable> {
    let mut reading = Reading {
        all: Sheets {
            lines: Vec::new(),
            accounts: Vec::new(),
            known: Vec::new(),
            problems: Problems::default(),
            authorities: Authorities::new(),
        },
        dictionary: Dictionary::new(),
        seen: BTreeSet::new(),
        as_at,
    };
    for (file, bytes) in files {
        if file_kind::is_zip(bytes, limits).is_ok() {
            reading.workbook(file, Workbook::open(bytes, limits)?)?;
        } else if files.len() == 1 && file.is_empty() {
            // A single file without a name is a workbook or nothing.
            file_kind::is_zip(bytes, limits)?;
        } else {
            reading.text(file, &Delimited::open(bytes, limits)?)?;
        }
    }
    reading.finish()
}

/// The reading of one sheet after another.
struct Reading {
    all: Sheets,
    dictionary: Dictionary,
    /// The rows seen in each list so far, by what is in all their cells.
    seen: BTreeSet<(List, u64)>,
    as_at: Date,
}

impl Reading {
    fn workbook(&mut self, file: &str, mut workbook: Workbook<'_>) -> Result<(), NotReadable> {
        let from_1904 = workbook.from_1904;
        for sheet in workbook.sheets() {
            let found = if sheet.has_cells {
                let mut reader = self.reader(file, &sheet.name, from_1904);
                let beyond = workbook.rows(&sheet.name, |row| {
                    reader.take(row);
                    ControlFlow::Continue(())
                })?;
                reader.finish(beyond)
            } else {
                Found::NotUsed("it is a chart and has no cells".to_owned())
            };
            self.keep(file, sheet, found);
        }
        Ok(())
    }

    fn text(&mut self, file: &str, text: &Delimited) -> Result<(), NotReadable> {
        let mut reader = self.reader(file, "", false);
        let beyond = text.rows(|row| reader.take(row))?;
        let found = reader.finish(beyond);
        let sheet = Sheet { name: String::new(), is_hidden: false, has_cells: true };
        self.keep(file, sheet, found);
        Ok(())
    }

    fn reader<'s, 'w>(
        &'s mut self,
        file: &'s str,
        name: &'s str,
        from_1904: bool,
    ) -> SheetReader<'s, 'w> {
        SheetReader {
            position: self.all.known.len(),
            file,
            name,
            calendar: Calendar { as_at: self.as_at, from_1904 },
            dictionary: &self.dictionary,
            all: &mut self.all,
            seen: &mut self.seen,
            state: State::Looking(Vec::new()),
        }
    }

    fn keep(&mut self, file: &str, sheet: Sheet, found: Found) {
        let (outcome, headings) = match found {
            Found::List(list) => {
                let (account, headings) = *list;
                (Outcome::Holds(account), Some(headings))
            }
            Found::NotUsed(why) => (Outcome::NotUsed(why), None),
            Found::Nothing => (Outcome::NotUsed(NOTHING.to_owned()), None),
        };
        let hidden = sheet.is_hidden;
        self.all.accounts.push(SheetAccount { sheet: sheet.name.clone(), hidden, outcome });
        self.all.known.push(KnownSheet { file: file.to_owned(), name: sheet.name, headings });
    }

    /// What was read, unless no sheet holds anything, or none holds a list.
    fn finish(self) -> Result<Sheets, NotReadable> {
        let nothing = Outcome::NotUsed(NOTHING.to_owned());
        if self.all.accounts.iter().all(|sheet| sheet.outcome == nothing) {
            return Err(NotReadable::NothingInIt);
        }
        let known = &self.all.known;
        if known.iter().all(|sheet| sheet.headings.is_none()) {
            let name = |sheet: &KnownSheet| {
                format!("“{}”", if sheet.name.is_empty() { &sheet.file } else { &sheet.name })
            };
            let mut names: Vec<String> = known.iter().take(4).map(name).collect();
            if known.len() > 4 {
                names.push("…".to_owned());
            }
            return Err(NotReadable::NoLists { sheets: names.join(", ") });
        }
        Ok(self.all)
    }
}

/// Said of a sheet without a cell.
const NOTHING: &str = "nothing is in it";

enum Found {
    List(Box<(ListAccount, Headings)>),
    NotUsed(String),
    Nothing,
}

/// How far the reading of a sheet has come.
enum State<'w> {
    /// The headings are among the first rows, which wait.
    Looking(Vec<Row<'w>>),
    Reading(Box<Below>),
    NotAList(NotAList),
}

/// Below the headings.
struct Below {
    headings: Headings,
    account: ListAccount,
    /// The last row that was read.
    last: u32,
}

struct SheetReader<'s, 'w> {
    position: usize,
    file: &'s str,
    name: &'s str,
    calendar: Calendar,
    dictionary: &'s Dictionary,
    all: &'s mut Sheets,
    /// The rows seen in each list so far, by what is in all their cells.
    seen: &'s mut BTreeSet<(List, u64)>,
    state: State<'w>,
}

impl<'w> SheetReader<'_, 'w> {
    fn take(&mut self, row: Row<'w>) {
        match &mut self.state {
            State::Looking(rows) => {
                rows.push(row);
                if rows.len() == ROWS_LOOKED_AT {
                    self.decide();
                }
            }
            State::Reading(_) => self.read_row(&row),
            State::NotAList(_) => {}
        }
    }

    /// Finds the headings among the rows that wait, and reads those that stand below them.
    fn decide(&mut self) {
        let nothing = State::NotAList(NotAList::NoHeadings);
        let State::Looking(rows) = std::mem::replace(&mut self.state, nothing) else { return };
        match self.dictionary.recognise(self.name, &rows) {
            Err(not) => self.state = State::NotAList(not),
            Ok(headings) => {
                let at = headings.row;
                let account = ListAccount::new(headings.list.name(), at);
                self.state = State::Reading(Box::new(Below { headings, account, last: at }));
                for row in rows.iter().filter(|row| row.number > at) {
                    self.read_row(row);
                }
            }
        }
    }

    fn read_row(&mut self, row: &Row<'_>) {
        let State::Reading(below) = &mut self.state else { return };
        let Below { headings, account, last } = below.as_mut();
        // A row number that goes backwards is a damaged sheet's; it hides no blank rows.
        let blank = row.number.saturating_sub(*last).saturating_sub(1);
        *account.rows_not_used.entry(Why::Blank).or_default() += blank as usize;
        account.rows_read += blank as usize + 1;
        *last = row.number.max(*last);
        let reader = LineReader {
            sheet: self.position,
            file: self.file,
            name: self.name,
            headings,
            calendar: self.calendar,
            authorities: &self.all.authorities,
        };
        let line = if self.seen.insert((headings.list, content(row))) {
            reader.line(row, &mut self.all.problems)
        } else {
            Err(Why::Duplicate)
        };
        match line {
            Ok(line) => self.all.lines.push(line),
            Err(why) => *account.rows_not_used.entry(why).or_default() += 1,
        }
    }

    fn finish(mut self, beyond: Beyond) -> Found {
        if matches!(&self.state, State::Looking(rows) if rows.is_empty()) {
            return Found::Nothing;
        }
        self.decide_if_still_looking();
        let state = std::mem::replace(&mut self.state, State::Looking(Vec::new()));
        let (headings, mut account) = match state {
            State::Reading(below) => (below.headings, below.account),
            State::NotAList(NotAList::NoReference(list)) => {
                let why = format!(
                    "its headings are those of {list}, but none of them is the Child Unique ID"
                );
                let todo = "add the column; the sheet was not used";
                let place = Place {
                    file: self.file,
                    sheet: Some((self.position, self.name)),
                    ..Place::default()
                };
                self.all.problems.add(place, Severity::StopsRow, why.clone(), todo);
                return Found::NotUsed(why);
            }
            State::Looking(_) | State::NotAList(NotAList::NoHeadings) => {
                return Found::NotUsed(
                    "its first rows do not have the headings of a list of Annex A".to_owned(),
                );
            }
        };
        account.rows_not_used.retain(|_, rows| *rows > 0);
        account.columns_guessed = headings
            .guessed
            .iter()
            .map(|(heading, column)| (heading.clone(), (*column).to_owned()))
            .collect();
        account.columns_ignored = headings.ignored.values().cloned().collect();
        account.columns_missing =
            headings.missing.iter().map(|column| column.heading.to_owned()).collect();
        self.warn(&headings, beyond);
        Found::List(Box::new((account, headings)))
    }

    fn decide_if_still_looking(&mut self) {
        if matches!(self.state, State::Looking(_)) {
            self.decide();
        }
    }

    /// What is wrong with the sheet as a whole.
    fn warn(&mut self, headings: &Headings, beyond: Beyond) {
        let place = Place {
            file: self.file,
            sheet: Some((self.position, self.name)),
            list: Some(headings.list.name()),
            ..Place::default()
        };
        let problems = &mut self.all.problems;
        let mut warn = |place, what: String, todo: &str| {
            problems.add(place, Severity::Warning, what, todo);
        };
        let lacks = |used_as| headings.missing.iter().any(|column| column.used_as == used_as);
        let lacks_both = lacks(Use::Location) && lacks(Use::Authority);
        for column in &headings.missing {
            if let Some(todo) = consequence(column, lacks_both, headings) {
                warn(place, format!("there is no column “{}”", column.heading), todo);
            }
        }
        for (column, heading) in &headings.repeated {
            let place = Place { column: Some((*column, heading)), ..place };
            let what = "an earlier column has this heading too".to_owned();
            warn(place, what, "take one of them out; the first was used");
        }
        for (heading, column) in &headings.guessed {
            let what = format!("the heading “{heading}” was taken for “{column}”");
            warn(place, what, "change the heading if it is something else");
        }
        if let Some(row) = beyond.far_row {
            let what = "a cell is far to the right of the list".to_owned();
            warn(Place { row: Some(row), ..place }, what, "clear it; it was not read");
        }
        if let Some(row) = beyond.unreadable_row {
            let what = "a cell in or after this row cannot be read".to_owned();
            warn(Place { row: Some(row), ..place }, what, "type it again; it was taken as blank");
        }
    }
}

/// What follows from a missing column; none if nothing worth saying does.
fn consequence(column: &Column, lacks_both: bool, headings: &Headings) -> Option<&'static str> {
    let before_2024 = headings.missing.iter().filter(|column| column.since_2024()).count() == 4;
    if before_2024 && column.since_2024() {
        return None;
    }
    match column.used_as {
        Use::Location if lacks_both => Some(
            "add it or “LA of Placement”: without both, no one can tell who is placed out of the \
             area, and every placement is not known",
        ),
        Use::Location => Some("add it; the authority of the placement alone is followed"),
        Use::Authority if lacks_both => None,
        Use::Authority => Some("add it; in or out alone is followed"),
        Use::Status => {
            Some("add it; every row without a closure date was taken as a child in need")
        }
        Use::Ended if column.list == List::InNeed => None,
        Use::Ended => Some("add it; every row was taken as open"),
        Use::Date(quarterlight_domain::case_list::KeyDate::AssessmentAuthorised) => {
            Some("add it; every assessment was taken as open")
        }
        Use::Worker if column.list != List::Referrals => {
            Some("add it; this list allocates no worker")
        }
        Use::Disability => Some("add it; this list does not say who is disabled"),
        Use::Unaccompanied => Some("add it; this list does not say who is unaccompanied"),
        Use::LegalStatus => Some("add it; short breaks cannot be told from other care"),
        Use::Date(_) => Some("add it; this date is not known"),
        Use::Enquiry | Use::Conference => {
            Some("add it; the time from discussion to conference is not known")
        }
        Use::Permanence => Some("add it; this list does not say who has a plan for permanence"),
        Use::Missing | Use::ReturnOffered => {
            Some("add it; who was missing and offered an interview is not known")
        }
        Use::NoConference
        | Use::Worker
        | Use::Team
        | Use::Born
        | Use::Ethnicity
        | Use::Child
        | Use::NotRead => None,
    }
}

/// What is in all cells of a row, as one number.
fn content(row: &Row<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (column, cell) in &row.cells {
        (column, cell.text()).hash(&mut hasher);
    }
    hasher.finish()
}
