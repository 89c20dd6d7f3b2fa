//! How long something may take: so many working days, days, weeks or months.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::refusal::Refusal;

/// What a limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Days that are neither a weekend nor a bank holiday.
    WorkingDays,
    /// Days of the calendar.
    Days,
    /// Seven days each.
    Weeks,
    /// Months of the calendar, counted back from the day of the check.
    Months,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 4] = [Self::WorkingDays, Self::Days, Self::Weeks, Self::Months];

    /// `working_days`, `days`, `weeks` or `months`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WorkingDays => "working_days",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
        }
    }

    /// The unit with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }

    /// The unit in words, for one or for several.
    pub const fn words(self, count: i64) -> &'static str {
        match (self, count) {
            (Self::WorkingDays, 1) => "working day",
            (Self::WorkingDays, _) => "working days",
            (Self::Days, 1) => "day",
            (Self::Days, _) => "days",
            (Self::Weeks, 1) => "week",
            (Self::Weeks, _) => "weeks",
            (Self::Months, 1) => "month",
            (Self::Months, _) => "months",
        }
    }
}

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Limit {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

impl Limit {
    /// The most that a limit may be, in any unit: three years of days.
    pub const MOST: u16 = 1100;

    /// A limit of so many.
    ///
    /// # Errors
    /// Refuses none at all, and more than [`Self::MOST`].
    pub fn new(count: u16, unit: Unit) -> Result<Self, Refusal> {
        if (1..=Self::MOST).contains(&count) {
            Ok(Self { count, unit })
        } else {
            Err(Refusal::because(format!("Give a limit as a number from 1 to {}.", Self::MOST)))
        }
    }

    /// Whether more than the limit has gone by, with the first day as day zero. A working day is
    /// taken as a weekday: where bank holidays matter, [`super::elapsed`] counts.
    pub fn is_over(self, from: Date, until: Date) -> bool {
        let count = i64::from(self.count);
        let earliest = match self.unit {
            Unit::Days => until.saturating_sub(count.days()),
            Unit::Weeks => until.saturating_sub(count.weeks()),
            Unit::Months => until.saturating_sub(count.months()),
            Unit::WorkingDays => {
                let mut day = until;
                let mut left = count;
                while left > 0 && day > from {
                    left -= i64::from(day.weekday().to_monday_one_offset() <= 5);
                    day = day.saturating_sub(1.day());
                }
                day
            }
        };
        from < earliest
    }

    /// A limit as a rule file writes it: *20 working days*.
    ///
    /// # Errors
    /// Refuses anything but a number and one of the four units.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let malformed = || {
            Refusal::because(format!(
                "“{text}” is not a limit. Write it as 20 working days, 42 days, 6 weeks or 3 months."
            ))
        };
        let (count, unit) = text.trim().split_once(' ').ok_or_else(malformed)?;
        let count: u16 = count.parse().map_err(|_| malformed())?;
        let is_named = |it: &Unit| [it.words(1), it.words(2)].contains(&unit.trim());
        let unit = Unit::ALL.into_iter().find(is_named).ok_or_else(malformed)?;
        Self::new(count, unit)
    }
}

/// *20 working days*.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit.words(self.count.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_read_as_it_is_written() {
        for unit in Unit::ALL {
            assert_eq!(Unit::from_code(unit.code()), Some(unit));
            for count in [1, 20] {
                let limit = Limit { count, unit };
                assert_eq!(Limit::parse(&limit.to_string()), Ok(limit));
            }
        }
    }

    #[test]
    fn what_is_not_a_limit_is_refused() {
        for text in ["", "20", "working days", "0 days", "1101 days", "20 years", "-1 days"] {
            assert!(Limit::parse(text).is_err(), "{text}");
        }
    }
}
