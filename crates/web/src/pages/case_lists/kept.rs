//! What is kept of a case list's file, and how it is read again for the check page.

use quarterlight_domain::hex::hex;

use quarterlight_import::account::{Account, Outcome, SheetAccount, Why};
use quarterlight_import::annex_a::{Home, HomeFrom, List};
use quarterlight_import::{Problem, Severity};
use quarterlight_report::words;
use quarterlight_store::KeptProblem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::restricted::Restricted;

/// The most characters kept of a file's name.
const LONGEST_NAME: usize = 100;

/// The most row numbers that a problem spells out besides its first.
const ROWS_SHOWN: usize = 4;

/// What is to be kept of how the files of a source were read.
pub fn account(account: &Account) -> String {
    let sheets = account
        .files
        .iter()
        .flat_map(|file| file.sheets.iter().map(|sheet| KeptSheet::of(&file.file, sheet)));
    let kept = KeptAccount {
        home: account.home.as_ref().map(KeptHome::of),
        sheets: sheets.collect(),
        counts: KeptCounts {
            problems_left_out: whole(account.problems_left_out),
            ..KeptCounts::default()
        },
        lists_missing: Vec::new(),
    };
    serde_json::to_string(&kept).unwrap_or_default()
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A file's name without its folders and without what cannot be printed.
pub fn safe(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String =
        name.chars().filter(|c| !c.is_control() && !is_unseen(*c)).take(LONGEST_NAME).collect();
    let name = name.trim();
    if name.is_empty() { "a file without a name".to_owned() } else { name.to_owned() }
}

/// A mark that turns the direction of text about, with which one file's name can pass for another's.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// SHA-256 of a file, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A problem as it is kept.
pub fn kept_problem(problem: &Problem) -> KeptProblem {
    let list = Problem { rows: Vec::new(), column: None, heading: None, ..problem.clone() };
    KeptProblem {
        list: list.place(),
        row: problem.rows.first().copied(),
        column: problem.column.clone(),
        heading: problem.heading.clone(),
        sentence: sentence(problem),
        stops_the_row: problem.severity == Severity::StopsRow,
    }
}

/// What is wrong and what to do, and in which other rows it is the same: the place of a problem has
/// one row only.
fn sentence(problem: &Problem) -> String {
    let sentence = format!("{}; {}.", words::sentence_case(&problem.what), problem.todo);
    let others = problem.rows.get(1..).unwrap_or_default();
    let shown: Vec<String> = others.iter().take(ROWS_SHOWN).map(u32::to_string).collect();
    match (shown.as_slice(), others.len() - shown.len()) {
        ([], _) => sentence,
        ([row], 0) => format!("{sentence} The same in row {row}."),
        (_, 0) => format!("{sentence} The same in rows {}.", words::list(&shown)),
        (_, more) => format!("{sentence} The same in rows {} and {more} more.", shown.join(", ")),
    }
}

/// A problem with its place, as one sentence: *List 8, row 214, column D (“Date of Birth”): …*
pub fn with_place(problem: &KeptProblem) -> String {
    let row = problem.row.map_or(String::new(), |row| format!(", row {row}"));
    let column = match (&problem.column, &problem.heading) {
        (Some(letters), Some(heading)) => format!(", column {letters} (“{heading}”)"),
        (Some(letters), None) => format!(", column {letters}"),
        (None, Some(heading)) => format!(", “{heading}”"),
        (None, None) => String::new(),
    };
    format!("{}{row}{column}: {}", problem.list, problem.sentence)
}

/// Takes what was read of a restricted record out of a problem that names it: where it stands stays.
pub fn without_facts(problem: &mut KeptProblem, restricted: &Restricted) {
    if restricted.is_named_in(&problem.sentence) {
        "Something about a restricted record; look into the file."
            .clone_into(&mut problem.sentence);
    }
}

/// How a file was read, as it is kept. Whatever an earlier program did not write is blank.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptAccount {
    /// Open records in numbers.
    pub counts: KeptCounts,
    /// The authority that the list was taken to be of.
    pub home: Option<KeptHome>,
    /// Numbers of the lists that no sheet holds.
    lists_missing: Vec<u8>,
    /// Every sheet, in the order of the workbook.
    pub sheets: Vec<KeptSheet>,
}

/// Open records in numbers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptCounts {
    /// Records with each need, by the need's code.
    pub by_need: std::collections::BTreeMap<String, u64>,
    /// Without a named worker.
    pub unallocated: u64,
    /// Not known whether the child is disabled.
    pub disability_unknown: u64,
    /// Placed, and not known where.
    pub placement_unknown: u64,
    /// Problems beyond the most that are kept.
    pub problems_left_out: u64,
}

/// The authority that a list was taken to be of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptHome {
    /// Its name.
    pub name: String,
    /// True if whoever imported the file named it.
    told: bool,
    naming_it: Option<u64>,
    of: Option<u64>,
}

/// What became of one sheet.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptSheet {
    /// The name on its tab.
    pub sheet: String,
    /// True if Excel does not show it.
    pub hidden: bool,
    list: Option<KeptList>,
    not_used_because: Option<String>,
    /// Columns of the list that the sheet does not have.
    pub columns_missing: Vec<String>,
    /// Headings that no list has.
    pub columns_ignored: Vec<String>,
    /// Headings taken for a column by the words they share.
    pub columns_guessed: Vec<(String, String)>,
    /// Rows below the headings.
    pub rows_read: u64,
    /// Rows of a child whose record is open.
    pub rows_used: u64,
    rows_not_used: std::collections::BTreeMap<String, u64>,
}

/// The list that a sheet was taken for: by its number in Annex A, as it was first kept, or by name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum KeptList {
    Number(u8),
    Name(String),
}

impl KeptAccount {
    /// Reads what was kept. What cannot be read is blank: the page then shows no account.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The lists that no sheet holds, in words.
    pub fn lists_missing(&self) -> Vec<String> {
        self.lists_missing.iter().filter_map(|number| list_in_words(*number)).collect()
    }
}

impl KeptHome {
    fn of(home: &Home) -> Self {
        let (naming_it, of) = match home.from {
            HomeFrom::Told => (None, None),
            HomeFrom::MostPlacementsInArea { naming_it, of } => {
                (Some(whole(naming_it)), Some(whole(of)))
            }
        };
        Self { name: home.name.clone(), told: home.from == HomeFrom::Told, naming_it, of }
    }

    /// Whose list it was taken to be, and how that is known.
    pub fn sentence(&self) -> String {
        let name = &self.name;
        match (self.told, self.naming_it, self.of) {
            (false, Some(naming), Some(of)) => format!(
                "Placements in {name} count as in the area: {} said to be in the area name it.",
                words::part_of(naming, of, &words::Noun::new("placement", "placements"))
            ),
            _ => format!(
                "Placements in {name} count as in the area, as whoever imported the file said."
            ),
        }
    }
}

impl KeptSheet {
    /// What became of one sheet of a file; a file without sheets goes by its own name.
    fn of(file: &str, sheet: &SheetAccount) -> Self {
        let name = if sheet.sheet.is_empty() { file } else { &sheet.sheet };
        let kept = Self { sheet: safe(name), hidden: sheet.hidden, ..Self::default() };
        match &sheet.outcome {
            Outcome::NotUsed(why) => Self { not_used_because: Some(why.clone()), ..kept },
            Outcome::Holds(list) => Self {
                list: Some(KeptList::Name(list.list.clone())),
                columns_missing: list.columns_missing.clone(),
                columns_ignored: list.columns_ignored.clone(),
                columns_guessed: list.columns_guessed.clone(),
                rows_read: whole(list.rows_read),
                rows_used: whole(list.rows_used),
                rows_not_used: list
                    .rows_not_used
                    .iter()
                    .map(|(why, rows)| (why.code().to_owned(), whole(*rows)))
                    .collect(),
                ..kept
            },
        }
    }

    /// The list that the sheet was taken for, in words; none if it was not used.
    pub fn list(&self) -> Option<String> {
        match self.list.as_ref()? {
            KeptList::Number(number) => list_in_words(*number),
            KeptList::Name(name) => Some(name.clone()),
        }
    }

    /// Why the sheet, or some of its rows, were not used.
    pub fn not_used(&self) -> String {
        if let Some(why) = &self.not_used_because {
            return why.clone();
        }
        let in_words = |code: &str| {
            Why::ALL.into_iter().find(|why| why.code() == code).map_or("not used", Why::words)
        };
        let reasons = self.rows_not_used.iter();
        let reasons: Vec<String> = reasons
            .map(|(code, rows)| format!("{}: {}", in_words(code), words::whole(*rows)))
            .collect();
        if reasons.is_empty() {
            "Every row was used".to_owned()
        } else {
            words::sentence_case(&reasons.join("; "))
        }
    }
}

fn list_in_words(number: u8) -> Option<String> {
    let list = List::ALL.into_iter().find(|list| list.number() == number)?;
    Some(format!("{list}, {}", list.title()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use quarterlight_import::{Limits, annex_a};

    use super::*;

    #[test]
    fn a_file_name_cannot_lead_anywhere_or_pass_for_another() {
        assert_eq!(safe("C:\\Users\\somebody\\Annex A.xlsx"), "Annex A.xlsx");
        assert_eq!(safe("../../etc/passwd"), "passwd");
        assert_eq!(safe("a\u{202e}xslx.exe\r\n"), "axslx.exe");
        assert_eq!(safe("folder/"), "a file without a name");
        assert_eq!(safe(&"x".repeat(500)).len(), LONGEST_NAME);
    }

    #[test]
    fn the_account_of_a_workbook_is_read_again_as_it_was_kept() {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/workbooks/liia_Annex_A.xlsx");
        let bytes = std::fs::read(path).unwrap();
        let as_at = date(2026, 1, 5);
        let files = [("Annex A.xlsx", bytes.as_slice())];
        let read = annex_a::read_files(None, &files, as_at, &Limits::default()).unwrap();
        let account = read.account;
        let text = super::account(&read.source.account);
        let kept = KeptAccount::read(&text);
        assert_eq!(kept.sheets.len(), account.sheets.len());
        let used = |rows: &[u64]| rows.iter().sum::<u64>();
        let kept_rows: Vec<u64> = kept.sheets.iter().map(|sheet| sheet.rows_used).collect();
        let rows: Vec<u64> =
            account.lists().map(|list| u64::try_from(list.rows_used).unwrap()).collect();
        assert!(used(&rows) > 0);
        assert_eq!(used(&kept_rows), used(&rows));
        for sheet in &kept.sheets {
            assert_ne!(sheet.not_used(), "");
        }
    }

    #[test]
    fn a_problem_keeps_every_place_that_it_is_in() {
        let problem = |rows: &[u32]| Problem {
            file: String::new(),
            sheet: "CLA".to_owned(),
            list: Some(List::InCare.name().to_owned()),
            rows: rows.to_vec(),
            column: Some("D".to_owned()),
            heading: Some("Date of Birth".to_owned()),
            what: "31/02/2012 is not a date".to_owned(),
            todo: "correct it".to_owned(),
            severity: Severity::Warning,
        };
        let said = |rows: &[u32]| with_place(&kept_problem(&problem(rows)));
        let place = "List 8 (sheet “CLA”)";
        let rest = "column D (“Date of Birth”): 31/02/2012 is not a date; correct it.";
        assert_eq!(said(&[]), format!("{place}, {rest}"));
        assert_eq!(said(&[2]), format!("{place}, row 2, {rest}"));
        assert_eq!(said(&[2, 3]), format!("{place}, row 2, {rest} The same in row 3."));
        assert_eq!(said(&[2, 3, 9]), format!("{place}, row 2, {rest} The same in rows 3 and 9."));
        let many: Vec<u32> = (2..20).collect();
        assert_eq!(
            said(&many),
            format!("{place}, row 2, {rest} The same in rows 3, 4, 5, 6 and 13 more.")
        );
    }

    #[test]
    fn an_account_that_says_nothing_is_blank() {
        for text in ["", "{}", "[1, 2]", "not JSON"] {
            assert!(KeptAccount::read(text).sheets.is_empty(), "{text}");
        }
    }
}
