//! The ways in which an indicator can be computed: a few, and no others.

use crate::allocation::Experience;
use crate::need::Need;
use crate::standard::StandardCode;
use crate::timescale::rule::RuleCode;

/// How an indicator is computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Records that are in time by all of these rules that apply and can be checked, out of those
    /// to which one of them applies and can be checked.
    InTime(Vec<RuleCode>),
    /// Judgements of *Met* on these standards, out of *Met*, *Partly met* and *Not met*.
    Judged(Vec<StandardCode>),
    /// Submitted audits graded *Good* or *Outstanding*, out of all that are graded.
    Graded,
    /// Records of which this is known, out of all that are open.
    Known(Field),
    /// Records of this need, or of any, that are held so, out of all of that need.
    Held(Option<Need>, Holding),
}

/// What a case list can say of a record, or leave blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Whether the child is disabled.
    Disability,
    /// The team.
    Team,
    /// The day on which the child was last seen.
    LastSeen,
}

/// By whom a record is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// By nobody who is named.
    Nobody,
    /// By a worker of this experience.
    By(Experience),
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 3] = [Self::Disability, Self::Team, Self::LastSeen];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Disability => "disability",
            Self::Team => "team",
            Self::LastSeen => "last-seen",
        }
    }

    /// The field with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

impl Holding {
    /// `nobody`, or the code of an experience.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::By(experience) => experience.code(),
        }
    }

    /// The holding with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        if code == "nobody" {
            return Some(Self::Nobody);
        }
        Experience::from_code(code).map(Self::By)
    }
}

impl Measure {
    /// Whether it is counted from case lists; otherwise from audits.
    pub const fn is_of_lists(&self) -> bool {
        matches!(self, Self::InTime(_) | Self::Known(_) | Self::Held(..))
    }
}
