//! The inspection pack: what was audited, found, done and promised over any period, in one document.

mod audits;
mod standing;

use jiff::civil::Date;
use quarterlight_domain::figures::QuarterFigures;

use crate::builder::{DocumentBuilder, Unfinished};
use crate::document::{Cover, Document};
use crate::quarterly::MARKING;
use crate::words::{day_in_words, list};

/// How many quarters one pack can hold: five years.
pub const MOST_QUARTERS: usize = 20;

/// A report that was released in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// What it is called.
    pub title: String,
    /// The day on which it was released.
    pub on: Date,
    /// SHA-256 of what was kept, as the journal has it.
    pub digest: String,
}

/// The pack over these quarters, the earliest first, each counted for all services.
///
/// # Errors
/// `Unfinished` where there is no quarter, more than [`MOST_QUARTERS`], or a part of it would not
/// reach every reader.
pub fn pack(quarters: &[QuarterFigures], released: &[Released]) -> Result<Document, Unfinished> {
    let (Some(first), Some(last)) = (quarters.first(), quarters.last()) else {
        return Err(Unfinished("it is about no quarter".to_owned()));
    };
    if quarters.len() > MOST_QUARTERS {
        return Err(Unfinished(format!("it is about more than {MOST_QUARTERS} quarters")));
    }
    let (from, until) = (first.quarter.first_day(), last.quarter.last_day());
    let period = format!("{} to {}", day_in_words(from), day_in_words(until));
    let mut document = DocumentBuilder::new(Cover {
        authority: last.authority.clone(),
        title: "Inspection pack".to_owned(),
        subtitle: format!("All services, {period}"),
        as_at: format!("Figures counted on {}", day_in_words(last.counted_on)),
        marking: MARKING.to_owned(),
    });
    contents(&mut document, &period);
    audits::looked_at(&mut document, quarters);
    audits::found(&mut document, quarters);
    audits::believed(&mut document, quarters);
    standing::findings(&mut document, quarters);
    standing::covered(&mut document, last);
    standing::filing(&mut document, quarters);
    standing::promised(&mut document, last);
    standing::released(&mut document, released);
    document.finish()
}

fn contents(document: &mut DocumentBuilder, period: &str) {
    document.section("What this pack holds");
    document.paragraph(format!(
        "This pack is for inspectors and for those who answer to them. It gives, for {period} and \
         for all services, {}.",
        list(&[
            "which records were audited and by whom",
            "what was found",
            "how far grades can be believed",
            "what became of every finding",
            "who audits which records",
            "how records are filed",
            "what the committee is promised at the end of it",
            "which reports were released",
        ])
    ));
    document.paragraph(
        "Every figure was counted from the audits themselves on the day on the cover. The reports \
         that were released in the period are kept as they were; the last section says how each \
         can be known again. Nothing here names a child; of those who work here it names only those \
         who owe the committee a reply.",
    );
}
