//! One row of a filled form after the other: what it says, and what is wrong with it.

use std::collections::BTreeMap;

use quarterlight_domain::audit_form::{AuditForm, FormLine, HandedIn, Mark, Said};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::bounded;

use super::{COLUMNS, LONGEST, Read, at, judgement};
use crate::annex_a::headings::normal;
use crate::cell::ERRORS;
use crate::problem::Severity;
use crate::problems::{Place, Problems};

/// Headings without which a row is not the row of headings.
const TELLING: [usize; 2] = [at::CODE, at::ANSWER];

/// Columns that a form cannot do without: where one is gone, blank would be mistaken for words that
/// somebody took out.
const NEEDED: [usize; 5] = [at::CODE, at::ANSWER, at::SEEN, at::FOUND, at::BECAUSE];

/// The columns in which the auditor writes.
const WRITTEN: [usize; 4] = [at::ANSWER, at::SEEN, at::FOUND, at::BECAUSE];

/// Reads the rows below the headings.
pub(super) struct RowReader<'f> {
    form: &'f AuditForm,
    sheet: (usize, &'f str),
    /// Where each column of [`COLUMNS`] stands in the file.
    places: [Option<u32>; COLUMNS.len()],
    rows: Vec<HandedIn>,
    /// In which row each standard stood first.
    stood: BTreeMap<StandardCode, u32>,
    problems: Problems,
    is_wrong: bool,
    /// Why it is not the form of this audit.
    other: Option<Refusal>,
    names_an_audit: bool,
}

/// A row by its columns.
struct Cells<'c> {
    number: u32,
    text: [&'c str; COLUMNS.len()],
}

impl Cells<'_> {
    fn get(&self, column: usize) -> &str {
        self.text.get(column).copied().unwrap_or_default()
    }

    fn is_blank(&self, columns: &[usize]) -> bool {
        columns.iter().all(|column| self.get(*column).trim().is_empty())
    }
}

impl<'f> RowReader<'f> {
    pub(super) fn new(form: &'f AuditForm, sheet: (usize, &'f str)) -> Self {
        Self {
            form,
            sheet,
            places: [None; COLUMNS.len()],
            rows: Vec::new(),
            stood: BTreeMap::new(),
            problems: Problems::default(),
            is_wrong: false,
            other: None,
            names_an_audit: false,
        }
    }

    /// Takes the row as headings, if it has them.
    pub(super) fn take_headings(&mut self, number: u32, cells: &[(u32, String)]) -> bool {
        let of = |heading: &str| {
            let same = cells.iter().filter(move |(_, text)| normal(text) == normal(heading));
            same.map(|(place, _)| *place).collect::<Vec<u32>>()
        };
        let found: Vec<Vec<u32>> = COLUMNS.iter().map(|column| of(column.heading)).collect();
        let has = |column: &usize| found.get(*column).is_some_and(|places| !places.is_empty());
        if !TELLING.iter().all(has) {
            return false;
        }
        for (place, found) in self.places.iter_mut().zip(&found) {
            *place = found.first().copied();
        }
        for column in NEEDED {
            let heading = COLUMNS.get(column).map_or("", |column| column.heading);
            match found.get(column).map_or(0, Vec::len) {
                0 => {
                    let what = format!("the column “{heading}” is missing");
                    self.problem(None, None, what, "put it back; a column may be blank");
                }
                1 => {}
                _ => {
                    let what = format!("two columns are headed “{heading}”");
                    self.problem(Some(number), Some(column), what, "keep the one that is right");
                }
            }
        }
        true
    }

    /// Takes a row below the headings.
    pub(super) fn take(&mut self, number: u32, cells: &[(u32, String)]) {
        let text = self.places.map(|place| {
            let cell = place.and_then(|place| cells.iter().find(|(at, _)| *at == place));
            cell.map_or("", |(_, text)| text.as_str())
        });
        let cells = Cells { number, text };
        // Titles and notes of one's own may stand between the rows.
        if cells.is_blank(&[at::CODE]) && cells.is_blank(&WRITTEN) {
            return;
        }
        let identity = cells.get(at::AUDIT);
        if !identity.trim().is_empty() {
            self.names_an_audit = true;
            let other = self.form.must_be(identity).err();
            self.other = self.other.take().or(other);
        }
        let Some(line) = self.line(&cells) else { return };
        let said = self.said(&cells, line);
        let mark = Mark::carried(cells.get(at::MARK));
        self.rows.push(HandedIn { standard: line.standard.code.clone(), said, mark });
    }

    /// The line of the form that the row is of.
    fn line(&mut self, cells: &Cells<'_>) -> Option<&'f FormLine> {
        let (row, form) = (Some(cells.number), self.form);
        let text = cells.get(at::CODE).trim();
        if text.is_empty() {
            let todo = "write the standard’s code, such as B1, or clear the row";
            self.problem(row, Some(at::CODE), "there is an answer and no code", todo);
            return None;
        }
        let found = StandardCode::new(&text.to_uppercase()).ok().and_then(|code| form.line(&code));
        let Some(line) = found else {
            let what = format!("“{}” is no standard that is asked of this record", short(text));
            self.problem(row, Some(at::CODE), what, "write its code as the form had it");
            return None;
        };
        if let Some(first) = self.stood.get(&line.standard.code).copied() {
            let what = format!("{} stands in row {first} too", line.standard.code);
            self.problem(row, Some(at::CODE), what, "keep the row that is right");
            return None;
        }
        self.stood.insert(line.standard.code.clone(), cells.number);
        Some(line)
    }

    fn said(&mut self, cells: &Cells<'_>, line: &FormLine) -> Option<Said> {
        if cells.is_blank(&WRITTEN) {
            return None;
        }
        let row = Some(cells.number);
        let answer = cells.get(at::ANSWER).trim();
        let found = judgement(answer);
        if answer.is_empty() {
            let what = "there are words beside it and no answer";
            self.problem(row, Some(at::ANSWER), what, format!("choose {}", choices("or")));
        } else if found.is_none() {
            let what = format!("“{}” is none of {}", short(answer), choices("and"));
            self.problem(row, Some(at::ANSWER), what, "choose one of them");
        }
        let seen = self.words(cells, at::SEEN);
        let place = self.words(cells, at::FOUND);
        let because = self.words(cells, at::BECAUSE);
        if line.proposed.is_none() && because.as_ref().is_some_and(|words| !words.is_empty()) {
            let what = format!("the case list proposes nothing for {}", line.standard.code);
            let todo = "write it under “What you saw”";
            self.problem(row, Some(at::BECAUSE), what, todo);
        }
        Some(Said { judgement: found?, seen: seen?, found: place?, because: because? })
    }

    /// The words of a cell as the page of a standard would keep them.
    fn words(&mut self, cells: &Cells<'_>, column: usize) -> Option<String> {
        let (row, column, text) = (Some(cells.number), Some(column), cells.get(column));
        if ERRORS.contains(&text.trim()) {
            let what =
                format!("“{}” is what a spreadsheet writes for a formula that fails", text.trim());
            self.problem(
                row,
                column,
                what,
                "write the words again, with an apostrophe before them",
            );
            return None;
        }
        let plain: String =
            text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        let words = bounded(&plain).ok();
        if words.is_none() {
            let what = format!("there are more than {LONGEST} characters in the cell");
            self.problem(row, column, what, "shorten it");
        }
        words
    }

    fn problem(
        &mut self,
        row: Option<u32>,
        column: Option<usize>,
        what: impl Into<String>,
        todo: impl AsRef<str>,
    ) {
        self.is_wrong = true;
        let column = column.and_then(|index| {
            let place = self.places.get(index).copied().flatten()?;
            Some((place, COLUMNS.get(index)?.heading))
        });
        let place = Place { sheet: Some(self.sheet), row, column, ..Place::default() };
        self.problems.add(place, Severity::StopsRow, what, todo.as_ref());
    }

    /// What was read, or what is wrong with it.
    pub(super) fn finish(self) -> Result<Read, Refusal> {
        if let Some(other) = self.other {
            return Err(other);
        }
        if !self.names_an_audit {
            return Err(Refusal::because(
                "This form does not say which audit it is of: its hidden column “Audit” is gone. \
                 Download the form again, and copy your answers into it.",
            ));
        }
        Ok(if self.is_wrong { Err(self.problems.finish().0) } else { Ok(self.rows) })
    }
}

/// *Met, Partly met, Not met, Not applicable and Cannot tell*.
fn choices(and: &str) -> String {
    let words = Judgement::ALL.map(Judgement::words);
    match words.split_last() {
        Some((last, before)) => format!("{} {and} {last}", before.join(", ")),
        None => String::new(),
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
