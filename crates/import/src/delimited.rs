//! Delimited text (CSV), read row by row into the same rows as a workbook's.
//!
//! The separator is found out, quoted cells may have line ends in them, and rows are numbered as a
//! spreadsheet that opens the file numbers them: blank lines count, line ends within a cell do not.

use std::borrow::Cow;
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};

use crate::cell::Cell;
use crate::encoding;
use crate::file_kind;
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::row::{Beyond, Row, count};

/// The separators that spreadsheets and databases write, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Characters and rows of the beginning that are looked at to find the separator.
const LOOKED_AT: usize = 64 * 1024;
const ROWS_LOOKED_AT: usize = 40;
/// Excel holds no more characters in a cell: a longer one is a quotation mark that never closes.
const LONGEST_CELL: usize = 32_767;

/// The text of a file, with the separator of its cells.
pub(crate) struct Delimited {
    text: String,
    separator: u8,
    /// True if the first line only names the separator, as Excel lets it.
    names_separator: bool,
    limits: Limits,
}

impl Delimited {
    /// Turns bytes into text and finds the separator.
    pub(crate) fn open(bytes: &[u8], limits: &Limits) -> Result<Self, NotReadable> {
        file_kind::is_text(bytes, limits)?;
        let text = encoding::text(bytes);
        let named = named_separator(&text);
        let separator = named.unwrap_or_else(|| separator(&text));
        Ok(Self { text, separator, names_separator: named.is_some(), limits: *limits })
    }

    /// Hands every row that has something in it to `take`.
    pub(crate) fn rows(&self, mut take: impl FnMut(Row<'static>)) -> Result<Beyond, NotReadable> {
        self.rows_until(|row| {
            take(row);
            ControlFlow::Continue(())
        })
    }

    /// The same, until `take` breaks off.
    pub(crate) fn rows_until(
        &self,
        mut take: impl FnMut(Row<'static>) -> ControlFlow<()>,
    ) -> Result<Beyond, NotReadable> {
        let mut records = Records::of(&self.text, self.separator);
        let (mut rows, mut cells) = (0, 0);
        let mut beyond = Beyond::default();
        while let Some(number) = records.next()? {
            if number == 1 && self.names_separator {
                continue;
            }
            let mut row = Row { number, cells: Vec::new() };
            for (column, field) in (0..).zip(&records.record) {
                if field.len() > LONGEST_CELL {
                    return Err(never_closed(number));
                }
                if column >= self.limits.columns {
                    // What is not looked at is not turned into a cell, only noticed.
                    if !field.is_empty() {
                        count(&mut cells, self.limits.cells, "cells")?;
                        beyond.far_row.get_or_insert(number);
                    }
                    continue;
                }
                let field = String::from_utf8_lossy(field);
                if field.contains('\u{fffd}') {
                    beyond.unreadable_row.get_or_insert(number);
                }
                let Some(cell) = Cell::from_text(Cow::Owned(field.into_owned())) else { continue };
                count(&mut cells, self.limits.cells, "cells")?;
                row.cells.push((column, cell));
            }
            if !row.cells.is_empty() {
                count(&mut rows, self.limits.rows, "rows")?;
                if take(row).is_break() {
                    return Ok(beyond);
                }
            }
        }
        Ok(beyond)
    }
}

/// The records of a text, each with the number that a spreadsheet gives its row.
struct Records<'t> {
    text: &'t [u8],
    separator: u8,
    reader: csv::Reader<&'t [u8]>,
    record: ByteRecord,
    number: u32,
}

impl<'t> Records<'t> {
    fn of(text: &'t str, separator: u8) -> Self {
        let text = text.as_bytes();
        let reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text);
        Self { text, separator, reader, record: ByteRecord::new(), number: 0 }
    }

    /// Reads the next record and gives its number; none at the end.
    fn next(&mut self) -> Result<Option<u32>, NotReadable> {
        let from = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let is_read = self.reader.read_byte_record(&mut self.record);
        let is_read = is_read.map_err(|_| {
            NotReadable::Damaged("its rows cannot be told from one another".to_owned())
        })?;
        if !is_read {
            return Ok(None);
        }
        // The reader passes over blank lines; a spreadsheet gives each of them a number.
        let blank = blank_lines(self.text, from);
        self.number = self.number.saturating_add(blank).saturating_add(1);
        let until = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        if until >= self.text.len()
            && is_never_closed(self.text.get(from..).unwrap_or_default(), self.separator)
        {
            return Err(never_closed(self.number));
        }
        Ok(Some(self.number))
    }
}

/// The blank lines that stand between this place, where a record has ended, and the next record.
fn blank_lines(text: &[u8], from: usize) -> u32 {
    let after_return = from.checked_sub(1).and_then(|before| text.get(before)) == Some(&b'\r');
    let mut rest = text.get(from..).unwrap_or_default();
    // The record ended at the first half of this line end.
    if let (true, [b'\n', after @ ..]) = (after_return, rest) {
        rest = after;
    }
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', after @ ..] | [b'\r' | b'\n', after @ ..] => after,
            _ => return lines,
        };
        lines += 1;
    }
}

/// True if a record, the last of its text, ends inside a quoted cell.
fn is_never_closed(record: &[u8], separator: u8) -> bool {
    enum At {
        Start,
        Plain,
        Quoted,
        /// After a mark that closes the cell, unless another follows.
        Closed,
    }
    let mut at = At::Start;
    for byte in record {
        let is_end = [separator, b'\r', b'\n'].contains(byte);
        at = match (at, *byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Start | At::Closed, b'"') | (At::Quoted, _) => At::Quoted,
            _ if is_end => At::Start,
            _ => At::Plain,
        };
    }
    matches!(at, At::Quoted)
}

fn never_closed(row: u32) -> NotReadable {
    NotReadable::Damaged(format!("a quotation mark that opens in row {row} is never closed"))
}

/// The separator that the first line names, such as `sep=;`.
fn named_separator(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches(|c| c == '"' || c == ' ');
    match line.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] => Some(*separator),
        _ => None,
    }
    .filter(|separator| SEPARATORS.contains(separator))
}

/// The separator that divides most of the first rows into the same number of cells.
fn separator(text: &str) -> u8 {
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let start = text.get(..end.unwrap_or(0)).unwrap_or_default();
    let mut best = (0, b',');
    for separator in SEPARATORS {
        let mut widths = std::collections::BTreeMap::new();
        let mut records = Records::of(start, separator);
        for _ in 0..ROWS_LOOKED_AT {
            match records.next() {
                Ok(Some(_)) => *widths.entry(records.record.len()).or_insert(0_usize) += 1,
                Ok(None) | Err(_) => break,
            }
        }
        let fit = widths.into_iter().filter(|(width, _)| *width > 1);
        let fit = fit.map(|(width, rows)| (rows, width)).max().unwrap_or_default();
        // Many rows of the same width say more than one wide row; the width decides between equals.
        let fit = fit.0 * 1_000 + fit.1.min(999);
        if fit > best.0 {
            best = (fit, separator);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let delimited = Delimited::open(text.as_bytes(), &Limits::default()).unwrap();
        let mut rows = Vec::new();
        let cells = |row: Row<'_>| row.cells.iter().map(|(_, cell)| cell.text().into()).collect();
        delimited.rows(|row| rows.push((row.number, cells(row)))).unwrap();
        rows
    }

    fn refusal(text: &str, limits: Limits) -> NotReadable {
        match Delimited::open(text.as_bytes(), &limits) {
            Err(why) => why,
            Ok(delimited) => delimited.rows(|_| {}).unwrap_err(),
        }
    }

    #[test]
    fn every_separator_is_found_out() {
        for separator in [",", ";", "\t", "|"] {
            let text = "List of children\nChild ID,Worker,Team\n1,\"Oakes, Ada\",\"North; and South\"\n2,Vera,East\n"
                .replace(',', separator)
                .replace("Oakes;", "Oakes,");
            let rows = rows(&text);
            assert_eq!(rows[1].1, ["Child ID", "Worker", "Team"], "{separator}");
            assert_eq!(rows[2].1.len(), 3, "{separator}");
        }
        assert_eq!(rows("sep=;\na;b,c\n"), [(2, vec!["a".to_owned(), "b,c".to_owned()])]);
        assert_eq!(rows("Child ID\n1\n2\n").len(), 3);
    }

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "a,b\n\n1,\"two\nlines\"\n,\n\n\n3,4\n".replace('\n', end);
            let numbers: Vec<u32> = rows(&text).into_iter().map(|(number, _)| number).collect();
            assert_eq!(numbers, [1, 3, 7], "{end:?}");
        }
        assert_eq!(rows("\n\na,b")[0].0, 3);
    }

    #[test]
    fn a_quotation_mark_that_never_closes_is_refused_by_its_row() {
        for text in ["a,b\n1,\"2\n3,4\n", "a,b\n1,2\n\"3", "a,b\n\"x\"\"\n"] {
            assert!(matches!(refusal(text, Limits::default()), NotReadable::Damaged(_)), "{text}");
        }
        let early = format!("a,b\n1,\"{}\n", "2,3\n".repeat(20_000));
        let NotReadable::Damaged(why) = refusal(&early, Limits::default()) else {
            panic!("it is damaged");
        };
        assert!(why.contains("row 2"), "{why}");
        for text in ["a,b\n1,\"2\"", "a,b\n1,5\" pipe\n", "a,b\n\"x\"\"y\",\"\"\n"] {
            assert_eq!(rows(text).len(), 2, "{text}");
        }
    }

    #[test]
    fn a_text_is_bounded_in_rows_cells_and_columns() {
        let rows = Limits { rows: 3, ..Limits::default() };
        assert!(matches!(refusal(&"a,b\n".repeat(4), rows), NotReadable::TooLarge { .. }));
        let cells = Limits { cells: 5, ..Limits::default() };
        assert!(matches!(refusal(&"a,b\n".repeat(4), cells), NotReadable::TooLarge { .. }));
        let wide = format!("a,b\n{}\n", "x,".repeat(1_000_000));
        let delimited = Delimited::open(wide.as_bytes(), &Limits::default()).unwrap();
        let mut widest = 0;
        let beyond = delimited.rows(|row| widest = widest.max(row.cells.len())).unwrap();
        assert_eq!((widest, beyond.far_row), (300, Some(2)));
    }

    #[test]
    fn bytes_that_were_lost_are_said_and_not_passed_over() {
        let bytes = b"\xEF\xBB\xBFa,b\n1,\xFF\n";
        let delimited = Delimited::open(bytes, &Limits::default()).unwrap();
        assert_eq!(delimited.rows(|_| {}).unwrap().unreadable_row, Some(2));
    }
}
