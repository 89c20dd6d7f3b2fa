//! Who changed something, when, and why.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::calendar::day_in_words;
use crate::id::{ApiTokenId, PersonId};

/// Who is behind a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A person who signed in.
    Person(PersonId),
    /// Somebody at the server's own command line, who is not known by name.
    Console,
    /// Another program, which showed this token.
    Token(ApiTokenId),
}

/// Goes with every change, and into the journal with it. There is no change without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Who.
    pub by: By,
    /// When, to the microsecond: the finest that both engines keep.
    pub at: Timestamp,
    /// Why: the page or command, or the reason that a person gave.
    pub why: String,
}

impl Stamp {
    /// A stamp for something that a person does.
    pub fn person(who: PersonId, at: Timestamp, why: impl Into<String>) -> Self {
        Self { by: By::Person(who), at: to_the_microsecond(at), why: why.into() }
    }

    /// A stamp for something done at the server's own command line.
    pub fn console(at: Timestamp, why: impl Into<String>) -> Self {
        Self { by: By::Console, at: to_the_microsecond(at), why: why.into() }
    }

    /// A stamp for something that another program does.
    pub fn token(token: ApiTokenId, at: Timestamp, why: impl Into<String>) -> Self {
        Self { by: By::Token(token), at: to_the_microsecond(at), why: why.into() }
    }

    /// The day on which it happened, in England.
    pub fn day(&self) -> Date {
        day_in_england(self.at)
    }
}

/// The day in England at this moment. Due dates and quarters follow the wall clock there, summer time included.
pub fn day_in_england(at: Timestamp) -> Date {
    england().to_datetime(at).date()
}

/// The time of day in England at this moment, as in *Saved at 10:42*.
pub fn time_in_england(at: Timestamp) -> String {
    let time = england().to_datetime(at).time();
    format!("{}:{:02}", time.hour(), time.minute())
}

/// The moment in words, by calendar and clock in England: *24 November 2026 at 10:14*.
pub fn moment_in_words(at: Timestamp) -> String {
    format!("{} at {}", day_in_words(day_in_england(at)), time_in_england(at))
}

/// What calendar and clock show in England at this moment.
pub fn wall_clock_in_england(at: Timestamp) -> DateTime {
    england().to_datetime(at)
}

/// The moment at which calendar and clock in England show this; the earliest there is, if none does.
pub fn moment_in_england(shown: DateTime) -> Timestamp {
    england().to_timestamp(shown).unwrap_or(Timestamp::MIN)
}

fn england() -> TimeZone {
    // The zone is in the program itself, so this never falls back; if it did, an hour in summer would be the harm.
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

fn to_the_microsecond(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_on_a_summer_evening_it_is_already_tomorrow_in_england() {
        let at: Timestamp = "2026-06-30T23:30:00Z".parse().unwrap();
        assert_eq!(day_in_england(at), jiff::civil::date(2026, 7, 1));
        assert_eq!(time_in_england(at), "0:30");
    }

    #[test]
    fn in_winter_england_keeps_utc() {
        let at: Timestamp = "2026-11-23T10:42:07Z".parse().unwrap();
        assert_eq!(time_in_england(at), "10:42");
    }
}
