//! Ofsted's Annex A: eleven lists in one workbook, read by their headings.
//!
//! Every authority can make this workbook, and each makes it in its own way: other sheet names,
//! other orders of columns, titles above and totals below, dates as text. It is read by its
//! headings alone. What comes out is one line for each record that is open on the day of the list;
//! every other row is counted with the reason why it is not used.

mod account;
pub(crate) mod authority;
mod child;
mod columns;
pub(crate) mod headings;
mod history;
pub(crate) mod home;
pub(crate) mod line;
mod list;
mod needs;
pub(crate) mod reference;
mod sheets;
mod sighting;
mod spellings;
mod tally;
pub(crate) mod values;
pub(crate) mod worker;

use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;

use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::reading::{Reading, SourceReading};

pub use account::Account;
pub use home::{Home, HomeFrom};
pub use list::List;

/// Which columns the workbook's lists have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// As before January 2024: List 9 has no unaccompanied children, advisers or dates.
    Before2024,
    /// As since January 2024.
    Since2024,
}

impl Edition {
    /// `before_2024` or `since_2024`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Before2024 => "before_2024",
            Self::Since2024 => "since_2024",
        }
    }
}

/// Reads an Annex A workbook as the records open on `as_at`, the day that the list is of.
///
/// Whose list it is, which decides what is in its area, is told from List 8 itself where most
/// placements said to be in the area name one authority; [`read_for`] takes it from the caller.
///
/// # Errors
/// Only when the file is no workbook with a list of Annex A in it. Whatever is wrong inside one
/// becomes a problem, and the reading goes on.
pub fn read(bytes: &[u8], as_at: Date, limits: &Limits) -> Result<Reading<CaseLine>, NotReadable> {
    read_for(None, bytes, as_at, limits)
}

/// Reads an Annex A workbook of a named authority: by its name, its three figures at the
/// Department for Education, or its code at the Office for National Statistics.
///
/// # Errors
/// As [`read`].
pub fn read_for(
    authority: Option<&str>,
    bytes: &[u8],
    as_at: Date,
    limits: &Limits,
) -> Result<Reading<CaseLine>, NotReadable> {
    let read = read_files(authority, &[("", bytes)], as_at, limits)?;
    let problems = read.source.problems;
    Ok(Reading { rows: read.records, problems, account: read.account })
}

/// Annex A as one source among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnexA {
    /// The open records, all lists put together, by reference.
    pub records: Vec<CaseLine>,
    /// Records of which something is told and nothing is open, for rules that look back: without a
    /// need, and by reference.
    pub closed: Vec<CaseLine>,
    /// What became of the sheets, and the open records in numbers.
    pub account: Account,
    /// What each list says of each child, with every problem.
    pub source: SourceReading,
}

/// Reads Annex A from a workbook, from its lists as delimited text, one file each, or from both.
/// Each file is a name, for problems to say, and its bytes.
///
/// # Errors
/// Only when a file cannot be read at all, or none of them has a list of Annex A in it.
pub fn read_files(
    authority: Option<&str>,
    files: &[(&str, &[u8])],
    as_at: Date,
    limits: &Limits,
) -> Result<AnnexA, NotReadable> {
    let sheets = sheets::read(files, as_at, limits)?;
    Ok(tally::records(sheets, authority, as_at))
}
