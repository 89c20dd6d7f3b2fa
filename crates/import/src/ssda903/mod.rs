//! The return on children looked after, SSDA903: a set of CSV tables, or the same as one XML file.
//!
//! It says who is in care, since when, in which placements and with which reviews; who is an
//! unaccompanied child, who has left care, and, since 2023-24, which worker held the record. Where a
//! child is placed it gives as a postcode only, which is not read. Each table is known by its
//! headings, in any order, with columns too many or too few.

mod care;
mod child;
mod entry;
mod gathered;
mod table;
mod text;
mod xml;

use jiff::civil::Date;

use crate::limits::Limits;
use crate::not_readable::{NotAReturn, NotReadable};
use crate::reading::SourceReading;
use crate::return_values::Dates;
use crate::xml_notes::refused;
use crate::xml_text;
use gathered::Gathered;

pub use table::Table;

/// What the files should be.
const WHAT: &str = "an SSDA903 return";

/// True if a file begins as an SSDA903 return in XML does, or has the headings of one of its tables.
pub fn is_one(bytes: &[u8], limits: &Limits) -> bool {
    xml_text::begins_with(bytes, "EXPSSDA903", None) || text::table_of(bytes, limits).is_some()
}

/// Reads the files of a return, each with its name, as at a day.
///
/// That care has ended says nothing of other services, which may go on. Care and placements whose beginning is before the return are known to go on, and not
/// since when.
///
/// # Errors
/// Only when no file has a table of the return, or one is harmful or too large. A file that is no
/// table, a table that is missing and a row that cannot be used are said, and the reading goes on.
pub fn read(
    files: &[(&str, &[u8])],
    as_at: Date,
    limits: &Limits,
) -> Result<SourceReading, NotReadable> {
    let mut gathered = Gathered::new(Dates::new(as_at));
    let mut refusals = Vec::new();
    for (name, bytes) in files {
        if let Err(why) = text::known_or_xml(bytes, limits).and_then(|is_xml| {
            if is_xml {
                xml::read(name, bytes, limits, &mut gathered).map_err(|why| refused(why, WHAT))
            } else {
                text::read(name, bytes, limits, &mut gathered)
            }
        }) {
            gathered.not_used(name, why.to_string());
            refusals.push(why);
        }
    }
    if gathered.has_tables() {
        return Ok(gathered.finish());
    }
    Err(refusals.into_iter().next().unwrap_or_else(|| {
        let how = "no file has the headings of one of its tables".to_owned();
        NotAReturn::Another { expected: WHAT, how }.into()
    }))
}
