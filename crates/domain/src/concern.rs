//! A concern: a child who may be unsafe now, until somebody who must has said what is being done.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::{AuditId, ConcernId, PersonId, RecordId};
use crate::place::Whereabouts;
use crate::refusal::Refusal;
use crate::stamp::day_in_england;
use crate::text::Reason;

pub mod clock;
pub mod notice;

/// Somebody was spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// To whom, in words.
    pub to: Reason,
    /// When.
    pub at: Timestamp,
    /// Why it was before the audit was assigned, if it was.
    pub why_before: Option<Reason>,
}

impl Spoken {
    /// What somebody says at `now` of whom they spoke to.
    ///
    /// # Errors
    /// Refuses a time that is still to come, and one before the audit was assigned without a reason.
    pub fn new(
        to: Reason,
        at: Timestamp,
        now: Timestamp,
        assigned_on: Option<Date>,
        why_before: Option<Reason>,
    ) -> Result<Self, Refusal> {
        if at > now {
            return Err(Refusal::because(
                "Enter a time that is not in the future, or say that nobody is reached yet.",
            ));
        }
        if why_before.is_none() && assigned_on.is_some_and(|day| day_in_england(at) < day) {
            return Err(Refusal::because(
                "You spoke before this audit was assigned. Say why, or correct the time.",
            ));
        }
        Ok(Self { to, at, why_before })
    }
}

/// A concern that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConcern {
    /// About which record.
    pub record: RecordId,
    /// In which audit it was seen; none if outside one.
    pub audit: Option<AuditId>,
    /// Whether that audit was submitted before: then its grade stays, and the quality lead looks.
    pub after_submission: bool,
    /// What was seen, without names.
    pub seen: Reason,
    /// Who was spoken to; none while nobody is reached.
    pub spoken: Option<Spoken>,
    /// Tells one form from another, so that one that comes twice raises one concern.
    pub form_key: String,
}

/// Somebody who must has seen it and said what is being done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What is being done.
    pub doing: Reason,
}

/// How far a concern has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nobody who must has acknowledged it.
    Raised,
    /// Something is being done.
    Acknowledged(Acknowledged),
    /// The child was seen to.
    Closed {
        /// How it was acknowledged before.
        acknowledged: Acknowledged,
        /// Who checked what was done.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// What was done for the child, and by whom.
        outcome: Reason,
    },
    /// It was raised in error. It stays to be seen.
    Withdrawn {
        /// Who said so.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// Why.
        why: Reason,
    },
}

impl Stage {
    /// A code that stays the same whatever the words become.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Acknowledged(_) => "acknowledged",
            Self::Closed { .. } => "closed",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }

    /// The stage in words.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Raised => "Not acknowledged",
            Self::Acknowledged(_) => "Acknowledged",
            Self::Closed { .. } => "Closed",
            Self::Withdrawn { .. } => "Withdrawn",
        }
    }
}

/// A concern that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// Its id.
    pub id: ConcernId,
    /// About which record.
    pub record: RecordId,
    /// Where that record stands.
    pub whereabouts: Whereabouts,
    /// In which audit it was seen; none if outside one.
    pub audit: Option<AuditId>,
    /// Whether that audit was submitted before.
    pub after_submission: bool,
    /// Who raised it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What was seen, without names.
    pub seen: Reason,
    /// Who was spoken to; none while nobody is reached.
    pub spoken: Option<Spoken>,
    /// How far it has come.
    pub stage: Stage,
}

impl Concern {
    /// True while it waits for somebody who must see it.
    pub const fn waits(&self) -> bool {
        matches!(self.stage, Stage::Raised)
    }

    /// Says what is being done.
    ///
    /// # Errors
    /// Refuses a concern that does not wait, and whoever raised it.
    pub fn acknowledge(
        &self,
        by: PersonId,
        at: Timestamp,
        doing: Reason,
    ) -> Result<Acknowledged, Refusal> {
        if !self.waits() {
            let words = self.stage.words().to_lowercase();
            return Err(Refusal::because(format!("This concern is {words} already.")));
        }
        if by == self.by {
            return Err(Refusal::because(
                "Somebody else acknowledges this concern: you raised it yourself.",
            ));
        }
        Ok(Acknowledged { by, at, doing })
    }

    /// Says what was done for the child, checked by somebody other than whoever acknowledged it.
    ///
    /// # Errors
    /// Refuses a concern that nobody acknowledged or that is over, and whoever acknowledged it.
    pub fn close(&self, by: PersonId, at: Timestamp, outcome: Reason) -> Result<Stage, Refusal> {
        let Stage::Acknowledged(acknowledged) = &self.stage else {
            let sentence = match self.stage {
                Stage::Raised => "Acknowledge this concern before it is closed.",
                _ => "This concern is over already.",
            };
            return Err(Refusal::because(sentence));
        };
        if acknowledged.by == by {
            return Err(Refusal::because(
                "Somebody else checks what was done and closes this concern: you acknowledged it.",
            ));
        }
        Ok(Stage::Closed { acknowledged: acknowledged.clone(), by, at, outcome })
    }

    /// Says that it was raised in error.
    ///
    /// # Errors
    /// Refuses a concern that is over, and one that somebody has acknowledged.
    pub fn withdraw(&self, by: PersonId, at: Timestamp, why: Reason) -> Result<Stage, Refusal> {
        match self.stage {
            Stage::Raised => Ok(Stage::Withdrawn { by, at, why }),
            Stage::Acknowledged(_) => Err(Refusal::because(
                "Something is being done already. Close this concern with what came of it.",
            )),
            Stage::Closed { .. } | Stage::Withdrawn { .. } => {
                Err(Refusal::because("This concern is over already."))
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod sample {
    use super::*;

    /// A concern that somebody raised in a place.
    pub(crate) fn raised(by: PersonId, whereabouts: Whereabouts) -> Concern {
        Concern {
            id: ConcernId(1),
            record: RecordId(1),
            whereabouts,
            audit: None,
            after_submission: false,
            by,
            at: "2026-11-24T10:00:00Z".parse().unwrap(),
            seen: Reason::new("Not seen for nine weeks").unwrap(),
            spoken: None,
            stage: Stage::Raised,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn words(text: &str) -> Reason {
        Reason::new(text).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn concern(stage: Stage) -> Concern {
        Concern { stage, ..sample::raised(PersonId(1), Whereabouts::default()) }
    }

    #[test]
    fn nobody_was_spoken_to_in_the_future_or_unexplained_before_the_audit() {
        let now = at("2026-11-24T10:00:00Z");
        let spoken = |when, why| {
            Spoken::new(words("Duty manager"), at(when), now, Some(date(2026, 11, 20)), why)
        };
        assert!(spoken("2026-11-24T10:00:00Z", None).is_ok());
        assert!(spoken("2026-11-24T10:01:00Z", None).is_err());
        assert!(spoken("2026-11-19T23:59:00Z", None).is_err());
        assert!(spoken("2026-11-19T23:59:00Z", Some(words("I held it before"))).is_ok());
    }

    #[test]
    fn each_step_is_somebody_elses_and_follows_the_one_before() {
        let now = at("2026-11-24T10:14:00Z");
        let raised = concern(Stage::Raised);
        assert!(raised.acknowledge(PersonId(1), now, words("Visit today")).is_err());
        assert!(raised.close(PersonId(3), now, words("Seen and safe")).is_err());
        assert!(raised.withdraw(PersonId(1), now, words("Another record")).is_ok());
        let acknowledged = raised.acknowledge(PersonId(2), now, words("Visit today")).unwrap();
        let acknowledged = concern(Stage::Acknowledged(acknowledged));
        assert!(acknowledged.acknowledge(PersonId(3), now, words("Again")).is_err());
        assert!(acknowledged.withdraw(PersonId(1), now, words("No")).is_err());
        assert!(acknowledged.close(PersonId(2), now, words("Seen and safe")).is_err());
        let closed = acknowledged.close(PersonId(3), now, words("Seen and safe")).unwrap();
        let closed = concern(closed);
        assert!(closed.withdraw(PersonId(1), now, words("No")).is_err());
        assert!(closed.close(PersonId(4), now, words("Again")).is_err());
    }
}
