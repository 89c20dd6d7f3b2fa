//! Gathers problems while a file is read, joining those that say the same of many rows.

use std::collections::BTreeMap;

use crate::problem::{Problem, Severity};

/// The most different problems that one reading lists; the rest are counted.
pub(crate) const MOST: usize = 5_000;

/// The column of what has a name and no letter, such as an element of XML.
pub(crate) const NO_LETTER: u32 = u32::MAX - 1;

/// Where in its files a problem is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place<'a> {
    /// The file's name; blank where there is only one.
    pub file: &'a str,
    /// The position of the sheet among all sheets of all files, and its name, which is blank for a
    /// file without sheets; none for the whole.
    pub sheet: Option<(usize, &'a str)>,
    pub list: Option<&'a str>,
    pub row: Option<u32>,
    pub column: Option<(u32, &'a str)>,
}

#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<(Order, Problem)>,
    seen: BTreeMap<Same, usize>,
    left_out: usize,
}

/// The position of the sheet, and the column.
type Order = (usize, u32);
type Same = (usize, u32, String, String);

impl Problems {
    /// Adds a problem, or the row to a problem that already says the same.
    pub(crate) fn add(
        &mut self,
        place: Place<'_>,
        severity: Severity,
        what: impl Into<String>,
        todo: &str,
    ) {
        let what = what.into();
        let sheet = place.sheet.map_or(0, |(position, _)| position + 1);
        let column = place.column.map_or(0, |(column, _)| column + 1);
        let heading =
            place.column.map(|(_, heading)| heading).or(place.list).unwrap_or_default().to_owned();
        let same = (sheet, column, heading, what.clone());
        if let Some((_, problem)) = self.seen.get(&same).and_then(|at| self.found.get_mut(*at)) {
            problem.rows.extend(place.row);
            return;
        }
        if self.found.len() >= MOST {
            self.left_out += 1;
            return;
        }
        self.seen.insert(same, self.found.len());
        let problem = Problem {
            file: place.file.to_owned(),
            sheet: place.sheet.map_or_else(String::new, |(_, name)| name.to_owned()),
            list: place.list.map(str::to_owned),
            rows: place.row.into_iter().collect(),
            column: place.column.filter(|(at, _)| *at != NO_LETTER).map(|(at, _)| letters(at)),
            heading: place.column.map(|(_, heading)| heading.to_owned()),
            what,
            todo: todo.to_owned(),
            severity,
        };
        self.found.push(((sheet, column), problem));
    }

    /// The problems in the order of the file, and how many more there were.
    pub(crate) fn finish(mut self) -> (Vec<Problem>, usize) {
        for (_, problem) in &mut self.found {
            problem.rows.sort_unstable();
            problem.rows.dedup();
        }
        self.found.sort_by(|((sheet, column), one), ((other_sheet, other_column), other)| {
            let row = |problem: &Problem| problem.rows.first().copied();
            (sheet, row(one), column, &one.what).cmp(&(
                other_sheet,
                row(other),
                other_column,
                &other.what,
            ))
        });
        (self.found.into_iter().map(|(_, problem)| problem).collect(), self.left_out)
    }
}

/// A column's letters as Excel shows them; the first column is 0.
pub(crate) fn letters(column: u32) -> String {
    let mut rest = column;
    let mut reversed = Vec::new();
    loop {
        reversed.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => return reversed.into_iter().rev().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_excel_does() {
        for (column, expected) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (33, "AH"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(column), expected);
        }
    }

    #[test]
    fn the_same_problem_in_two_rows_is_said_once() {
        let mut problems = Problems::default();
        for row in [7, 3] {
            let place = Place { row: Some(row), ..Place::default() };
            problems.add(place, Severity::Warning, "it is odd", "look");
        }
        problems.add(Place::default(), Severity::Warning, "it is strange", "look");
        let (problems, left_out) = problems.finish();
        assert_eq!((problems.len(), left_out), (2, 0));
        assert_eq!(problems[1].rows, [3, 7]);
    }

    #[test]
    fn no_file_can_make_the_list_of_problems_endless() {
        let mut problems = Problems::default();
        for row in 0..MOST + 3 {
            problems.add(Place::default(), Severity::Warning, row.to_string(), "look");
        }
        let (problems, left_out) = problems.finish();
        assert_eq!((problems.len(), left_out), (MOST, 3));
    }
}
