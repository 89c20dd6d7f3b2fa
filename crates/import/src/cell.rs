//! One cell as it comes out of a workbook, before anyone has said what it means.

use std::borrow::Cow;

use calamine::{CellErrorType, DataRef};

/// What a cell holds. Blank cells are left out of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Text, with its outer space taken off and hard spaces made soft; never blank.
    Text(Cow<'a, str>),
    /// A number, or a date by its serial number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A formula's error, such as `#REF!`.
    Error(&'static str),
}

impl<'a> Cell<'a> {
    /// The cell as the workbook's reader gives it; none if nothing is in it.
    pub(crate) fn from_workbook(value: DataRef<'a>) -> Option<Self> {
        match value {
            DataRef::Int(whole) => i32::try_from(whole).ok().map(|n| Self::Number(n.into())),
            DataRef::Float(number) => Some(Self::Number(number)),
            DataRef::DateTime(serial) => Some(Self::Number(serial.as_f64())),
            DataRef::SharedString(text) => tidy(Cow::Borrowed(text)).map(Self::Text),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                tidy(Cow::Owned(text)).map(Self::Text)
            }
            DataRef::Bool(truth) => Some(Self::Truth(truth)),
            DataRef::Error(error) => Some(Self::Error(error_name(&error))),
            DataRef::Empty => None,
        }
    }

    /// The cell as delimited text gives it; none if nothing is in it.
    pub(crate) fn from_text(text: Cow<'a, str>) -> Option<Self> {
        let text = tidy(text)?;
        if let Some(error) = ERRORS.into_iter().find(|error| *error == text) {
            return Some(Self::Error(error));
        }
        // Some systems write ="0012", so that a spreadsheet leaves the zeros where they are.
        let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
        match inner.map(str::trim) {
            Some("") => None,
            Some(inner) => Some(Self::Text(Cow::Owned(inner.to_owned()))),
            None => Some(Self::Text(text)),
        }
    }

    /// The same cell, which outlives the file.
    pub(crate) fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => Cell::Number(number),
            Self::Truth(truth) => Cell::Truth(truth),
            Self::Error(error) => Cell::Error(error),
        }
    }

    /// The cell as a person sees it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Truth(true) => Cow::Borrowed("Yes"),
            Self::Truth(false) => Cow::Borrowed("No"),
            Self::Error(error) => Cow::Borrowed(error),
        }
    }
}

/// What a spreadsheet writes where a formula cannot be worked out.
pub(crate) const ERRORS: [&str; 7] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// The longest text of a cell that is kept: nothing that is used is nearly as long.
const LONGEST: usize = 500;

/// Spaces that do not break, have no width or mark a byte order are spaces like others here.
fn tidy(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let is_odd = |c: char| {
        matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{200b}' | '\u{feff}')
            || c.is_control()
            || is_bidi(c)
    };
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(text.get(..end).unwrap_or_default().to_owned()),
        None => text,
    };
    let text = if text.chars().any(is_odd) {
        let soft = text.chars().filter(|c| !is_bidi(*c));
        Cow::Owned(soft.map(|c| if is_odd(c) { ' ' } else { c }).collect())
    } else {
        text
    };
    match text {
        Cow::Borrowed(text) => {
            let text = text.trim();
            (!text.is_empty()).then_some(Cow::Borrowed(text))
        }
        Cow::Owned(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| Cow::Owned(text.to_owned()))
        }
    }
}

/// Marks that turn the direction of writing can make one name look like another.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_every_kind_are_made_plain() {
        let cell = Cell::from_workbook(DataRef::SharedString("\u{a0}Ada\u{a0}Oakes \u{feff}"));
        assert_eq!(cell, Some(Cell::Text("Ada Oakes".into())));
        assert_eq!(Cell::from_workbook(DataRef::SharedString(" \u{a0}\t")), None);
        assert_eq!(Cell::from_workbook(DataRef::Empty), None);
    }

    #[test]
    fn a_text_of_any_length_is_cut_to_what_can_matter() {
        let Some(cell) = Cell::from_workbook(DataRef::String("é".repeat(9_000))) else {
            panic!("the cell is not blank");
        };
        assert_eq!(cell.text().chars().count(), LONGEST);
    }

    #[test]
    fn a_cell_of_delimited_text_is_text_or_an_error() {
        let read = |text: &'static str| Cell::from_text(text.into());
        assert_eq!(read(" 0012 "), Some(Cell::Text("0012".into())));
        assert_eq!(read("=\"0012\""), Some(Cell::Text("0012".into())));
        assert_eq!(read("#REF!"), Some(Cell::Error("#REF!")));
        assert_eq!(read("=1+1"), Some(Cell::Text("=1+1".into())));
        assert_eq!((read(" "), read("=\"\"")), (None, None));
    }

    #[test]
    fn a_number_reads_as_excel_shows_it() {
        assert_eq!(Cell::Number(123.0).text(), "123");
        assert_eq!(Cell::Number(1_230_000_000_000.0).text(), "1230000000000");
    }
}
