//! A spreadsheet as rows of cells, whatever kind of file it becomes.

use crate::print::PrintFault;

/// A spreadsheet of one or more sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workbook {
    /// The sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// One sheet: a row of headings, and rows below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The name on its tab: 31 characters at most, without `[ ] : * ? / \`.
    pub name: String,
    /// The headings, each with the width of its column in characters.
    pub headings: Vec<(String, u16)>,
    /// The rows, each as long as the headings or shorter.
    pub rows: Vec<Vec<SheetCell>>,
    /// For a sheet that somebody fills in: what may be written in each column. For one that is only
    /// read, nothing.
    pub filling: Vec<Filling>,
}

/// What may be written in a column of a sheet that somebody fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// Nothing: it is there to be read.
    Nothing,
    /// Nothing, and it is not seen: the program reads it when the sheet comes back.
    Hidden,
    /// Any words. What looks like a number, a day or a formula stays as it was typed.
    Words,
    /// One of these, which the cell offers.
    OneOf(Vec<String>),
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetCell {
    /// Nothing.
    Blank,
    /// Words. They are never run as a formula, whatever they begin with.
    Words(String),
    /// A whole number.
    Number(i64),
    /// A day.
    Day(jiff::civil::Date),
}

impl From<&str> for SheetCell {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for SheetCell {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

/// Puts a spreadsheet into a file and gives its bytes, as [`crate::print::Printer`] does a document.
pub type SheetPrinter = fn(&Workbook) -> Result<Vec<u8>, PrintFault>;
