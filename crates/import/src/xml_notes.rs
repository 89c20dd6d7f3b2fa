//! What a reader of a return in XML says of it: problems with their place, and an account by block.

use crate::account::{FileAccount, ListAccount, Outcome, SheetAccount, Why};
use crate::not_readable::{NotAReturn, NotReadable};
use crate::problem::Severity;
use crate::problems::{NO_LETTER, Place, Problems};
use crate::return_values::NoDate;
use crate::xml_blocks::ElementCount;
use crate::xml_events::Broken;

/// The problems of one file, and what became of its blocks.
pub(crate) struct Notes<'f> {
    file: &'f str,
    pub problems: Problems,
    lists: Vec<ListAccount>,
}

/// Where in the file something stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    /// The list, as its place among the names given to [`Notes::new`].
    pub list: usize,
    /// The line, from 1.
    pub line: u32,
    /// The element.
    pub element: &'a str,
}

impl<'f> Notes<'f> {
    /// For a file whose blocks are counted as these lists.
    pub(crate) fn new(file: &'f str, lists: &[&str]) -> Self {
        let lists = lists.iter().map(|list| ListAccount::new(list, 0)).collect();
        Self { file, problems: Problems::default(), lists }
    }

    /// Something is odd, and the block is used without it.
    pub(crate) fn warn(&mut self, at: At<'_>, what: impl Into<String>, todo: &str) {
        self.add(at, Severity::Warning, what.into(), todo);
    }

    /// Something is wrong, and the block is not used.
    pub(crate) fn stop(&mut self, at: At<'_>, what: impl Into<String>, todo: &str) {
        self.add(at, Severity::StopsRow, what.into(), todo);
    }

    /// A date that was left out.
    pub(crate) fn no_date(&mut self, at: At<'_>, why: NoDate) {
        self.warn(at, why.what, why.todo);
    }

    fn add(&mut self, at: At<'_>, severity: Severity, what: String, todo: &str) {
        let place = Place {
            file: self.file,
            sheet: Some((at.list, "")),
            list: self.lists.get(at.list).map(|list| list.list.as_str()),
            row: Some(at.line),
            column: Some((NO_LETTER, at.element)),
        };
        self.problems.add(place, severity, what, todo);
    }

    /// Something is odd about the file as a whole.
    pub(crate) fn of_whole(&mut self, what: impl Into<String>, todo: &str) {
        let place = Place { file: self.file, ..Place::default() };
        self.problems.add(place, Severity::Warning, what, todo);
    }

    /// Counts a block that was used.
    pub(crate) fn used(&mut self, list: usize) {
        if let Some(list) = self.lists.get_mut(list) {
            list.used();
        }
    }

    /// Counts a block that was not used.
    pub(crate) fn not_used(&mut self, list: usize, why: Why) {
        if let Some(list) = self.lists.get_mut(list) {
            list.not_used(why, 1);
        }
    }

    /// How many blocks of a list there are.
    pub(crate) fn rows_read(&self, list: usize) -> usize {
        self.lists.get(list).map_or(0, |list| list.rows_read)
    }

    /// How many blocks of a list were used.
    pub(crate) fn rows_used(&self, list: usize) -> usize {
        self.lists.get(list).map_or(0, |list| list.rows_used)
    }

    /// The account of the file, its elements included, and its problems.
    pub(crate) fn finish(mut self, count: &ElementCount) -> (FileAccount, Problems) {
        if let Some(line) = count.first_stray {
            let blocks = match count.with_stray_text {
                1 => "a block,".to_owned(),
                many => format!("{many} blocks, first"),
            };
            let what =
                format!("text stands between the elements of {blocks} in that of line {line}");
            self.of_whole(what, "take it out if it says anything; it was not read");
        }
        let sheet = |outcome| SheetAccount { sheet: String::new(), hidden: false, outcome };
        let mut sheets: Vec<SheetAccount> =
            self.lists.into_iter().map(|list| sheet(Outcome::Holds(list))).collect();
        sheets.extend(count.others().map(|others| sheet(Outcome::NotUsed(others))));
        (FileAccount { file: self.file.to_owned(), sheets }, self.problems)
    }
}

/// A file that cannot be read as the return that it should be.
pub(crate) fn refused(broken: Broken, expected: &'static str) -> NotReadable {
    let why = match broken {
        Broken::Empty => return NotReadable::Empty,
        Broken::NotXml => {
            let how = "it does not begin as XML does".to_owned();
            NotAReturn::Another { expected, how }
        }
        Broken::Another(how) => NotAReturn::Another { expected, how },
        Broken::Damaged { what, line } => NotAReturn::Damaged { what, line },
        Broken::Unsafe(what) => NotAReturn::Unsafe(what),
        Broken::TooLarge(what) => NotAReturn::TooLarge(what),
    };
    why.into()
}
