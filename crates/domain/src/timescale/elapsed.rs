//! How long something has taken by a day, against a limit and by a rule's way of counting.

use jiff::civil::{Date, DateDifference};
use jiff::{ToSpan, Unit as Of};

use super::limit::{Limit, Unit};
use super::working_days::{BankHolidays, Counting, FirstDay, Unkept};

/// How long something has taken, beside its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// The day from which it is counted.
    pub from: Date,
    /// The day to which it is counted.
    pub until: Date,
    /// How many of the limit's own units; weeks are counted in days, and months are whole ones.
    pub count: i64,
    /// True if that is more than the limit.
    pub over: bool,
    /// What it may take.
    pub limit: Limit,
}

impl Elapsed {
    /// Counts from one day to another.
    ///
    /// # Errors
    /// A year whose bank holidays are not kept, where working days are counted.
    pub fn count(
        (from, until): (Date, Date),
        limit: Limit,
        counting: Counting,
        holidays: &BankHolidays,
    ) -> Result<Self, Unkept> {
        let most = i64::from(limit.count);
        let (count, over) = match limit.unit {
            Unit::WorkingDays => {
                let count = holidays.between(from, until, counting)?;
                (count, count > most)
            }
            Unit::Days => {
                let count = days(from, until, counting);
                (count, count > most)
            }
            Unit::Weeks => {
                let count = days(from, until, counting);
                (count, count > 7 * most)
            }
            Unit::Months => {
                let step = DateDifference::new(until).smallest(Of::Month).largest(Of::Month);
                let whole = from.until(step).map_or(0, |span| i64::from(span.get_months()));
                (whole, from < months_before(until, limit.count, counting))
            }
        };
        Ok(Self { from, until, count, over, limit })
    }

    /// How long it took, in words: *34 working days*, *6 months and 3 days*.
    pub fn words(&self) -> String {
        let unit = match self.limit.unit {
            Unit::Weeks => Unit::Days,
            unit => unit,
        };
        let count = format!("{} {}", self.count, unit.words(self.count));
        if unit != Unit::Months {
            return count;
        }
        let rest = (self.until - self.from.saturating_add(self.count.months())).get_days();
        let days = |rest: i32| format!("{rest} {}", Unit::Days.words(rest.into()));
        match (self.count, rest) {
            (0, rest) => days(rest),
            (_, 0) => count,
            (_, rest) => format!("{count} and {}", days(rest)),
        }
    }
}

/// The last day on which something that began on this day is not over its limit.
///
/// # Errors
/// A year whose bank holidays are not kept, where working days are counted.
pub fn due(
    from: Date,
    limit: Limit,
    counting: Counting,
    holidays: &BankHolidays,
) -> Result<Date, Unkept> {
    let first = match counting.first_day {
        FirstDay::Zero => from,
        FirstDay::One => from.saturating_sub(1.day()),
    };
    Ok(match limit.unit {
        Unit::WorkingDays => holidays.due(from, limit.count, counting)?,
        Unit::Days => first.saturating_add(i64::from(limit.count).days()),
        Unit::Weeks => first.saturating_add(i64::from(limit.count).weeks()),
        Unit::Months => {
            // Months are of different lengths, so that counting back can allow up to three days
            // more than counting on does: from 30 November, three months are over on 1 March.
            let mut due = first.saturating_add(i64::from(limit.count).months());
            loop {
                let next = due.saturating_add(1.day());
                if next == due || from < months_before(next, limit.count, counting) {
                    return Ok(due);
                }
                due = next;
            }
        }
    })
}

fn days(from: Date, until: Date, counting: Counting) -> i64 {
    let days = i64::from((until - from).get_days());
    match counting.first_day {
        FirstDay::Zero => days,
        FirstDay::One => days + 1,
    }
}

/// The earliest day that is not too long ago: so many months before.
fn months_before(day: Date, months: u16, counting: Counting) -> Date {
    let back = day.saturating_sub(i64::from(months).months());
    match counting.first_day {
        FirstDay::Zero => back,
        FirstDay::One => back.saturating_add(1.day()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::examples::england;
    use super::*;

    fn over(from: Date, until: Date, limit: &str) -> bool {
        let limit = Limit::parse(limit).unwrap();
        let counting = Counting::default();
        Elapsed::count((from, until), limit, counting, &england()).unwrap().over
    }

    #[test]
    fn over_means_more_than_the_limit_and_not_as_much_as_it() {
        let until = date(2026, 3, 31);
        assert!(!over(date(2026, 2, 17), until, "42 days"));
        assert!(over(date(2026, 2, 16), until, "42 days"));
        assert!(!over(date(2026, 2, 17), until, "6 weeks"));
        assert!(over(date(2026, 2, 16), until, "6 weeks"));
        assert!(!over(date(2025, 9, 30), until, "6 months"));
        assert!(over(date(2025, 9, 29), until, "6 months"));
        assert!(!over(date(2026, 3, 3), until, "20 working days"));
        assert!(over(date(2026, 3, 2), until, "20 working days"));
    }

    #[test]
    fn the_due_day_is_the_last_that_is_not_over_in_every_unit() {
        let mut from = date(2025, 1, 1);
        while from < date(2026, 6, 1) {
            for limit in ["20 working days", "42 days", "6 weeks", "3 months", "1 months"] {
                for first_day in [FirstDay::Zero, FirstDay::One] {
                    let counting = Counting { first_day, bank_holidays_count: false };
                    let parsed = Limit::parse(limit).unwrap();
                    let due = due(from, parsed, counting, &england()).unwrap();
                    let over = |until| {
                        let span = (from, until);
                        Elapsed::count(span, parsed, counting, &england()).unwrap().over
                    };
                    assert!(!over(due), "{from} {limit} {due}");
                    assert!(over(due.saturating_add(1.day())), "{from} {limit} {due}");
                }
            }
            from = from.saturating_add(1.day());
        }
    }

    #[test]
    fn the_time_taken_is_said_in_the_unit_of_the_rule() {
        let words = |from, limit| {
            let limit = Limit::parse(limit).unwrap();
            let span = (from, date(2026, 3, 31));
            Elapsed::count(span, limit, Counting::default(), &england()).unwrap().words()
        };
        assert_eq!(words(date(2026, 2, 16), "6 weeks"), "43 days");
        assert_eq!(words(date(2026, 3, 2), "20 working days"), "21 working days");
        assert_eq!(words(date(2025, 9, 28), "6 months"), "6 months and 3 days");
        assert_eq!(words(date(2025, 9, 30), "6 months"), "6 months and 1 day");
        assert_eq!(words(date(2026, 3, 30), "6 months"), "1 day");
    }
}
