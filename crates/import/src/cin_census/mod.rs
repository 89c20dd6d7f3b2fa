//! The children in need census: one XML file for a year, read one child at a time.
//!
//! It has every record that was open in the year with its referral, assessments, enquiries and
//! plans, and neither worker, team, visit nor placement. Its shapes from 2017 to 2026 differ in a
//! few elements, and all are read: *Sex* or *GenderCurrent*, reviews in one block or in many, yes
//! and no in words or in figures.

mod census;
mod child;
mod period;
mod shapes;

use jiff::civil::Date;

use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::reading::SourceReading;
use crate::xml_notes::refused;
use crate::xml_text;

/// True if a file begins as a children in need census does.
pub fn is_one(bytes: &[u8]) -> bool {
    xml_text::begins_with(bytes, "Message", Some("CIN"))
}

/// Reads a census as at a day; `file` is the name to say in problems.
///
/// A record that is open with neither plan nor assessment open has no need here: the census holds
/// children in care and care leavers too, and does not say so.
///
/// # Errors
/// Only when the file is no children in need census, or is harmful or too large. Whatever is wrong
/// inside one becomes a problem, and the reading goes on.
pub fn read(
    file: &str,
    bytes: &[u8],
    as_at: Date,
    limits: &Limits,
) -> Result<SourceReading, NotReadable> {
    census::read(file, bytes, as_at, limits).map_err(|broken| refused(broken, shapes::WHAT))
}
