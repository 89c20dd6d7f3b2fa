//! One thing in a file that could not be used as it stands, with its place and what to do about it.

use std::fmt;

/// What a problem does to the row that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The row is not used at all.
    StopsRow,
    /// The row is used without what is wrong with it.
    Warning,
}

impl Severity {
    /// `stops_row` or `warning`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::StopsRow => "stops_row",
            Self::Warning => "warning",
        }
    }
}

/// Something in a file that could not be used as it stands.
///
/// The same thing in the same column of many rows is one problem with many rows, so that a
/// spelling used throughout a workbook is one line to read. It names no child and no worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name; blank where there is only one.
    pub file: String,
    /// The sheet, by the name on its tab; blank when the file has none, or is meant as a whole.
    pub sheet: String,
    /// The list or table, as the field names it; none when none was recognised.
    pub list: Option<String>,
    /// The rows as Excel numbers them, from 1; none when the whole sheet is meant.
    pub rows: Vec<u32>,
    /// The letter of the column as Excel shows it.
    pub column: Option<String>,
    /// The heading of that column, as the file spells it.
    pub heading: Option<String>,
    /// What is wrong, as the first half of a sentence.
    pub what: String,
    /// What to do about it, as the second half.
    pub todo: String,
    /// What it does to the row.
    pub severity: Severity,
}

/// The most row numbers that a displayed problem spells out.
const ROWS_SHOWN: usize = 4;

impl Problem {
    /// The place in words: *List 8, row 214, column D (Date of Birth)*.
    pub fn place(&self) -> String {
        let file = (!self.file.is_empty()).then(|| format!("“{}”", self.file));
        let sheet = (!self.sheet.is_empty() && self.list.as_ref() != Some(&self.sheet))
            .then(|| format!("sheet “{}”", self.sheet));
        let sheet = match (&self.list, file, sheet) {
            (Some(list), None, None) => list.clone(),
            (Some(list), Some(within), None) | (Some(list), None, Some(within)) => {
                format!("{list} ({within})")
            }
            (Some(list), Some(file), Some(sheet)) => format!("{list} ({file}, {sheet})"),
            (None, None, None) => "The workbook".to_owned(),
            (None, Some(file), None) => format!("The file {file}"),
            (None, None, Some(_)) => format!("Sheet “{}”", self.sheet),
            (None, Some(file), Some(sheet)) => format!("The file {file}, {sheet}"),
        };
        let rows = match self.rows.as_slice() {
            [] => String::new(),
            // What has a name and no letter is an element of XML, whose files have lines and no rows.
            rows if self.column.is_none() && self.heading.is_some() => {
                format!(", {}", numbers_in_words(rows, "line"))
            }
            rows => format!(", {}", numbers_in_words(rows, "row")),
        };
        let column = match (&self.column, &self.heading) {
            (Some(letter), Some(heading)) => format!(", column {letter} (“{heading}”)"),
            (Some(letter), None) => format!(", column {letter}"),
            (None, Some(heading)) => format!(", “{heading}”"),
            (None, None) => String::new(),
        };
        sheet + &rows + &column
    }
}

impl fmt::Display for Problem {
    /// One sentence: the place, what is wrong, and what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}.", self.place(), self.what, self.todo)
    }
}

fn numbers_in_words(rows: &[u32], word: &str) -> String {
    let shown: Vec<String> = rows.iter().take(ROWS_SHOWN).map(u32::to_string).collect();
    let rest = rows.len().saturating_sub(ROWS_SHOWN);
    let list = match (shown.split_last(), rest) {
        (Some((last, [])), 0) => return format!("{word} {last}"),
        (Some((last, before)), 0) => format!("{} and {last}", before.join(", ")),
        _ => format!("{} and {rest} more", shown.join(", ")),
    };
    format!("{word}s {list}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(rows: &[u32]) -> Problem {
        Problem {
            file: String::new(),
            sheet: "Children in Care".to_owned(),
            list: Some("List 8".to_owned()),
            rows: rows.to_vec(),
            column: Some("D".to_owned()),
            heading: Some("Date of Birth".to_owned()),
            what: "“31/02/2012” is not a date".to_owned(),
            todo: "write it as day/month/year".to_owned(),
            severity: Severity::Warning,
        }
    }

    #[test]
    fn a_problem_is_one_sentence_with_its_place() {
        assert_eq!(
            problem(&[214]).to_string(),
            "List 8 (sheet “Children in Care”), row 214, column D (“Date of Birth”): \
             “31/02/2012” is not a date; write it as day/month/year."
        );
    }

    #[test]
    fn the_file_is_named_where_there_are_several() {
        let table = Problem {
            file: "moves.csv".to_owned(),
            sheet: String::new(),
            list: Some("Episodes".to_owned()),
            ..problem(&[2])
        };
        assert!(table.place().starts_with("Episodes (“moves.csv”), row 2,"), "{}", table.place());
        let file = Problem { list: None, rows: Vec::new(), column: None, heading: None, ..table };
        assert_eq!(file.place(), "The file “moves.csv”");
    }

    #[test]
    fn an_element_of_xml_has_lines_and_no_letter() {
        let element = Problem { column: None, ..problem(&[2, 5]) };
        assert!(
            element.place().ends_with(", lines 2 and 5, “Date of Birth”"),
            "{}",
            element.place()
        );
    }

    #[test]
    fn many_rows_are_counted_and_not_spelled_out() {
        assert!(problem(&[2, 5]).place().contains("rows 2 and 5,"));
        assert!(problem(&[2, 5, 6]).place().contains("rows 2, 5 and 6,"));
        assert!(problem(&[2, 5, 6, 7, 8, 9]).place().contains("rows 2, 5, 6, 7 and 2 more,"));
    }
}
