//! What is open to somebody by break-glass, and the banner that says so on every page.

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::access::glass::Opening;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::person::Person;
use quarterlight_domain::stamp::time_in_england;

use crate::app::App;
use crate::error::Failure;
use crate::links;

/// What is open to this person at this moment: one question more, for those alone who may break the
/// glass and do not read every record anyway.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn open_to(
    app: &App,
    person: &Person,
    (at, today): (Timestamp, Date),
) -> Result<Vec<Opening>, Failure> {
    let may = |deed| permits(person, deed, today);
    if !may(Deed::Access(AccessDeed::BreakGlass)) || may(Deed::ListRecords) {
        return Ok(Vec::new());
    }
    Ok(app.store.openings.open_to(person.id, at).await?)
}

/// *Break-glass: R-2043 is open to you until 12:30*, and where the record is.
pub fn banner(opened: &[Opening]) -> Option<(String, String)> {
    let first = opened.first()?;
    let (reference, until) = (&first.reference, time_in_england(first.until));
    let words = format!("Break-glass: record {reference} is open to you until {until}.");
    Some((words, links::record(first.record)))
}
