//! How far auditor and moderator agree on the overall grade.
//!
//! Grades have an order, so that a neighbour is nearly the same. A moderator sees the auditor's grade
//! before confirming, and says why another one stands: what is counted here is no blind reading.

use super::{Coefficient, Readings, Weights, cohen};
use crate::figures::Share;
use crate::grade::Grade;
use crate::statistics::interval::{Interval, wilson};

/// How often an auditor gave one grade and a moderator confirmed another, or the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GradePair {
    /// The auditor's grade.
    pub theirs: Grade,
    /// The one with which the moderator confirmed the audit.
    pub mine: Grade,
    /// How often.
    pub times: u32,
}

/// How far auditors and moderators agree on grades.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeAgreement {
    /// How many audits have the same grade from both, of how many.
    pub same: Share,
    /// Between which shares that lies, with 95% confidence.
    pub interval: Option<Interval>,
    /// Cohen's kappa with quadratic weights.
    pub weighted: Option<Coefficient>,
    /// How many audits have a better grade from the moderator.
    pub better: u32,
    /// How many have a worse one.
    pub worse: u32,
    /// A row for each grade of the auditors, with how often moderators gave each.
    pub table: Vec<Vec<u32>>,
}

impl GradeAgreement {
    /// Counts these pairs.
    pub fn of(pairs: &[GradePair]) -> Self {
        let count = |is: &dyn Fn(&GradePair) -> bool| -> u32 {
            pairs.iter().filter(|pair| is(pair)).map(|pair| pair.times).sum()
        };
        let row = |theirs: Grade| {
            let cell = |mine: Grade| count(&|it| it.theirs == theirs && it.mine == mine);
            Grade::ALL.map(cell).to_vec()
        };
        let table = Grade::ALL.map(row).to_vec();
        let same = Share::new(count(&|it| it.theirs == it.mine), count(&|_| true));
        Self {
            same,
            interval: wilson(same.count, same.of),
            weighted: Readings::of_two(&table).and_then(|it| cohen(&it, Weights::Quadratic)),
            better: count(&|it| it.mine < it.theirs),
            worse: count(&|it| it.mine > it.theirs),
            table,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(theirs: Grade, mine: Grade, times: u32) -> GradePair {
        GradePair { theirs, mine, times }
    }

    #[test]
    fn grades_are_counted_by_both_and_by_the_way_they_moved() {
        use Grade::{Good, Inadequate, RequiresImprovement};
        let pairs = [pair(Good, Good, 6), pair(Good, RequiresImprovement, 3)];
        let pairs = [&pairs[..], &[pair(Inadequate, RequiresImprovement, 1)]].concat();
        let it = GradeAgreement::of(&pairs);
        assert_eq!((it.same, it.better, it.worse), (Share::new(6, 10), 1, 3));
        assert_eq!(it.table[1], [0, 6, 3, 0]);
        // By hand: the square of the steps between the two, seen and as chance would have it.
        let seen = 4.0 / 10.0;
        let chance = (9.0 * 4.0 + 1.0 * 6.0 * 4.0 + 1.0 * 4.0) / 100.0;
        let weighted = it.weighted.unwrap().value;
        assert!((weighted - (1.0 - seen / chance)).abs() < 1e-9, "{weighted}");
    }

    #[test]
    fn where_all_grades_are_one_no_kappa_is_shown() {
        let alike = GradeAgreement::of(&[pair(Grade::Good, Grade::Good, 9)]);
        assert_eq!(alike.weighted, None);
        assert_eq!(GradeAgreement::of(&[]).same.percent(), None);
    }
}
