//! Whether something was entered in working hours, in the evening or at a weekend.

use jiff::civil::{Date, Time, time};

use crate::timescale::working_days::BankHolidays;

/// When something was entered, as far as anybody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// The day.
    pub day: Date,
    /// The time of day, where the record shows it.
    pub time: Option<Time>,
}

/// When in the week something was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hours {
    /// Between 8am and 6pm on a working day.
    Working,
    /// Before 8am or from 6pm on a working day.
    Evening,
    /// On a Saturday, a Sunday or a bank holiday.
    Weekend,
    /// On a working day, and nobody knows at what time.
    Weekday,
}

/// What counts as what, as pages state it.
pub const IN_WORDS: &str = "An evening is before 8am or from 6pm on a working day; a weekend is a \
     Saturday, a Sunday or a bank holiday.";

impl Hours {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Working, Self::Evening, Self::Weekend, Self::Weekday];

    /// When in the week this was.
    pub fn of(entered: Entered, holidays: &BankHolidays) -> Self {
        let is_weekday = entered.day.weekday().to_monday_one_offset() <= 5;
        if !is_weekday || holidays.days().contains(&entered.day) {
            return Self::Weekend;
        }
        match entered.time {
            None => Self::Weekday,
            Some(at) if at < time(8, 0, 0, 0) || at >= time(18, 0, 0, 0) => Self::Evening,
            Some(_) => Self::Working,
        }
    }

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Evening => "evening",
            Self::Weekend => "weekend",
            Self::Weekday => "weekday",
        }
    }

    /// When it was, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Working => "in working hours",
            Self::Evening => "in the evening or early morning",
            Self::Weekend => "at a weekend or on a bank holiday",
            Self::Weekday => "on a working day, at a time that is not known",
        }
    }

    /// The hours with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hours| hours.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::timescale::examples::england;

    #[test]
    fn evenings_weekends_and_bank_holidays_are_told_apart() {
        let of = |day, at: Option<(i8, i8)>| {
            let time = at.map(|(hour, minute)| time(hour, minute, 0, 0));
            Hours::of(Entered { day, time }, &england())
        };
        let tuesday = date(2026, 11, 24);
        assert_eq!(of(tuesday, Some((7, 59))), Hours::Evening);
        assert_eq!(of(tuesday, Some((8, 0))), Hours::Working);
        assert_eq!(of(tuesday, Some((17, 59))), Hours::Working);
        assert_eq!(of(tuesday, Some((18, 0))), Hours::Evening);
        assert_eq!(of(tuesday, None), Hours::Weekday, "nothing is guessed");
        assert_eq!(of(date(2026, 11, 22), None), Hours::Weekend);
        assert_eq!(of(date(2026, 5, 4), Some((11, 0))), Hours::Weekend, "a bank holiday");
    }

    #[test]
    fn every_code_is_read_back() {
        for hours in Hours::ALL {
            assert_eq!(Hours::from_code(hours.code()), Some(hours));
        }
    }
}
