//! What a rule about time asks of a record.

use super::applies::Start;
use super::limit::Limit;
use crate::case_list::{CaseLine, KeyDate};
use crate::history::{Episode, Fact};
use crate::need::Known;

/// Which episodes of a kind are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that go on.
    Open,
    /// Those that ended in the last so many months.
    Ended {
        /// How many months back, the first day included.
        months: u16,
    },
    /// Both.
    OpenOrEnded {
        /// How many months back an end may be, the first day included.
        months: u16,
    },
}

impl Which {
    /// True if those that go on are asked about.
    pub const fn open(self) -> bool {
        matches!(self, Self::Open | Self::OpenOrEnded { .. })
    }

    /// How many months back an end may be; none if no ended one is asked about.
    pub const fn ended(self) -> Option<u16> {
        match self {
            Self::Open => None,
            Self::Ended { months } | Self::OpenOrEnded { months } => Some(months),
        }
    }
}

/// What a rule says of a record on which there is no date of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenNone {
    /// Nothing: it cannot be told by this rule.
    CannotTell,
    /// That it is late at once.
    Late,
    /// That it is late once so much time has gone by since the start.
    LateAfter(Limit),
}

/// Something that a record must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// The plan for permanence.
    PermanencePlan,
    /// Whether the child is disabled.
    Disability,
    /// The ethnicity: obtained, and not refused.
    Ethnicity,
    /// The worker who holds the record.
    Worker,
    /// That a return interview was offered after the child was last missing.
    ReturnInterview,
}

impl Matter {
    /// Everything that a rule can ask for.
    pub const ALL: [Self; 5] = [
        Self::PermanencePlan,
        Self::Disability,
        Self::Ethnicity,
        Self::Worker,
        Self::ReturnInterview,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PermanencePlan => "permanence_plan",
            Self::Disability => "disability",
            Self::Ethnicity => "ethnicity",
            Self::Worker => "worker",
            Self::ReturnInterview => "return_interview",
        }
    }

    /// The matter with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matter| matter.code() == code)
    }

    /// The matter in words, as a heading.
    pub const fn words(self) -> &'static str {
        match self {
            Self::PermanencePlan => "Permanence plan",
            Self::Disability => "Disability",
            Self::Ethnicity => "Ethnicity",
            Self::Worker => "Allocated worker",
            Self::ReturnInterview => "Return interview offered",
        }
    }

    /// What is said where it is missing.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::PermanencePlan => "No permanence plan is recorded",
            Self::Disability => "Nothing says whether the child is disabled",
            Self::Ethnicity => "The ethnicity is not obtained, or was refused",
            Self::Worker => "No named worker is allocated",
            Self::ReturnInterview => {
                "No return interview is recorded as offered after the child was last missing"
            }
        }
    }

    /// What is said where it is there.
    pub const fn present(self) -> &'static str {
        match self {
            Self::PermanencePlan => "A permanence plan is recorded",
            Self::Disability => "It is recorded whether the child is disabled",
            Self::Ethnicity => "The ethnicity is recorded",
            Self::Worker => "A named worker is allocated",
            Self::ReturnInterview => "A return interview was offered after the child was missing",
        }
    }

    /// The question that a source must have been asked.
    pub const fn fact(self) -> Fact {
        match self {
            Self::PermanencePlan => Fact::PermanencePlan,
            Self::Disability => Fact::Disability,
            Self::Ethnicity => Fact::Ethnicity,
            Self::Worker => Fact::Worker,
            Self::ReturnInterview => Fact::ReturnInterview,
        }
    }

    /// Whether the record says it.
    pub fn is_said(self, line: &CaseLine) -> bool {
        match self {
            Self::PermanencePlan => line.history.permanence_plan == Known::Yes,
            Self::Disability => line.disabled != Known::Unknown,
            Self::Ethnicity => line.history.ethnicity_obtained == Known::Yes,
            Self::Worker => line.worker.is_some(),
            Self::ReturnInterview => line.history.return_interview_offered == Known::Yes,
        }
    }
}

/// What a rule asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// That an episode takes no longer than a limit.
    Episode {
        /// Of what kind.
        kind: Episode,
        /// Open ones, ended ones or both.
        which: Which,
        /// How long it may take.
        limit: Limit,
    },
    /// That the latest date of a kind is no longer ago than a limit.
    Latest {
        /// Of what kind.
        kind: KeyDate,
        /// What goes on, and from when the first is due.
        since: Start,
        /// True if a date from before that counts too.
        from_before: bool,
        /// How long ago it may be; none where it is only asked that there is one.
        limit: Option<Limit>,
        /// Another limit for children under an age, in years.
        younger: Option<(u8, Limit)>,
        /// What holds where there is none.
        when_none: WhenNone,
    },
    /// That something is said.
    Said {
        /// What.
        matter: Matter,
        /// By when: so long after a start; none where it must be said at once.
        after: Option<(Start, Limit)>,
    },
    /// Something that no case list and no return can settle.
    Auditor {
        /// How long it may take, in the words of the source.
        limit: String,
        /// What is missing for it to be checked.
        why: String,
    },
}

impl Asks {
    /// The limit that an authority can change; none where there is none.
    pub fn limit(&self) -> Option<Limit> {
        match self {
            Self::Episode { limit, .. }
            | Self::Latest { limit: Some(limit), .. }
            | Self::Latest { when_none: WhenNone::LateAfter(limit), .. }
            | Self::Said { after: Some((_, limit)), .. } => Some(*limit),
            Self::Latest { .. } | Self::Said { .. } | Self::Auditor { .. } => None,
        }
    }

    /// The same with that limit changed.
    #[must_use]
    pub fn with_limit(mut self, to: Limit) -> Self {
        match &mut self {
            Self::Episode { limit, .. }
            | Self::Latest { limit: Some(limit), .. }
            | Self::Latest { when_none: WhenNone::LateAfter(limit), .. }
            | Self::Said { after: Some((_, limit)), .. } => *limit = to,
            Self::Latest { .. } | Self::Said { .. } | Self::Auditor { .. } => {}
        }
        self
    }

    /// The limit in words, with its exceptions.
    pub fn limit_in_words(&self) -> String {
        match self {
            Self::Episode { limit, .. } => limit.to_string(),
            Self::Auditor { limit, .. } => limit.clone(),
            Self::Said { after: None, .. } => "at once".to_owned(),
            Self::Said { after: Some((start, limit)), .. } => {
                format!("{limit} after {}", start.words())
            }
            Self::Latest { since, limit, younger, when_none, .. } => {
                let mut words = Vec::new();
                match when_none {
                    WhenNone::CannotTell => {}
                    WhenNone::Late => words.push("always there must be one".to_owned()),
                    WhenNone::LateAfter(first) => {
                        words.push(format!("the first {first} after {}", since.words()));
                    }
                }
                if let Some(limit) = limit {
                    let then = if words.is_empty() { "" } else { "then " };
                    words.push(format!("{then}{limit}"));
                }
                if let Some((age, limit)) = younger {
                    words.push(format!("{limit} for children under {age}"));
                }
                words.join(", ")
            }
        }
    }
}
