//! What is done about a finding, by whom, by when, with what proof, and whether it held.

use jiff::civil::Date;

use crate::calendar::Quarter;
use crate::case_list::Reference;
use crate::finding::KEY_ISSUE;
use crate::id::{ActionId, AuditId, FindingId, PersonId, PlaceId};
use crate::place::Whereabouts;
use crate::standard::StandardCode;
use crate::text::Reason;

pub mod ageing;
pub mod alike;
pub mod escalation;
mod life;
pub mod orphans;
pub mod step;

pub use life::{RECHECK_AFTER, Wanted};
pub use step::{ActionStep, StepKind};

/// How far an action has come. *Addressed* is the owner's word, *verified* somebody else's, and
/// *held* that of a third, later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionStage {
    /// Nothing has been claimed yet.
    Open,
    /// The owner says that it is done.
    Addressed {
        /// Who says so.
        by: PersonId,
        /// When.
        on: Date,
        /// What was done, and where the proof is.
        proof: Reason,
    },
    /// Somebody else has seen that it is done.
    Verified(Verified),
    /// Somebody who had no part in it has looked again, and it held.
    Held {
        /// What had been verified.
        verified: Verified,
        /// Who looked again.
        by: PersonId,
        /// When.
        on: Date,
    },
    /// Nothing need be done, and the quality lead has said why.
    NotNeeded {
        /// Who said so.
        by: PersonId,
        /// When.
        on: Date,
        /// Why.
        because: Reason,
    },
}

/// That an action was addressed, and that somebody else has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Who did it.
    pub addressed_by: PersonId,
    /// The day on which they said so.
    pub addressed_on: Date,
    /// What was done, and where the proof is.
    pub proof: Reason,
    /// Who saw it.
    pub by: PersonId,
    /// When.
    pub on: Date,
    /// From which day on it is to be looked at again; none for one verified before this was asked.
    pub recheck: Option<Date>,
}

/// Why an action is open again: whoever looked has said what is still missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// When they said so.
    pub on: Date,
    /// What is still missing, in their words, for the owner to read.
    pub because: Reason,
}

/// More time that an owner has asked for, and that nobody has decided yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoreTime {
    /// When they asked.
    pub on: Date,
    /// The day that they ask for.
    pub until: Date,
    /// Why.
    pub because: Reason,
}

/// Where and when the issue was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The day on which it was raised, from which its age is counted.
    pub on: Date,
    /// The quarter of the audit.
    pub quarter: Quarter,
    /// The service in which the record stood when it was drawn.
    pub service: Option<PlaceId>,
    /// The service's name.
    pub service_name: Option<String>,
}

/// An action, with what one needs to know of its finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// How many steps were taken in it; nobody takes one from a state that they have not seen.
    pub version: u32,
    /// The finding that it answers.
    pub finding: FindingId,
    /// The audit that found it.
    pub audit: AuditId,
    /// The record that was audited.
    pub reference: Reference,
    /// The standard that the finding is about.
    pub standard: StandardCode,
    /// What has to be put right.
    pub what: String,
    /// Where the record stood when it was drawn.
    pub whereabouts: Whereabouts,
    /// Where and when the issue was found.
    pub found: Found,
    /// Who is to do it; none while nobody is known.
    pub owner: Option<PersonId>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// Who is to confirm it; none where that is for whoever manages the place.
    pub confirmer: Option<PersonId>,
    /// The confirmer's name.
    pub confirmer_name: Option<String>,
    /// What will be done and how it will be proved; empty until somebody says so.
    pub plan: String,
    /// The day by which it is to be done.
    pub due: Date,
    /// The day by which it was to be done at first. It stays beside the other.
    pub first_due: Date,
    /// How far it has come.
    pub stage: ActionStage,
    /// Why it is open again; none where nobody sent it back since it was last addressed.
    pub sent_back: Option<SentBack>,
    /// More time that was asked for and not decided.
    pub more_time: Option<MoreTime>,
    /// The action under which its finding is seen to; none where that is this one.
    pub joined_to: Option<ActionId>,
}

impl Action {
    /// True if the finding is the key issue of an audit, and about no one standard.
    pub fn is_key_issue(&self) -> bool {
        self.standard.as_str() == KEY_ISSUE
    }

    /// What the finding is about, in a word: its standard, or *Key issue*.
    pub fn about(&self) -> String {
        if self.is_key_issue() { "Key issue".to_owned() } else { self.standard.to_string() }
    }

    /// True while nobody has said that it is done.
    pub fn is_open(&self) -> bool {
        self.stage == ActionStage::Open
    }

    /// True if it is open past its day.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due < today
    }

    /// What was verified, whether or not it was looked at again since.
    pub fn verified(&self) -> Option<&Verified> {
        match &self.stage {
            ActionStage::Verified(verified) | ActionStage::Held { verified, .. } => Some(verified),
            ActionStage::Open | ActionStage::Addressed { .. } | ActionStage::NotNeeded { .. } => {
                None
            }
        }
    }

    /// True if the day has come on which it is to be looked at again.
    pub fn waits_for_recheck(&self, today: Date) -> bool {
        match &self.stage {
            ActionStage::Verified(verified) => verified.recheck.is_none_or(|day| day <= today),
            _ => false,
        }
    }

    /// True if this person did it, owns it or confirmed it, and so cannot say whether it held.
    pub fn had_a_part(&self, person: PersonId) -> bool {
        let in_stage =
            self.verified().is_some_and(|it| it.by == person || it.addressed_by == person);
        in_stage || self.owner == Some(person) || self.confirmer == Some(person)
    }
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
