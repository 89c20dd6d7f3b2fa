//! What a record counts for, and how records are counted.

use jiff::civil::Date;

use super::measure::{Field, Holding, Measure};
use crate::allocation::Experience;
use crate::case_list::{CaseLine, KeyDate};
use crate::figures::Share;
use crate::need::Known;
use crate::timescale::check::{Outcome, check};
use crate::timescale::rule::InForce;
use crate::timescale::working_days::BankHolidays;

/// What was counted of an indicator in one quarter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub count: u32,
    /// Out of how many.
    pub of: u32,
    /// Of how many it cannot be told. They are in neither.
    pub untold: u32,
}

/// One record of a case list, with what is known of who holds it.
#[derive(Debug, Clone, Copy)]
pub struct ListedRecord<'r> {
    /// What the list says.
    pub line: &'r CaseLine,
    /// The experience of the worker who holds it; none where nobody is named.
    pub held_by: Option<Experience>,
}

/// By what a case list is judged: the rules in force on its day.
#[derive(Debug, Clone, Copy)]
pub struct Yardstick<'y> {
    /// The rules.
    pub rules: &'y [InForce],
    /// The day of the case list.
    pub day: Date,
    /// The bank holidays.
    pub holidays: &'y BankHolidays,
}

impl Counted {
    /// The share.
    pub const fn share(self) -> Share {
        Share::new(self.count, self.of)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            of: self.of + other.of,
            untold: self.untold + other.untold,
        }
    }

    const fn one(counts: bool) -> Self {
        Self { count: if counts { 1 } else { 0 }, of: 1, untold: 0 }
    }

    const NOTHING: Self = Self { count: 0, of: 0, untold: 0 };
    const UNTOLD: Self = Self { count: 0, of: 0, untold: 1 };
}

/// What one record of a case list counts for; nothing for an indicator that is counted from audits.
pub fn of_record(measure: &Measure, record: ListedRecord<'_>, by: Yardstick<'_>) -> Counted {
    let line = record.line;
    match measure {
        Measure::Judged(_) | Measure::Graded => Counted::NOTHING,
        Measure::Known(field) => Counted::one(match field {
            Field::Disability => line.disabled != Known::Unknown,
            Field::Team => line.team.is_some(),
            Field::LastSeen => line.dates.contains_key(&KeyDate::LastSeen),
        }),
        Measure::Held(need, holding) => {
            if need.is_some_and(|need| !line.needs.contains(&need)) {
                return Counted::NOTHING;
            }
            match (holding, record.held_by) {
                (Holding::Nobody, held) => Counted::one(held.is_none()),
                // Nobody has told us how experienced they are: they may be, or may not.
                (Holding::By(asked), Some(Experience::Unknown))
                    if *asked != Experience::Unknown =>
                {
                    Counted::UNTOLD
                }
                (Holding::By(asked), held) => Counted::one(held == Some(*asked)),
            }
        }
        Measure::InTime(codes) => {
            let asked = by.rules.iter().filter(|held| codes.contains(&held.rule.code) && !held.off);
            let outcomes: Vec<Outcome> =
                asked.map(|held| check(held, line, by.day, by.holidays)).collect();
            let any = |passes: fn(&Outcome) -> bool| outcomes.iter().any(passes);
            if any(|it| matches!(it, Outcome::Overdue(_))) {
                Counted::one(false)
            } else if any(|it| matches!(it, Outcome::CannotTell { .. })) {
                Counted::UNTOLD
            } else if any(|it| matches!(it, Outcome::InTime(_))) {
                Counted::one(true)
            } else {
                Counted::NOTHING
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::need::Need;
    use crate::timescale::examples::{care_visit, england, in_care, with};
    use crate::timescale::rule::RuleCode;
    use crate::timescale::variation::in_force;

    const DAY: Date = date(2026, 3, 31);

    fn counted(measure: &Measure, line: &CaseLine, held_by: Option<Experience>) -> Counted {
        let rule = care_visit();
        let rules = [in_force(&rule, [], DAY).unwrap()];
        let by = Yardstick { rules: &rules, day: DAY, holidays: &england() };
        of_record(measure, ListedRecord { line, held_by }, by)
    }

    #[test]
    fn what_cannot_be_told_is_in_neither_count() {
        let nqsw = Measure::Held(Some(Need::InCare), Holding::By(Experience::NewlyQualified));
        let line = in_care();
        assert_eq!(counted(&nqsw, &line, Some(Experience::Unknown)), Counted::UNTOLD);
        let newly = counted(&nqsw, &line, Some(Experience::NewlyQualified));
        assert_eq!(newly, Counted { count: 1, of: 1, untold: 0 });
        assert_eq!(counted(&nqsw, &line, None), Counted { count: 0, of: 1, untold: 0 });
        let other = Measure::Held(Some(Need::CareLeaver), Holding::Nobody);
        assert_eq!(counted(&other, &line, None), Counted::NOTHING);
    }

    #[test]
    fn a_record_is_in_time_by_the_rules_of_the_lists_own_day() {
        let code = RuleCode::new("care-visit").unwrap();
        let measure = Measure::InTime(vec![code]);
        let late = with(in_care(), KeyDate::CareVisit, date(2026, 1, 2));
        let seen = with(in_care(), KeyDate::CareVisit, date(2026, 3, 20));
        assert_eq!(counted(&measure, &late, None), Counted { count: 0, of: 1, untold: 0 });
        assert_eq!(counted(&measure, &seen, None), Counted { count: 1, of: 1, untold: 0 });
        let none = Measure::InTime(vec![RuleCode::new("no-such-rule").unwrap()]);
        assert_eq!(counted(&none, &seen, None), Counted::NOTHING);
    }
}
