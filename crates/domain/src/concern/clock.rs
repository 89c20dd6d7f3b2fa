//! By when a concern must be acknowledged, and who is told when if it is not.

use jiff::civil::{Date, DateTime, Time, date, time};
use jiff::{Timestamp, ToSpan};

use crate::person::Role;
use crate::stamp::{moment_in_england, wall_clock_in_england};
use crate::timescale::working_days::BankHolidays;

/// The rules of the clock, from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockRules {
    /// The first day on which they hold.
    pub from: Date,
    /// When a working day begins.
    pub opens: Time,
    /// When it ends, and with it the time to acknowledge what was raised on it.
    pub closes: Time,
    /// By when on the next working day something raised out of hours is acknowledged.
    pub next_day: Time,
    /// How many working hours later the last are told.
    pub then_hours: i8,
}

/// The rules there have been, the latest last.
pub const RULES: [ClockRules; 1] = [ClockRules {
    from: date(2026, 1, 1),
    opens: time(9, 0, 0, 0),
    closes: time(17, 0, 0, 0),
    next_day: time(12, 0, 0, 0),
    then_hours: 2,
}];

/// Who is told, in the order in which they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The service managers of the place, at once.
    ServiceManagers,
    /// Its senior managers, when nobody acknowledged in time; at once if nobody was reached.
    SeniorManagers,
    /// The quality lead and every senior manager of the authority, if still nobody did.
    Authority,
}

impl Level {
    /// Every level, in order.
    pub const ALL: [Self; 3] = [Self::ServiceManagers, Self::SeniorManagers, Self::Authority];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ServiceManagers => "service-managers",
            Self::SeniorManagers => "senior-managers",
            Self::Authority => "authority",
        }
    }

    /// The roles that are told.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::ServiceManagers => &[Role::ServiceManager],
            Self::SeniorManagers => &[Role::SeniorManager],
            Self::Authority => &[Role::QualityLead, Role::SeniorManager],
        }
    }
}

/// The clock of one concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// When it was raised.
    pub raised: Timestamp,
    /// The last moment at which it is acknowledged in time.
    pub due: Timestamp,
    /// When the senior managers are told.
    pub senior: Timestamp,
    /// When the quality lead and the whole authority's senior managers are told.
    pub authority: Timestamp,
}

impl Clock {
    /// The clock of a concern that was raised then, by the rules of that day.
    ///
    /// A bank holiday of a year that is not kept counts as a working day: the clock then ends too
    /// soon, which does no harm, and never too late.
    pub fn of(raised: Timestamp, reached: bool, holidays: &BankHolidays) -> Self {
        let rules = rules_on(wall_clock_in_england(raised).date());
        let shown = wall_clock_in_england(raised);
        let due = if works(shown.date(), holidays) && shown.time() < rules.closes {
            shown.date().to_datetime(rules.closes)
        } else {
            next(shown.date(), holidays).to_datetime(rules.next_day)
        };
        let last = after(due, rules, holidays);
        let due = moment_in_england(due);
        let senior = if reached { due } else { raised };
        Self { raised, due, senior, authority: moment_in_england(last) }
    }

    /// When this level is told.
    pub const fn told_at(&self, level: Level) -> Timestamp {
        match level {
            Level::ServiceManagers => self.raised,
            Level::SeniorManagers => self.senior,
            Level::Authority => self.authority,
        }
    }

    /// The levels that must have been told by now, while nobody has acknowledged.
    pub fn told_by(&self, now: Timestamp) -> Vec<Level> {
        Level::ALL.into_iter().filter(|level| self.told_at(*level) <= now).collect()
    }
}

/// The rules of the clock in words, as the page states them.
pub const IN_WORDS: &str = "A concern raised before 5pm on a working day is acknowledged by 5pm that \
     day. One raised later, or on no working day, is told by voice to the out-of-hours duty and \
     acknowledged by noon on the next working day. The service managers are told at once; the \
     senior managers when that time is over, or at once if nobody was reached; the quality lead and \
     every senior manager two working hours after that time.";

fn rules_on(day: Date) -> ClockRules {
    let [first] = RULES;
    RULES.into_iter().rfind(|rules| rules.from <= day).unwrap_or(first)
}

fn works(day: Date, holidays: &BankHolidays) -> bool {
    day.weekday().to_monday_one_offset() <= 5 && !holidays.days().contains(&day)
}

fn next(day: Date, holidays: &BankHolidays) -> Date {
    let mut next = day.saturating_add(1.day());
    while !works(next, holidays) && next < Date::MAX {
        next = next.saturating_add(1.day());
    }
    next
}

/// So many working hours after a moment that is within a working day or at its end.
fn after(due: DateTime, rules: ClockRules, holidays: &BankHolidays) -> DateTime {
    let wait = i64::from(rules.then_hours).hours();
    let same_day = due.saturating_add(wait);
    if same_day.date() == due.date() && same_day.time() <= rules.closes {
        return same_day;
    }
    let over = due.time().until(rules.closes).map_or(0, |left| i64::from(left.get_hours()));
    let rest = (i64::from(rules.then_hours) - over).hours();
    next(due.date(), holidays).to_datetime(rules.opens).saturating_add(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timescale::examples::england;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_by_table() {
        // Raised, due, told to the authority; all in universal time.
        for (raised, due, authority) in [
            // A Tuesday in winter, before, in and at the end of the hours.
            ("2026-11-24T03:00:00Z", "2026-11-24T17:00:00Z", "2026-11-25T11:00:00Z"),
            ("2026-11-24T16:59:59Z", "2026-11-24T17:00:00Z", "2026-11-25T11:00:00Z"),
            ("2026-11-24T17:00:00Z", "2026-11-25T12:00:00Z", "2026-11-25T14:00:00Z"),
            // A Friday evening, a Saturday and a Sunday end on Monday.
            ("2026-11-27T18:00:00Z", "2026-11-30T12:00:00Z", "2026-11-30T14:00:00Z"),
            ("2026-11-28T09:00:00Z", "2026-11-30T12:00:00Z", "2026-11-30T14:00:00Z"),
            ("2026-11-29T23:59:00Z", "2026-11-30T12:00:00Z", "2026-11-30T14:00:00Z"),
            // Maundy Thursday in summer time, after hours: Tuesday after Easter.
            ("2026-04-02T15:59:00Z", "2026-04-02T16:00:00Z", "2026-04-07T10:00:00Z"),
            ("2026-04-02T16:00:00Z", "2026-04-07T11:00:00Z", "2026-04-07T13:00:00Z"),
            ("2026-04-03T10:00:00Z", "2026-04-07T11:00:00Z", "2026-04-07T13:00:00Z"),
            // The Saturday before the clocks go forward, and the one before they go back.
            ("2026-03-28T20:00:00Z", "2026-03-30T11:00:00Z", "2026-03-30T13:00:00Z"),
            ("2026-10-24T20:00:00Z", "2026-10-26T12:00:00Z", "2026-10-26T14:00:00Z"),
        ] {
            let clock = Clock::of(at(raised), true, &england());
            assert_eq!((clock.due, clock.authority), (at(due), at(authority)), "{raised}");
            assert_eq!(clock.senior, clock.due, "{raised}");
        }
    }

    #[test]
    fn at_any_minute_of_two_weeks_with_easter_and_summer_time_the_clock_runs_forward() {
        let mut raised = at("2026-03-27T00:00:00Z");
        let mut before = Clock::of(raised, true, &england()).due;
        while raised < at("2026-04-09T00:00:00Z") {
            let clock = Clock::of(raised, true, &england());
            assert!(raised < clock.due && clock.due < clock.authority, "{raised}");
            assert!(before <= clock.due, "raised later is never due sooner: {raised}");
            let due = wall_clock_in_england(clock.due);
            assert!(works(due.date(), &england()), "{raised}");
            let same = due.date() == wall_clock_in_england(raised).date();
            assert_eq!(due.hour(), if same { 17 } else { 12 }, "{raised}");
            before = clock.due;
            raised = raised.saturating_add(1.minute()).unwrap();
        }
    }

    #[test]
    fn who_was_told_follows_from_the_times_alone() {
        let raised = at("2026-11-24T10:00:00Z");
        let clock = Clock::of(raised, true, &england());
        assert_eq!(clock.told_by(raised), [Level::ServiceManagers]);
        assert_eq!(clock.told_by(at("2026-11-24T16:59:59Z")).len(), 1);
        assert_eq!(clock.told_by(at("2026-11-24T17:00:00Z")).len(), 2);
        assert_eq!(clock.told_by(at("2026-11-25T11:00:00Z")), Level::ALL);
        let alone = Clock::of(raised, false, &england());
        assert_eq!(alone.told_by(raised).len(), 2, "nobody was reached: senior managers at once");
    }

    #[test]
    fn the_words_say_the_rules_that_are_kept() {
        let [rules] = RULES;
        assert_eq!((rules.closes.hour(), rules.next_day.hour(), rules.then_hours), (17, 12, 2));
        for words in ["5pm", "noon", "two working hours"] {
            assert!(IN_WORDS.contains(words));
        }
    }
}
