//! Working days of England: no weekend, and no bank holiday of the years that are kept.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::refusal::Refusal;

/// The bank holidays of one country, for the years that are kept and no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHolidays {
    /// Whose they are: *England*.
    pub place: String,
    /// Where they were published.
    pub source: String,
    /// What the list does not have, in words.
    pub limits: String,
    first_year: i16,
    last_year: i16,
    /// In order, each once.
    days: Vec<Date>,
}

/// A year whose bank holidays are not kept, so that its working days are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unkept(pub i16);

/// What the first day counts as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FirstDay {
    /// The day of the event is day zero: the next one is the first that counts.
    #[default]
    Zero,
    /// The day of the event counts as day one.
    One,
}

/// How days are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counting {
    /// What the first day counts as.
    pub first_day: FirstDay,
    /// True if a bank holiday on a weekday counts as a working day.
    pub bank_holidays_count: bool,
}

impl BankHolidays {
    /// The bank holidays of the years from `first_year` to `last_year`, both included.
    ///
    /// # Errors
    /// Refuses a span that ends before it begins, a day outside it, and a year without any: a list
    /// that stops half-way would be taken for a year of work without holidays.
    pub fn new(
        place: &str,
        source: &str,
        limits: &str,
        (first_year, last_year): (i16, i16),
        mut days: Vec<Date>,
    ) -> Result<Self, Refusal> {
        days.sort_unstable();
        days.dedup();
        if let Some(day) = days.iter().find(|day| !(first_year..=last_year).contains(&day.year())) {
            return Err(Refusal::because(format!(
                "The bank holiday {day} is outside the years {first_year} to {last_year}."
            )));
        }
        if first_year > last_year {
            return Err(Refusal::because(format!(
                "The bank holidays cannot be kept from {first_year} to {last_year}."
            )));
        }
        let empty =
            (first_year..=last_year).find(|year| !days.iter().any(|day| day.year() == *year));
        if let Some(year) = empty {
            return Err(Refusal::because(format!("There is no bank holiday for {year}.")));
        }
        let (place, source, limits) = (place.to_owned(), source.to_owned(), limits.to_owned());
        Ok(Self { place, source, limits, first_year, last_year, days })
    }

    /// The first and the last year that are kept.
    pub fn years(&self) -> (i16, i16) {
        (self.first_year, self.last_year)
    }

    /// Every bank holiday, in order.
    pub fn days(&self) -> &[Date] {
        &self.days
    }

    /// How many working days there are from one day to another.
    ///
    /// # Errors
    /// A year between them whose bank holidays are not kept, unless they count anyway.
    pub fn between(&self, from: Date, until: Date, counting: Counting) -> Result<i64, Unkept> {
        let after = match counting.first_day {
            FirstDay::Zero => from,
            FirstDay::One => from.saturating_sub(1.day()),
        };
        if until <= after {
            return Ok(0);
        }
        let weekdays = weekdays_to(until) - weekdays_to(after);
        if counting.bank_holidays_count {
            return Ok(weekdays);
        }
        self.keeps(after.saturating_add(1.day()))?;
        self.keeps(until)?;
        let before = |day: Date| self.days.partition_point(|holiday| *holiday <= day);
        let between = self.days.get(before(after)..before(until)).unwrap_or_default();
        let on_weekdays = between.iter().filter(|day| is_weekday(**day)).count();
        Ok(weekdays - i64::try_from(on_weekdays).unwrap_or(i64::MAX))
    }

    /// The last day on which no more than so many working days have gone by.
    ///
    /// # Errors
    /// A year on the way whose bank holidays are not kept, unless they count anyway.
    pub fn due(&self, from: Date, count: u16, counting: Counting) -> Result<Date, Unkept> {
        let mut day = from;
        loop {
            let next = day.saturating_add(1.day());
            if next == day || self.between(from, next, counting)? > i64::from(count) {
                return Ok(day);
            }
            day = next;
        }
    }

    fn keeps(&self, day: Date) -> Result<(), Unkept> {
        if (self.first_year..=self.last_year).contains(&day.year()) {
            Ok(())
        } else {
            Err(Unkept(day.year()))
        }
    }
}

fn is_weekday(day: Date) -> bool {
    day.weekday().to_monday_one_offset() <= 5
}

/// How many days from Monday to Friday there are up to this day, from a Monday long ago.
fn weekdays_to(day: Date) -> i64 {
    // 1 January of the year 1 is a Monday in the calendar that dates are counted in.
    let first = jiff::civil::date(1, 1, 1);
    let days = i64::from((day - first).get_days()) + 1;
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::examples::england;
    use super::*;

    const ZERO: Counting = Counting { first_day: FirstDay::Zero, bank_holidays_count: false };

    #[test]
    fn the_day_of_the_event_is_zero_or_one_as_the_rule_says() {
        let (friday, monday) = (date(2026, 3, 13), date(2026, 3, 16));
        let one = Counting { first_day: FirstDay::One, ..ZERO };
        assert_eq!(england().between(friday, monday, ZERO), Ok(1));
        assert_eq!(england().between(friday, monday, one), Ok(2));
        assert_eq!(england().between(friday, friday, ZERO), Ok(0));
        assert_eq!(england().between(friday, friday, one), Ok(1));
        // A Saturday does not become a working day by being the first.
        assert_eq!(england().between(date(2026, 3, 14), monday, one), Ok(1));
    }

    #[test]
    fn a_bank_holiday_is_left_out_unless_the_rule_counts_it() {
        let (thursday, tuesday) = (date(2026, 4, 2), date(2026, 4, 7));
        let counted = Counting { bank_holidays_count: true, ..ZERO };
        assert_eq!(england().between(thursday, tuesday, ZERO), Ok(1));
        assert_eq!(england().between(thursday, tuesday, counted), Ok(3));
    }

    #[test]
    fn counting_by_arithmetic_is_counting_by_walking() {
        let mut until = date(2025, 12, 1);
        let from = until;
        let mut walked = 0;
        while until < date(2026, 12, 31) {
            assert_eq!(england().between(from, until, ZERO), Ok(walked), "{until}");
            until = until.saturating_add(1.day());
            let holiday = england().days().contains(&until);
            walked += i64::from(is_weekday(until) && !holiday);
        }
    }

    #[test]
    fn a_year_that_is_not_kept_is_said_and_not_guessed() {
        let (old, new) = (date(2024, 12, 30), date(2026, 1, 5));
        assert_eq!(england().between(old, new, ZERO), Err(Unkept(2024)));
        assert_eq!(england().between(new, date(2028, 1, 1), ZERO), Err(Unkept(2028)));
        let counted = Counting { bank_holidays_count: true, ..ZERO };
        assert!(england().between(old, new, counted).is_ok());
        // The last day of a year that is not kept is day zero: no day of that year is counted.
        assert!(england().between(date(2024, 12, 31), new, ZERO).is_ok());
    }

    #[test]
    fn the_due_day_is_the_last_that_is_not_late() {
        let from = date(2026, 4, 2);
        let due = england().due(from, 20, ZERO).unwrap();
        assert_eq!(england().between(from, due, ZERO), Ok(20));
        assert_eq!(england().between(from, due.saturating_add(1.day()), ZERO), Ok(21));
    }

    #[test]
    fn a_list_with_a_gap_is_refused() {
        let days = vec![date(2025, 12, 25)];
        assert!(BankHolidays::new("England", "", "", (2025, 2026), days.clone()).is_err());
        assert!(BankHolidays::new("England", "", "", (2026, 2026), days.clone()).is_err());
        assert!(BankHolidays::new("England", "", "", (2025, 2025), days).is_ok());
    }
}
