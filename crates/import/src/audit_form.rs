//! The form of an audit as a spreadsheet: one row for each standard, out and, filled in, in again.
//!
//! The columns are data, so that the form that is downloaded and the file that is read cannot drift
//! apart. What comes back is known by its headings, its standards' codes and the mark of each row,
//! and never by where it stands.

mod row;

use quarterlight_domain::audit_form::{AuditForm, FormLine, HandedIn, Mark};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text;

use crate::annex_a::headings::{ROWS_LOOKED_AT, normal};
use crate::limits::Limits;
use crate::problem::Problem;
use crate::workbook::Workbook;
use row::RowReader;

/// The name on the tab of the sheet that is written, and looked for first.
pub const SHEET: &str = "Form";

/// The most characters that a cell may hold: as many as the page of a standard takes in one box.
pub const LONGEST: usize = text::LONGEST;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is read by the auditor, and not when the form comes back.
    ToRead,
    /// The auditor chooses a judgement.
    Judgement,
    /// The auditor writes.
    Words,
    /// The program knows by it what the row is of. Nobody else needs it.
    Hidden,
}

/// A column of the form.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// Its width in characters.
    pub width: u16,
    /// What it is for.
    pub used: Use,
    /// What to write below it.
    pub help: &'static str,
}

const fn column(heading: &'static str, width: u16, used: Use, help: &'static str) -> Column {
    Column { heading, width, used, help }
}

/// The columns of the form, in the order in which they are written.
pub const COLUMNS: [Column; 11] = [
    column("Section", 20, Use::ToRead, "What the standard is about"),
    column("Code", 7, Use::ToRead, "Which standard it is. Rows may stand in any order"),
    column("Standard", 34, Use::ToRead, "The standard; a critical one limits the grade"),
    column("What met looks like", 46, Use::ToRead, "What you see when it is met"),
    column("The case list proposes", 30, Use::ToRead, "What dates say. It decides nothing"),
    column(
        "Answer",
        16,
        Use::Judgement,
        "Met, Partly met, Not met, Not applicable or Cannot tell. Leave it blank to answer later",
    ),
    column(
        "What you saw",
        60,
        Use::Words,
        "Your own words; owed before you submit for what is partly met, not met or cannot be told. \
         No name of a child or a worker",
    ),
    column(
        "Where you found it",
        30,
        Use::Words,
        "The place on the record and the date of the entry, such as: Case notes, 3 May",
    ),
    column(
        "Why you overrule it",
        34,
        Use::Words,
        "Only where the case list proposes an answer and yours is another",
    ),
    column("Audit", 14, Use::Hidden, "Which audit it is; hidden, and left as it is"),
    column("As downloaded", 20, Use::Hidden, "What stood in the row; hidden, and left as it is"),
];

/// The places of the columns that are read.
pub(crate) mod at {
    pub(crate) const CODE: usize = 1;
    pub(crate) const ANSWER: usize = 5;
    pub(crate) const SEEN: usize = 6;
    pub(crate) const FOUND: usize = 7;
    pub(crate) const BECAUSE: usize = 8;
    pub(crate) const AUDIT: usize = 9;
    pub(crate) const MARK: usize = 10;
}

/// The form's rows, each as long as [`COLUMNS`].
pub fn rows(form: &AuditForm) -> Vec<Vec<String>> {
    form.lines.iter().map(|line| row_of(form, line)).collect()
}

fn row_of(form: &AuditForm, line: &FormLine) -> Vec<String> {
    let (standard, saved) = (&line.standard, line.saved.as_ref());
    let critical = if standard.critical { " (critical)" } else { "" };
    let proposes = line
        .proposed
        .as_ref()
        .map_or(String::new(), |it| format!("{}. {}", it.judgement.words(), it.because.join(" ")));
    let words = |said: Option<&String>| said.cloned().unwrap_or_default();
    vec![
        line.section.clone(),
        standard.code.to_string(),
        format!("{}{critical}", standard.wording),
        standard.met_looks_like.clone(),
        proposes,
        saved.map_or("", |said| said.judgement.words()).to_owned(),
        words(saved.map(|said| &said.seen)),
        words(saved.map(|said| &said.found)),
        words(saved.map(|said| &said.because)),
        form.identity(),
        Mark::of(saved).as_str().to_owned(),
    ]
}

/// The rows that were read, or everything that is wrong with them.
pub type Read = Result<Vec<HandedIn>, Vec<Problem>>;

/// Reads a form that was filled in. One wrong cell and none of it is taken; every row is looked at
/// all the same, so that one reading finds everything.
///
/// # Errors
/// Says why the file is no workbook, no form, or the form of another audit.
pub fn from_xlsx(form: &AuditForm, bytes: &[u8], limits: &Limits) -> Result<Read, Refusal> {
    let refused = |why: crate::not_readable::NotReadable| Refusal::because(why.to_string());
    let mut workbook = Workbook::open(bytes, limits).map_err(refused)?;
    let mut sheets: Vec<_> = workbook.sheets().into_iter().enumerate().collect();
    sheets.retain(|(_, sheet)| sheet.has_cells);
    sheets.sort_by_key(|(_, sheet)| normal(&sheet.name) != normal(SHEET));
    for (position, sheet) in &sheets {
        let mut rows: Vec<(u32, Vec<(u32, String)>)> = Vec::new();
        let keep = |number, cells| rows.push((number, cells));
        workbook.rows_as_typed(&sheet.name, LONGEST + 1, keep).map_err(refused)?;
        let mut reader = RowReader::new(form, (*position, &sheet.name));
        let headings = rows.iter().take(ROWS_LOOKED_AT);
        let Some(first) = headings
            .map(|(number, cells)| (*number, cells))
            .find_map(|(number, cells)| reader.take_headings(number, cells).then_some(number))
        else {
            continue;
        };
        for (number, cells) in rows.iter().filter(|(number, _)| *number > first) {
            reader.take(*number, cells);
        }
        return reader.finish();
    }
    Err(Refusal::because(
        "No sheet of this workbook has the headings of an audit’s form. Choose the form that you \
         downloaded here and filled in.",
    ))
}

/// The judgement that somebody wrote, in whatever letters; the error holds none of them.
pub(crate) fn judgement(text: &str) -> Option<Judgement> {
    let form = normal(text);
    if form == "na" {
        return Some(Judgement::NotApplicable);
    }
    Judgement::ALL.into_iter().find(|it| normal(it.words()) == form)
}
