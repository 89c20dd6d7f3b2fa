//! One step in the life of an action: what was done, in whose words, and what it was before and is after.

use jiff::civil::Date;

use super::Action;
use crate::id::ActionId;
use crate::text::Reason;

/// What kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Somebody was given it, or another day was set.
    Given,
    /// The owner asked for more time.
    AskedForTime,
    /// More time was agreed.
    TimeAgreed,
    /// More time was not agreed.
    TimeRefused,
    /// The owner said that it is done.
    Addressed,
    /// Somebody else looked, and it was not done yet.
    SentBack,
    /// Somebody else looked, and it was done.
    Verified,
    /// A third looked again later, and it held.
    Held,
    /// A third looked again later, and it did not hold.
    NotHeld,
    /// The quality lead said that nothing need be done.
    NotNeeded,
    /// Its finding goes on under another action.
    Joined,
    /// Its finding goes on under its own again.
    Apart,
}

impl StepKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Given,
        Self::AskedForTime,
        Self::TimeAgreed,
        Self::TimeRefused,
        Self::Addressed,
        Self::SentBack,
        Self::Verified,
        Self::Held,
        Self::NotHeld,
        Self::NotNeeded,
        Self::Joined,
        Self::Apart,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::AskedForTime => "asked-for-time",
            Self::TimeAgreed => "time-agreed",
            Self::TimeRefused => "time-refused",
            Self::Addressed => "addressed",
            Self::SentBack => "sent-back",
            Self::Verified => "verified",
            Self::Held => "held",
            Self::NotHeld => "not-held",
            Self::NotNeeded => "not-needed",
            Self::Joined => "joined",
            Self::Apart => "apart",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// What the journal calls it.
    pub const fn deed(self) -> &'static str {
        match self {
            Self::Given => "action.give",
            Self::AskedForTime => "action.ask-for-time",
            Self::TimeAgreed => "action.agree-time",
            Self::TimeRefused => "action.refuse-time",
            Self::Addressed => "action.address",
            Self::SentBack => "action.not-yet",
            Self::Verified => "action.verify",
            Self::Held => "action.held",
            Self::NotHeld => "action.not-held",
            Self::NotNeeded => "action.not-needed",
            Self::Joined => "action.join",
            Self::Apart => "action.take-apart",
        }
    }

    /// The heading of the step in the history of an action.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Given => "Given",
            Self::AskedForTime => "More time asked for",
            Self::TimeAgreed => "More time agreed",
            Self::TimeRefused => "More time not agreed",
            Self::Addressed => "Addressed",
            Self::SentBack => "Sent back",
            Self::Verified => "Verified",
            Self::Held => "Looked at again: it held",
            Self::NotHeld => "Looked at again: it did not hold",
            Self::NotNeeded => "Closed: nothing need be done",
            Self::Joined => "Joined with another action",
            Self::Apart => "Taken apart again",
        }
    }
}

/// A step that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionStep {
    /// What kind of step.
    pub kind: StepKind,
    /// What was done and where the proof is, or why; none where nothing is to be said.
    pub words: Option<Reason>,
    /// The day that the step is about besides the due day: the one asked for, or that of the re-check.
    pub day: Option<Date>,
    /// The other action, where two were joined or taken apart.
    pub other: Option<ActionId>,
    /// As it was seen.
    pub before: Action,
    /// As it is to be.
    pub after: Action,
}

impl ActionStep {
    /// True if nothing is another than before, as when a form comes twice.
    pub fn changes_nothing(&self) -> bool {
        self.before == self.after
    }
}
