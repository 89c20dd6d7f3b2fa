//! A framework as a spreadsheet: one row for each standard, out and in again to the letter.
//!
//! The columns are data, so that the template that is downloaded and the file that is read cannot
//! drift apart. A cell is taken as it was typed: a line that was broken stays broken.

use std::collections::BTreeSet;

use quarterlight_domain::draft::LONGEST_MET;
use quarterlight_domain::edition::{Origin, Origins};
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};

use crate::annex_a::headings::normal;
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::problem::{Problem, Severity};
use crate::problems::{Place, Problems};
use crate::workbook::Workbook;

/// The name on the tab of the sheet that is written, and looked for first.
pub const SHEET: &str = "Standards";

/// The most characters that a cell may hold: as many as a draft takes for what met looks like.
pub const LONGEST: usize = LONGEST_MET;

/// The columns: the heading, its width in characters, and what to write below it.
pub const COLUMNS: [(&str, u16, &str); 11] = [
    ("Section", 9, "The section's letter, such as B"),
    ("Section title", 24, "What the section is about; the same in each of its rows"),
    ("Code", 7, "The section's letter and a number, such as B1"),
    ("Standard", 34, "The standard in a few words"),
    ("What met looks like", 60, "What an auditor sees when it is met"),
    ("Kind", 12, "Compliance or Quality"),
    ("Critical", 9, "Yes or No: not met, it limits the grade"),
    ("Dip set", 8, "Yes or No: in the short set"),
    ("Core", 8, "Yes or No: shared by every framework of the authority"),
    ("Applies to", 16, "ALL, or some of CIN CP CLA CL DIS UAS, with spaces between"),
    ("Source", 34, "The law, guidance or meeting that it comes from; may be blank"),
];

/// The framework's rows, each as long as [`COLUMNS`].
pub fn rows(contents: &Contents, origins: &Origins) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for section in contents.sections() {
        for standard in &section.standards {
            let origin = origins.get(&standard.code).cloned().unwrap_or_default();
            let applies: Vec<&str> = standard.applies.iter().map(|it| it.code()).collect();
            rows.push(vec![
                section.letter.clone(),
                section.title.clone(),
                standard.code.to_string(),
                standard.wording.clone(),
                standard.met_looks_like.clone(),
                standard.kind.words().to_owned(),
                yes_or_no(standard.critical),
                yes_or_no(standard.dip),
                yes_or_no(origin.core),
                applies.join(" "),
                origin.source,
            ]);
        }
    }
    rows
}

fn yes_or_no(yes: bool) -> String {
    (if yes { "Yes" } else { "No" }).to_owned()
}

/// A framework that was read, or everything that is wrong with its rows.
pub type Read = Result<(Contents, Origins), Vec<Problem>>;

/// Reads a framework of this name from a workbook. One wrong cell and none of it is taken; every
/// row is looked at all the same, so that one reading finds everything.
///
/// # Errors
/// Says why the file is no workbook that can be read.
pub fn from_xlsx(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, NotReadable> {
    let mut workbook = Workbook::open(bytes, limits)?;
    let sheets = workbook.sheets();
    let mut with_cells = sheets.iter().enumerate().filter(|(_, sheet)| sheet.has_cells);
    let named = with_cells.clone().find(|(_, sheet)| normal(&sheet.name) == normal(SHEET));
    let Some((position, sheet)) = named.or_else(|| with_cells.next()) else {
        return Err(NotReadable::Damaged("it has no sheet with cells".to_owned()));
    };
    let mut rows: Vec<(u32, Vec<(u32, String)>)> = Vec::new();
    workbook.rows_as_typed(&sheet.name, LONGEST + 1, |number, cells| rows.push((number, cells)))?;
    let mut reader = RowReader::new((position, &sheet.name));
    let mut rows = rows.into_iter();
    let Some(missing) = rows.by_ref().find_map(|(_, cells)| reader.take_headings(&cells)) else {
        reader.problem(None, None, "no row has the headings of a framework", "use the template");
        return Ok(Err(reader.problems.finish().0));
    };
    for heading in missing {
        let what = format!("the column “{heading}” is missing");
        reader.problem(None, None, what, "add it; the template has every column");
    }
    for (number, cells) in rows {
        reader.take(number, &cells);
    }
    Ok(reader.finish(name))
}

/// Reads the rows below the headings.
struct RowReader<'s> {
    sheet: (usize, &'s str),
    /// Where each column of [`COLUMNS`] stands in the file.
    at: [Option<u32>; COLUMNS.len()],
    sections: Vec<Section>,
    origins: Origins,
    problems: Problems,
    is_wrong: bool,
}

const SECTION: usize = 0;
const TITLE: usize = 1;
const CODE: usize = 2;
const WORDING: usize = 3;
const MET: usize = 4;
const KIND: usize = 5;
const CRITICAL: usize = 6;
const DIP: usize = 7;
const CORE: usize = 8;
const APPLIES: usize = 9;
const SOURCE: usize = 10;

/// Columns that may be left out: what they say is then *no*, or nothing.
const OPTIONAL: [usize; 4] = [CRITICAL, DIP, CORE, SOURCE];

/// How many headings make a row the row of headings.
const ENOUGH: usize = 4;

impl<'s> RowReader<'s> {
    fn new(sheet: (usize, &'s str)) -> Self {
        let (sections, origins) = (Vec::new(), Origins::new());
        let at = [None; COLUMNS.len()];
        Self { sheet, at, sections, origins, problems: Problems::default(), is_wrong: false }
    }

    /// Takes the row as headings if it has enough of them; gives those that are missing.
    fn take_headings(&mut self, cells: &[(u32, String)]) -> Option<Vec<&'static str>> {
        let mut at = [None; COLUMNS.len()];
        for (place, (heading, ..)) in at.iter_mut().zip(COLUMNS) {
            let found = cells.iter().find(|(_, text)| normal(text) == normal(heading));
            *place = found.map(|(column, _)| *column);
        }
        if at.iter().flatten().count() < ENOUGH {
            return None;
        }
        self.at = at;
        let missing = at
            .iter()
            .enumerate()
            .filter(|(index, place)| place.is_none() && !OPTIONAL.contains(index));
        Some(missing.filter_map(|(index, _)| Some(COLUMNS.get(index)?.0)).collect())
    }

    fn take(&mut self, number: u32, cells: &[(u32, String)]) {
        let text = |column: usize| -> &str {
            let place = self.at.get(column).copied().flatten();
            let cell = place.and_then(|place| cells.iter().find(|(at, _)| *at == place));
            cell.map_or("", |(_, text)| text.as_str())
        };
        let row = COLUMNS.iter().enumerate().map(|(index, _)| text(index).to_owned());
        let row: Vec<String> = row.collect();
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let before = self.is_wrong;
        self.is_wrong = false;
        let standard = self.standard(number, &row);
        let (wrong, cell) =
            (self.is_wrong, |column: usize| row.get(column).map_or("", String::as_str));
        self.is_wrong |= before;
        let Some((standard, origin)) = standard.filter(|_| !wrong) else { return };
        let (letter, title) = (cell(SECTION).trim(), cell(TITLE));
        match self.sections.last_mut().filter(|last| last.letter == letter) {
            Some(last) if last.title == title || title.trim().is_empty() => {}
            Some(last) => {
                let what = format!("section {letter} has another title, “{}”, above", last.title);
                self.problem(
                    Some(number),
                    Some(TITLE),
                    what,
                    "give each of its rows the same title",
                );
                return;
            }
            None => self.sections.push(Section {
                letter: letter.to_owned(),
                title: title.to_owned(),
                standards: Vec::new(),
            }),
        }
        if origin != Origin::default() {
            self.origins.insert(standard.code.clone(), origin);
        }
        if let Some(last) = self.sections.last_mut() {
            last.standards.push(standard);
        }
    }

    fn standard(&mut self, number: u32, row: &[String]) -> Option<(Standard, Origin)> {
        let cell = |column: usize| row.get(column).map_or("", String::as_str);
        let at = Some(number);
        for column in 0..COLUMNS.len() {
            if cell(column).chars().count() > LONGEST {
                let what = format!("the cell has more than {LONGEST} characters");
                self.problem(at, Some(column), what, "shorten it");
            }
        }
        for column in [SECTION, WORDING, MET] {
            if cell(column).trim().is_empty() {
                self.problem(at, Some(column), "the cell is blank", "fill it in");
            }
        }
        let short_name = StandardCode::new(cell(CODE).trim());
        if short_name.is_err() {
            let what = format!("“{}” is not a standard's code", short(cell(CODE)));
            self.problem(
                at,
                Some(CODE),
                what,
                "write the section's letter and a number, such as B1",
            );
        }
        let kind = StandardKind::from_code(&cell(KIND).trim().to_lowercase());
        if kind.is_none() {
            let what = format!("“{}” is not a kind", short(cell(KIND)));
            self.problem(at, Some(KIND), what, "write Compliance or Quality");
        }
        let critical = self.truth(at, CRITICAL, cell(CRITICAL));
        let dip = self.truth(at, DIP, cell(DIP));
        let core = self.truth(at, CORE, cell(CORE));
        let applies = self.applies(at, cell(APPLIES));
        let standard = Standard {
            code: short_name.ok()?,
            wording: cell(WORDING).to_owned(),
            met_looks_like: cell(MET).to_owned(),
            kind: kind?,
            critical,
            applies,
            dip,
        };
        Some((standard, Origin { core, source: cell(SOURCE).to_owned() }))
    }

    fn truth(&mut self, row: Option<u32>, column: usize, text: &str) -> bool {
        match normal(text).as_str() {
            "yes" | "y" | "true" | "1" => true,
            "no" | "n" | "false" | "0" | "" => false,
            _ => {
                let what = format!("“{}” is neither yes nor no", short(text));
                self.problem(row, Some(column), what, "write Yes or No");
                false
            }
        }
    }

    fn applies(&mut self, row: Option<u32>, text: &str) -> BTreeSet<Applies> {
        let mut applies = BTreeSet::new();
        for word in text.split([' ', ',', ';', '\n']).filter(|word| !word.is_empty()) {
            if let Some(found) = Applies::from_code(&word.to_uppercase()) {
                applies.insert(found);
            } else {
                let what = format!("“{}” is not something a standard applies to", short(word));
                let todo = "write ALL, CIN, CP, CLA, CL, DIS or UAS";
                self.problem(row, Some(APPLIES), what, todo);
            }
        }
        if applies.is_empty() && text.trim().is_empty() {
            self.problem(
                row,
                Some(APPLIES),
                "the cell is blank",
                "write ALL, or the needs it is for",
            );
        }
        applies
    }

    fn problem(
        &mut self,
        row: Option<u32>,
        column: Option<usize>,
        what: impl Into<String>,
        todo: &str,
    ) {
        self.is_wrong = true;
        let column = column.and_then(|index| {
            Some((self.at.get(index).copied().flatten()?, COLUMNS.get(index)?.0))
        });
        let place = Place { sheet: Some(self.sheet), row, column, ..Place::default() };
        self.problems.add(place, Severity::StopsRow, what, todo);
    }

    fn finish(mut self, name: &str) -> Read {
        if !self.is_wrong {
            match Contents::new(name, std::mem::take(&mut self.sections)) {
                Ok(contents) => return Ok((contents, self.origins)),
                Err(refusal) => {
                    let what = refusal.sentence().trim_end_matches('.').to_owned();
                    self.problem(None, None, what, "put it right and choose the file again");
                }
            }
        }
        Err(self.problems.finish().0)
    }
}

fn short(text: &str) -> String {
    text.trim().chars().take(40).collect()
}
