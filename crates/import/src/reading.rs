//! What comes of reading a file: the rows that can be used, the problems, and an account of the rest.

use quarterlight_domain::source::Source;

use crate::account::Account;
use crate::annex_a;
use crate::problem::Problem;

/// What a file said, together with everything in it that could not be used.
///
/// Reading never stops half-way: a row that cannot be used becomes a problem, and the next row is
/// read. Only a file that is no workbook at all is refused, as a [`crate::NotReadable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// What can be used, one for each open record, by reference.
    pub rows: Vec<T>,
    /// What was wrong, in the order of the sheets, rows and columns.
    pub problems: Vec<Problem>,
    /// Where every sheet and every row went.
    pub account: annex_a::Account,
}

/// What the files of one source say, together with everything in them that could not be used.
///
/// As with [`Reading`], a row that cannot be used becomes a problem, and the next row is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReading {
    /// What can be used: lists, records as each list saw them, workers.
    pub source: Source,
    /// What was wrong, in the order of the files, sheets, rows and columns.
    pub problems: Vec<Problem>,
    /// Where every row of every list of every file went.
    pub account: Account,
}
