//! What an auditor may say about one standard.

use crate::standard::StandardCode;

/// The answer to one standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// The record shows it.
    Met,
    /// The record shows some of it.
    PartlyMet,
    /// The record does not show it.
    NotMet,
    /// It is not asked of a child in these circumstances.
    NotApplicable,
    /// The record does not let the auditor tell. It counts as neither met nor not applicable.
    CannotTell,
}

impl Judgement {
    /// Every judgement, in the order of the keys 1 to 5.
    pub const ALL: [Self; 5] =
        [Self::Met, Self::PartlyMet, Self::NotMet, Self::NotApplicable, Self::CannotTell];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::PartlyMet => "partly-met",
            Self::NotMet => "not-met",
            Self::NotApplicable => "not-applicable",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// The judgement in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::PartlyMet => "Partly met",
            Self::NotMet => "Not met",
            Self::NotApplicable => "Not applicable",
            Self::CannotTell => "Cannot tell",
        }
    }

    /// The judgement with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|judgement| judgement.code() == code)
    }

    /// True if the auditor must say what was seen: the worker will ask why.
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::PartlyMet | Self::NotMet | Self::CannotTell)
    }

    /// True if it must lead to a finding: somebody has to put it right or find it out.
    pub const fn raises_a_finding(self) -> bool {
        matches!(self, Self::NotMet | Self::CannotTell)
    }

    /// True if it counts in *met ÷ (met + partly met + not met)*.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Met | Self::PartlyMet | Self::NotMet)
    }
}

/// What the auditor entered for one standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The standard.
    pub standard: StandardCode,
    /// The judgement.
    pub judgement: Judgement,
    /// What was seen, in the auditor's words.
    pub seen: String,
    /// Where on the record it was found: a pointer, not a copy.
    pub found: String,
    /// How many times it has been saved; 0 for one that is not saved yet.
    pub version: u32,
}

impl Answer {
    /// True if nothing more has to be written before the audit can be submitted.
    pub fn is_complete(&self) -> bool {
        !self.judgement.needs_words() || !self.seen.is_empty()
    }

    /// True if both say the same, whenever they were saved.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        (&self.standard, self.judgement, &self.seen, &self.found)
            == (&other.standard, other.judgement, &other.seen, &other.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_judgement_has_its_own_code() {
        for judgement in Judgement::ALL {
            assert_eq!(Judgement::from_code(judgement.code()), Some(judgement));
        }
    }

    #[test]
    fn cannot_tell_is_not_a_way_round_an_answer() {
        let judgement = Judgement::CannotTell;
        assert!(judgement.needs_words() && judgement.raises_a_finding() && !judgement.counts());
    }
}
