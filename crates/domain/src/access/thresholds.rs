//! From where on looking is called unusual: numbers that an authority agrees, each set from its own day.

use jiff::civil::{Date, date};

use crate::refusal::Refusal;

/// The thresholds, and the day from which they hold. The next set supersedes them from its own day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// The first day on which they hold.
    pub from: Date,
    /// The hour at which work begins.
    pub opens: i8,
    /// The hour at which it ends.
    pub closes: i8,
    /// How many records within an hour are many.
    pub records_in_an_hour: usize,
    /// On how many days one record is looked at often.
    pub days_at_one_record: usize,
    /// Within how many days.
    pub period: i64,
}

/// The set that ships, which holds until an authority says otherwise.
pub const SHIPPED: Thresholds = Thresholds {
    from: date(2020, 1, 1),
    opens: 7,
    closes: 20,
    records_in_an_hour: 25,
    days_at_one_record: 8,
    period: 28,
};

/// The longest period in which looks at one record are counted, in days.
pub const LONGEST: i64 = 92;

impl Thresholds {
    /// The set, if looking can be called unusual by it.
    ///
    /// # Errors
    /// Refuses a day that is past, hours that are none, and numbers that would point at nothing or at
    /// everything: somebody would have turned the rules off without saying so.
    pub fn checked(self, today: Date) -> Result<Self, Refusal> {
        let refuse = |words: String| Err(Refusal::because(words));
        if self.from < today {
            return refuse("Give today, or a day that is still to come.".to_owned());
        }
        if !(0..=12).contains(&self.opens) || !(13..=24).contains(&self.closes) {
            return refuse(
                "Give the hour at which work begins, 0 to 12, and the hour at which it ends, 13 to 24."
                    .to_owned(),
            );
        }
        if !(2..=200).contains(&self.records_in_an_hour) {
            return refuse("Give 2 to 200 records within an hour.".to_owned());
        }
        if !(7..=LONGEST).contains(&self.period) {
            return refuse(format!("Give a period of 7 to {LONGEST} days."));
        }
        let most = usize::try_from(self.period).unwrap_or_default();
        if !(2..=most).contains(&self.days_at_one_record) {
            return refuse("Give 2 days or more, and no more than the period has.".to_owned());
        }
        Ok(self)
    }
}

/// The thresholds in force on a day: of what an authority kept, in the order in which it did, the set
/// with the latest day that has come; of two from the same day the later word. What ships where none has.
pub fn in_force(kept: &[Thresholds], day: Date) -> Thresholds {
    let come = kept.iter().filter(|set| set.from <= day);
    come.max_by_key(|set| set.from).copied().unwrap_or(SHIPPED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_from_its_day_and_the_later_word_counts() {
        let set = |from, many| Thresholds { from, records_in_an_hour: many, ..SHIPPED };
        let (first, second) = (date(2026, 11, 1), date(2026, 12, 1));
        let kept = [set(first, 30), set(second, 40), set(first, 35)];
        let many = |day| in_force(&kept, day).records_in_an_hour;
        assert_eq!(many(date(2026, 10, 31)), SHIPPED.records_in_an_hour);
        assert_eq!((many(first), many(date(2026, 11, 30)), many(second)), (35, 35, 40));
        assert_eq!(in_force(&[], first), SHIPPED);
    }

    #[test]
    fn nobody_turns_the_rules_off_by_a_number() {
        let today = date(2026, 11, 23);
        let now = Thresholds { from: today, ..SHIPPED };
        assert_eq!(now.checked(today), Ok(now));
        for wrong in [
            Thresholds { from: date(2026, 11, 22), ..now },
            Thresholds { opens: 13, ..now },
            Thresholds { closes: 12, ..now },
            Thresholds { records_in_an_hour: 1, ..now },
            Thresholds { records_in_an_hour: 201, ..now },
            Thresholds { period: 6, ..now },
            Thresholds { period: LONGEST + 1, ..now },
            Thresholds { days_at_one_record: 1, ..now },
            Thresholds { days_at_one_record: 29, ..now },
        ] {
            assert!(wrong.checked(today).is_err(), "{wrong:?}");
        }
    }
}
