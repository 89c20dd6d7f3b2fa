//! Quarters of the year, as councils count them.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::refusal::Refusal;

/// Three months of a calendar year. Quarter 1 begins on 1 January.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    number: i8,
}

impl Quarter {
    /// The quarter with this number in this year.
    ///
    /// # Errors
    /// Refuses a number other than 1 to 4 and a year outside 2000 to 2199.
    pub fn new(year: i16, number: i8) -> Result<Self, Refusal> {
        if !(1..=4).contains(&number) || !(2000..=2199).contains(&year) {
            return Err(Refusal::because(
                "Give a quarter as 2026-Q4: a year and a number from 1 to 4.",
            ));
        }
        Ok(Self { year, number })
    }

    /// The quarter that a day falls in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: (day.month() - 1) / 3 + 1 }
    }

    /// The calendar year that it belongs to.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        date(self.year, (self.number - 1) * 3 + 1, 1)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().saturating_add(3.months()).saturating_sub(1.day())
    }

    /// The quarter before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.first_day().saturating_sub(1.day()))
    }

    /// The quarter after.
    #[must_use]
    pub fn after(self) -> Self {
        Self::of(self.last_day().saturating_add(1.day()))
    }

    /// The quarter in words: *October to December 2026*.
    pub fn words(self) -> String {
        let months = match self.number {
            1 => "January to March",
            2 => "April to June",
            3 => "July to September",
            _ => "October to December",
        };
        format!("{months} {}", self.year)
    }
}

/// `2026-Q4`.
impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

impl std::str::FromStr for Quarter {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let malformed =
            || Refusal::because(format!("“{text}” is not a quarter. Give it as 2026-Q4."));
        let (year, number) = text.split_once("-Q").ok_or_else(malformed)?;
        Self::new(year.parse().map_err(|_| malformed())?, number.parse().map_err(|_| malformed())?)
    }
}

/// The day that is so many working days later. Saturdays and Sundays do not count.
///
/// Bank holidays are not known here yet: they come, dated and sourced, with the rules on timescales.
pub fn working_days_after(day: Date, count: u16) -> Date {
    let mut day = day;
    let mut left = count;
    while left > 0 {
        day = day.saturating_add(1.day());
        if day.weekday().to_monday_one_offset() <= 5 {
            left -= 1;
        }
    }
    day
}

/// A day in words: *3 May 2026*.
pub fn day_in_words(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index));
    format!("{} {} {}", day.day(), month.copied().unwrap_or_default(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_knows_its_days_and_its_neighbours() {
        let quarter: Quarter = "2026-Q4".parse().unwrap();
        assert_eq!(quarter.first_day(), date(2026, 10, 1));
        assert_eq!(quarter.last_day(), date(2026, 12, 31));
        assert_eq!(quarter.before().to_string(), "2026-Q3");
        assert_eq!(quarter.after().to_string(), "2027-Q1");
        assert_eq!(Quarter::of(date(2026, 12, 31)), quarter);
        assert_eq!(quarter.words(), "October to December 2026");
    }

    #[test]
    fn what_is_not_a_quarter_is_refused_in_words() {
        for text in ["", "2026", "2026-Q5", "2026-Q0", "Q4-2026", "1999-Q1"] {
            assert!(text.parse::<Quarter>().is_err(), "{text}");
        }
    }

    #[test]
    fn working_days_step_over_the_weekend() {
        let friday = date(2026, 11, 20);
        assert_eq!(working_days_after(friday, 1), date(2026, 11, 23));
        assert_eq!(working_days_after(friday, 10), date(2026, 12, 4));
        assert_eq!(working_days_after(friday, 0), friday);
    }

    #[test]
    fn a_day_is_written_as_people_write_it() {
        assert_eq!(day_in_words(date(2026, 5, 3)), "3 May 2026");
    }
}
