//! How far auditor and moderator agree on a standard: what is counted, and how it enters.
//!
//! All five judgements are categories of their own, for whether the two said the same: to one *Not
//! applicable* and to the other *Not met* is a difference. For how far apart they are, only *Met*,
//! *Partly met* and *Not met* have an order, so only pairs of those enter. A standard that one of
//! the two has not judged is a gap, and counts nowhere.

use super::{Coefficient, Readings, Scale, Weights, cohen, gwet, krippendorff};
use crate::figures::Share;
use crate::judgement::Judgement;
use crate::statistics::interval::{Interval, wilson};

/// From how many pairs on a standard can be called one that people read differently.
pub const ENOUGH: u32 = 10;

/// Below how many in a hundred that agree it is.
pub const LOW: u32 = 80;

/// How often an auditor judged one thing and a moderator another, or the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The auditor's judgement.
    pub theirs: Judgement,
    /// The moderator's first one.
    pub mine: Judgement,
    /// True if the moderator had not seen the auditor's.
    pub blind: bool,
    /// How often.
    pub times: u32,
}

/// How far auditors and moderators agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// How many pairs are the same, of how many.
    pub same: Share,
    /// How many of the pairs were read blind.
    pub blind: u32,
    /// Between which shares that lies, with 95% confidence.
    pub interval: Option<Interval>,
    /// Gwet's AC1 over the five judgements.
    pub ac1: Option<Coefficient>,
    /// Cohen's kappa over the five judgements.
    pub kappa: Option<Coefficient>,
    /// Krippendorff's alpha over the five judgements.
    pub alpha: Option<f64>,
    /// How many pairs are of Met, Partly met and Not met alone.
    pub ordered: u32,
    /// Gwet's AC2 with quadratic weights, over those.
    pub ac2: Option<Coefficient>,
    /// Cohen's kappa with quadratic weights, over those.
    pub weighted: Option<Coefficient>,
}

impl Agreement {
    /// Counts these pairs.
    pub fn of(pairs: &[Pair]) -> Self {
        let all = table(pairs, &Judgement::ALL);
        let in_order = [Judgement::Met, Judgement::PartlyMet, Judgement::NotMet];
        let ordered = table(pairs, &in_order);
        let twice = pairs.iter().map(|pair| pair.times).sum();
        let same = pairs.iter().filter(|pair| pair.theirs == pair.mine).map(|pair| pair.times);
        let same = Share::new(same.sum(), twice);
        Self {
            same,
            blind: pairs.iter().filter(|pair| pair.blind).map(|pair| pair.times).sum(),
            interval: wilson(same.count, same.of),
            ac1: all.as_ref().and_then(|it| gwet(it, Weights::Plain)),
            kappa: all.as_ref().and_then(|it| cohen(it, Weights::Plain)),
            alpha: all.as_ref().and_then(|it| krippendorff(it, Scale::Nominal)),
            ordered: ordered.as_ref().map_or(0, Readings::judged_twice),
            ac2: ordered.as_ref().and_then(|it| gwet(it, Weights::Quadratic)),
            weighted: ordered.as_ref().and_then(|it| cohen(it, Weights::Quadratic)),
        }
    }

    /// True if there are enough pairs, and too few of them agree.
    pub fn is_low(&self) -> bool {
        self.same.of >= ENOUGH && self.same.percent().is_some_and(|percent| percent < LOW)
    }
}

/// The pairs whose judgements are both among these, as a table.
fn table(pairs: &[Pair], among: &[Judgement]) -> Option<Readings> {
    let times = |theirs: &Judgement, mine: &Judgement| -> u32 {
        let these = pairs.iter().filter(|pair| pair.theirs == *theirs && pair.mine == *mine);
        these.map(|pair| pair.times).sum()
    };
    let row = |theirs| among.iter().map(|mine| times(theirs, mine)).collect();
    let table: Vec<Vec<u32>> = among.iter().map(row).collect();
    Readings::of_two(&table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(theirs: Judgement, mine: Judgement, times: u32) -> Pair {
        Pair { theirs, mine, blind: false, times }
    }

    #[test]
    fn not_applicable_is_a_judgement_and_has_no_place_in_the_order() {
        use Judgement::{Met, NotApplicable, NotMet};
        let pairs = [pair(Met, Met, 8), pair(NotApplicable, NotMet, 2), pair(NotMet, Met, 1)];
        let agreement = Agreement::of(&pairs);
        assert_eq!(agreement.same, Share::new(8, 11));
        assert_eq!(agreement.ordered, 9);
        assert!(agreement.is_low());
    }

    #[test]
    fn few_pairs_say_nothing_of_a_standard() {
        let pairs = [pair(Judgement::Met, Judgement::NotMet, ENOUGH - 1)];
        assert!(!Agreement::of(&pairs).is_low());
        let nothing = Agreement::of(&[]);
        assert_eq!((nothing.same.percent(), nothing.interval, nothing.ac1), (None, None, None));
    }

    #[test]
    fn where_all_say_met_there_is_no_kappa_to_show() {
        let agreement = Agreement::of(&[pair(Judgement::Met, Judgement::Met, 24)]);
        assert_eq!((agreement.kappa, agreement.weighted, agreement.alpha), (None, None, None));
        assert!(agreement.ac1.is_some_and(|it| it.interval.is_none()));
    }
}
