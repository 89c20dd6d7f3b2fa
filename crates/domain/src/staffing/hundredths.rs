//! Numbers with two places after the point, kept whole: full-time equivalents, weights and caseloads.

use std::fmt;

use crate::refusal::Refusal;

/// A number in hundredths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(pub u32);

impl Hundredths {
    /// The most that may be entered: ten thousand.
    pub const MOST: u32 = 1_000_000;

    /// The number as typed, such as `12.5`.
    ///
    /// # Errors
    /// Refuses what is no number, more than two places after the point, and more than ten thousand.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let refuse = || {
            Refusal::because(
                "Enter a number with two places after the point at most, such as 12.5.",
            )
        };
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
        let digits = |text: &str| !text.is_empty() && text.chars().all(|it| it.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 2 {
            return Err(refuse());
        }
        let whole: u32 = whole.parse().map_err(|_| refuse())?;
        let places: u32 = format!("{part:0<2}").parse().map_err(|_| refuse())?;
        whole
            .checked_mul(100)
            .and_then(|whole| whole.checked_add(places))
            .filter(|all| *all <= Self::MOST)
            .map(Self)
            .ok_or_else(|| Refusal::because("Enter ten thousand at most."))
    }

    /// So many whole ones, divided by this number, rounded to the nearest hundredth; none by nothing.
    pub fn divide(self, whole: u32) -> Option<Self> {
        let by = u64::from(self.0);
        let hundredths = (u64::from(whole) * 20_000 + by).checked_div(by * 2)?;
        u32::try_from(hundredths).ok().map(Self)
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}"),
            _ if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_and_written_the_same() {
        for (text, written) in [("12", "12"), ("12.5", "12.5"), (" 0.05 ", "0.05"), ("7.50", "7.5")]
        {
            assert_eq!(Hundredths::parse(text).unwrap().to_string(), written);
        }
        for text in ["", "-1", "1.234", "1,5", "a", ".5", "5.", "10000.01", "99999999999"] {
            assert!(Hundredths::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_is_rounded_to_the_nearest_hundredth() {
        assert_eq!(Hundredths(300).divide(50), Some(Hundredths(1667)));
        assert_eq!(Hundredths(0).divide(50), None, "nothing is divided by no staff");
    }
}
