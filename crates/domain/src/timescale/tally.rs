//! How many records are late by each rule, of how many that it was asked of, and how many cannot be told.

use std::collections::BTreeMap;

use super::check::Outcome;

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
}
