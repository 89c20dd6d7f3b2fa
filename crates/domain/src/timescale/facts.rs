//! Everything that the rules make of one record, in the order in which it is read.

use jiff::civil::Date;

use super::check::{Outcome, check};
use super::rule::InForce;
use super::working_days::BankHolidays;
use crate::case_list::CaseLine;
use crate::standard::StandardCode;

/// What one rule makes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFact<'r> {
    /// The rule.
    pub held: &'r InForce,
    /// What it found.
    pub outcome: Outcome,
}

impl RuleFact<'_> {
    /// The sentence for people.
    pub fn sentence(&self) -> String {
        self.outcome.sentence(self.held)
    }

    /// Late first, then in time, then what cannot be told.
    fn order(&self) -> u8 {
        match self.outcome {
            Outcome::Overdue(_) => 0,
            Outcome::InTime(_) => 1,
            Outcome::CannotTell { .. } => 2,
            Outcome::DoesNotApply => 3,
        }
    }
}

/// What the rules in force make of a record as at a day: what is late first, then what is in time,
/// then what cannot be told; a rule that does not apply is left out.
pub fn facts<'r>(
    rules: impl IntoIterator<Item = &'r InForce>,
    line: &CaseLine,
    day: Date,
    holidays: &BankHolidays,
) -> Vec<RuleFact<'r>> {
    let mut facts: Vec<RuleFact<'r>> = rules
        .into_iter()
        .map(|held| RuleFact { held, outcome: check(held, line, day, holidays) })
        .filter(|fact| fact.outcome != Outcome::DoesNotApply)
        .collect();
    facts.sort_by_key(RuleFact::order);
    facts
}

/// The facts to show beside a standard of an audit of this record.
pub fn facts_for_standard<'r>(
    standard: &StandardCode,
    rules: &'r [InForce],
    line: &CaseLine,
    day: Date,
    holidays: &BankHolidays,
) -> Vec<RuleFact<'r>> {
    let of_standard = rules.iter().filter(|held| held.rule.standards.contains(standard));
    facts(of_standard, line, day, holidays)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::examples::{care_visit, england, in_care, no_worker, with};
    use super::super::variation::in_force;
    use super::*;
    use crate::case_list::KeyDate;

    #[test]
    fn what_is_late_stands_first_and_a_standard_has_its_own_facts() {
        let day = date(2026, 3, 31);
        let rules = [no_worker(), care_visit()].map(|rule| in_force(&rule, [], day).unwrap());
        let line = with(in_care(), KeyDate::CareVisit, date(2026, 1, 30));
        let all = facts(&rules, &line, day, &england());
        let codes: Vec<&str> = all.iter().map(|fact| fact.held.rule.code.as_str()).collect();
        assert_eq!(codes, ["care-visit", "worker"]);
        let beside = |code: &str| {
            let code = StandardCode::new(code).unwrap();
            facts_for_standard(&code, &rules, &line, day, &england()).len()
        };
        assert_eq!((beside("G1"), beside("B1")), (1, 0));
    }
}
