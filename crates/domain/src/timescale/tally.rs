//! How many records are late by each rule, how many facts were tidied, and how often a rule was overruled.

use std::collections::BTreeMap;

use super::asks::Asks;
use super::beside::{DrawnRecord, FactBeside, Later, Since};
use super::check::Outcome;
use crate::judgement::Judgement;

/// What one rule made of many records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleTally {
    /// Records that are late.
    pub overdue: u32,
    /// Records that are in time.
    pub in_time: u32,
    /// Records of which it cannot be told, by what is missing.
    pub untold: BTreeMap<String, u32>,
}

impl RuleTally {
    /// Counts one record in, unless the rule does not apply to it.
    pub fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Overdue(_) => self.overdue += 1,
            Outcome::InTime(_) => self.in_time += 1,
            Outcome::CannotTell { why } => *self.untold.entry(why.clone()).or_default() += 1,
            Outcome::DoesNotApply => {}
        }
    }

    /// Records that were checked: late or in time.
    pub fn checked(&self) -> u32 {
        self.overdue + self.in_time
    }

    /// Records of which it cannot be told.
    pub fn untold(&self) -> u32 {
        self.untold.values().sum()
    }
}

/// How much of the drawn records of a cycle was written up after the draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TidiedTally {
    /// Records that are on a later list, and so can be compared.
    pub compared: u32,
    /// Records that are not on it any more.
    pub gone: u32,
    /// Facts of the compared records that were late or could not be told at the draw.
    pub could: u32,
    /// Of those facts, how many are in time by what was written up since.
    pub facts: u32,
    /// Of the compared records, how many have such a fact.
    pub records: u32,
}

impl TidiedTally {
    /// Counts one record in.
    pub fn add(&mut self, record: &DrawnRecord, facts: &[FactBeside<'_>]) {
        match record.later {
            Later::SameList => return,
            Later::Gone(_) => {
                self.gone += 1;
                return;
            }
            Later::Line(..) => self.compared += 1,
        }
        let mut of_record = 0;
        // What only an auditor can settle is told by no list, later or not.
        let is_told =
            |fact: &&FactBeside<'_>| !matches!(fact.then.held.rule.asks, Asks::Auditor { .. });
        for fact in facts.iter().filter(is_told) {
            let was_in_time = matches!(fact.then.outcome, Outcome::InTime(_));
            self.could += u32::from(!was_in_time);
            of_record += u32::from(matches!(fact.since, Since::Tidied(_)));
        }
        self.facts += of_record;
        self.records += u32::from(of_record > 0);
    }
}

/// How often auditors overruled what one rule proposed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OverruledTally {
    /// It proposed *Not met*, and the auditor confirmed that.
    pub not_met_confirmed: u32,
    /// It proposed *Not met*, and the auditor overruled it.
    pub not_met_overruled: u32,
    /// It proposed *Met*, and the auditor confirmed that.
    pub met_confirmed: u32,
    /// It proposed *Met*, and the auditor overruled it.
    pub met_overruled: u32,
}

impl OverruledTally {
    /// Counts so many answers in.
    pub fn add(&mut self, proposed: Judgement, confirmed: bool, times: u32) {
        let count = match (proposed, confirmed) {
            (Judgement::Met, true) => &mut self.met_confirmed,
            (Judgement::Met, false) => &mut self.met_overruled,
            (_, true) => &mut self.not_met_confirmed,
            (_, false) => &mut self.not_met_overruled,
        };
        *count += times;
    }

    /// How often it proposed something.
    pub fn proposed(&self) -> u32 {
        self.not_met_confirmed + self.met_confirmed + self.overruled()
    }

    /// How often the auditor overruled it.
    pub fn overruled(&self) -> u32 {
        self.not_met_overruled + self.met_overruled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_told_is_counted_apart_and_is_in_no_denominator() {
        let mut tally = RuleTally::default();
        let untold = |why: &str| Outcome::CannotTell { why: why.to_owned() };
        for outcome in [untold("a"), untold("b"), untold("a"), Outcome::DoesNotApply] {
            tally.add(&outcome);
        }
        assert_eq!((tally.checked(), tally.untold()), (0, 3));
        assert_eq!(tally.untold["a"], 2);
    }

    #[test]
    fn what_was_overruled_is_told_from_what_was_confirmed() {
        let mut tally = OverruledTally::default();
        tally.add(Judgement::NotMet, true, 27);
        tally.add(Judgement::NotMet, false, 3);
        tally.add(Judgement::Met, false, 1);
        assert_eq!((tally.overruled(), tally.proposed()), (4, 31));
    }
}
