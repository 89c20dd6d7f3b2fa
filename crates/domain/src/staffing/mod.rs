//! Staff and the records that they hold: full-time equivalents, the trend, and an advisory protocol.

pub mod bands;
pub mod between;
pub mod census;
pub mod exceptions;
pub mod figures;
pub mod history;
pub mod hundredths;
pub mod period;
pub mod protocol;
pub mod trend;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::hex::hex;
use crate::id::PlaceId;
use crate::refusal::Refusal;
use hundredths::Hundredths;

/// The staff of one team in one month, as somebody gave it. The latest word on a month holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The team.
    pub team: PlaceId,
    /// The first day of the month.
    pub month: Date,
    /// Full-time equivalents; none where it was said that they are not known after all.
    pub full_time: Option<Hundredths>,
    /// Where the number comes from.
    pub source: String,
}

impl Staff {
    /// What somebody gives for a month.
    ///
    /// # Errors
    /// Refuses a month that has not begun, and a number without a source.
    pub fn new(
        team: PlaceId,
        month: Date,
        full_time: Option<Hundredths>,
        source: &str,
        today: Date,
    ) -> Result<Self, Refusal> {
        let month = month.first_of_month();
        if month > today {
            return Err(Refusal::because("Give a month that has begun."));
        }
        let source = source.trim();
        if source.is_empty() || source.chars().count() > 200 {
            return Err(Refusal::because(
                "Say where the number comes from, in 200 characters at most.",
            ));
        }
        Ok(Self { team, month, full_time, source: source.to_owned() })
    }
}

/// What a list of staff is known by: SHA-256 of its source and its text, so that one that comes
/// twice is kept once.
pub fn digest(source: &str, text: &str) -> String {
    hex(&Sha256::digest(format!("{source}\n{text}")))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn staff_have_a_source_and_a_month_that_has_begun() {
        let today = date(2026, 11, 23);
        let give = |month, source| Staff::new(PlaceId(1), month, None, source, today);
        assert_eq!(give(today, " Payroll ").unwrap().month, date(2026, 11, 1));
        assert!(give(date(2026, 12, 1), "Payroll").is_err());
        assert!(give(today, " ").is_err());
    }
}
