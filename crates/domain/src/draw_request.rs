//! What a draw was asked to take up: so many records of a cell, at the least, and why.

use jiff::civil::Date;

use crate::cell::CellPattern;
use crate::id::DrawRequestId;
use crate::refusal::Refusal;
use crate::text::Reason;

/// The most records of one cell that a draw can be asked for.
pub const MOST: u32 = 500;

/// A request that the next cycle's draw takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawRequest {
    /// Its id.
    pub id: DrawRequestId,
    /// The cells whose records are asked for.
    pub pattern: CellPattern,
    /// How many at the least; all of them where there are fewer.
    pub at_least: u32,
    /// Why.
    pub reason: Reason,
    /// Who asked, by name; none for the server's own command line.
    pub asked_by: Option<String>,
    /// The day on which they asked.
    pub asked_on: Date,
}

/// How many records are asked for, as typed.
///
/// # Errors
/// Refuses what is not a whole number from 1 to [`MOST`].
pub fn at_least(typed: &str) -> Result<u32, Refusal> {
    let number = typed.trim().parse().ok().filter(|number| (1..=MOST).contains(number));
    number.ok_or_else(|| Refusal::because(format!("Enter a whole number from 1 to {MOST}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_asked_for_a_number_of_records() {
        assert_eq!(at_least(" 3 "), Ok(3));
        for wrong in ["", "0", "-1", "two", "501", "3.5", "99999999999"] {
            assert!(at_least(wrong).is_err(), "{wrong}");
        }
    }
}
