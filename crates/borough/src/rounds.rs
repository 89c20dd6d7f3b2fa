//! The five quarters, seen from today, and the moments at which people work in them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use quarterlight_domain::calendar::Quarter;

/// How many days the audits of a quarter have, from its first day.
const DAYS_TO_AUDIT: i32 = 71;

/// The least that the quarter under way must have behind it for a story to have happened. Where
/// today is in the quarter's first weeks, its list, its draw and its first audits came before it began.
const DAYS_OF_STORY: i32 = 35;

/// One quarter's round of audits.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    /// Its place among the five, from 0.
    pub number: u32,
    /// The quarter.
    pub quarter: Quarter,
    /// The day of its case list.
    pub from: Date,
    /// The day by which its audits are due.
    pub due: Date,
    /// The last day on which somebody works on its audits.
    pub until: Date,
    /// True for the one that today falls in.
    pub is_under_way: bool,
}

impl Round {
    /// The first working day, on whose morning the list is taken in and the cycle opened.
    pub fn opening(&self) -> Date {
        working(self.from)
    }

    /// The evening of the committee at which the dice are thrown.
    pub fn evening(&self) -> Date {
        working(after(self.from, 2))
    }

    /// The working day after, on whose morning the audits are assigned.
    pub fn assigning(&self) -> Date {
        working(after(self.evening(), 1))
    }

    /// The working day on which the list is read a second time, three weeks in.
    pub fn second_list(&self) -> Date {
        working(after(self.from, 20))
    }

    /// The day so many days after the case list.
    pub fn day(&self, days: u32) -> Date {
        after(self.from, days)
    }

    /// Days from the case list to the last day on which somebody works.
    pub fn length(&self) -> u32 {
        days_between(self.from, self.until)
    }
}

/// The four quarters before today's and today's own, the earliest first.
pub fn rounds(today: Date) -> Vec<Round> {
    let current = Quarter::of(today);
    let mut quarters = vec![current];
    for _ in 0..4 {
        quarters.extend(quarters.last().map(|quarter| quarter.before()));
    }
    (0..)
        .zip(quarters.into_iter().rev())
        .map(|(number, quarter)| round(number, quarter, today))
        .collect()
}

fn round(number: u32, quarter: Quarter, today: Date) -> Round {
    let first = quarter.first_day();
    let due = first.saturating_add(DAYS_TO_AUDIT.days());
    if quarter == Quarter::of(today) {
        // Nothing is written for today itself: it belongs to whoever opens the borough.
        let from = first.min(today.saturating_sub(DAYS_OF_STORY.days()));
        let until = today.saturating_sub(1.day());
        let due = due.max(quarter.last_day().min(today.saturating_add(7.days())));
        return Round { number, quarter, from, due, until, is_under_way: true };
    }
    let until = quarter.last_day();
    Round { number, quarter, from: first, due, until, is_under_way: false }
}

/// The day so many days later.
pub fn after(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}

/// The day so many days earlier.
pub fn before(day: Date, days: u32) -> Date {
    day.saturating_sub(i64::from(days).days())
}

/// Days from one day to another; 0 where the other comes first.
pub fn days_between(from: Date, to: Date) -> u32 {
    from.until(to).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
}

/// The same day, or the Monday after a weekend.
pub fn working(day: Date) -> Date {
    match day.weekday().to_monday_one_offset() {
        6 => after(day, 2),
        7 => after(day, 1),
        _ => day,
    }
}

/// So many minutes after midnight in England.
pub fn moment(day: Date, minutes: u32) -> Timestamp {
    // The zone is in the program itself; were it not, an hour in summer would be the harm.
    let england = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    let midnight = day.to_zoned(england).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp());
    midnight.saturating_add(i64::from(minutes).minutes()).unwrap_or(midnight)
}
