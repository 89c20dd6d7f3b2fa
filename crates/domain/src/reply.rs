//! What the worker says to an audit of their record, and what a moderator decides about a challenge.

use jiff::Timestamp;

use crate::audit::Audit;
use crate::framework::Contents;
use crate::id::{PersonId, ReplyId};
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// What somebody means by a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meant {
    /// A comment, which asks for nothing.
    Comment,
    /// *I think this is wrong because …*: a moderator decides.
    Challenge,
}

impl Meant {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Comment, Self::Challenge];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Challenge => "challenge",
        }
    }

    /// What it means, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Comment => "I want to say something to it",
            Self::Challenge => "I think this is wrong",
        }
    }

    /// The meaning with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// What a moderator decides about a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The worker is right.
    Upheld,
    /// The worker is right in part.
    Partly,
    /// The answer stands.
    NotUpheld,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Upheld, Self::Partly, Self::NotUpheld];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Partly => "partly",
            Self::NotUpheld => "not-upheld",
        }
    }

    /// The outcome in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Upheld => "Upheld",
            Self::Partly => "Upheld in part",
            Self::NotUpheld => "Not upheld",
        }
    }

    /// The outcome with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// A reply that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReply {
    /// The standard.
    pub standard: StandardCode,
    /// What is meant by it.
    pub meant: Meant,
    /// The worker's words.
    pub words: Reason,
}

/// What a moderator decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The outcome.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// Who decided, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A reply as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its id.
    pub id: ReplyId,
    /// The standard.
    pub standard: StandardCode,
    /// What is meant by it.
    pub meant: Meant,
    /// The worker's words.
    pub words: Reason,
    /// Who wrote it, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What was decided about a challenge; none while it waits.
    pub decided: Option<Decided>,
}

impl Reply {
    /// True for a challenge that nobody has decided.
    pub fn waits(&self) -> bool {
        self.meant == Meant::Challenge && self.decided.is_none()
    }

    /// Checks that somebody may decide it now.
    ///
    /// # Errors
    /// Refuses what is no challenge, and a second decision.
    pub fn must_wait(&self) -> Result<(), Refusal> {
        if self.meant != Meant::Challenge {
            return Err(Refusal::because("This is a comment. There is nothing to decide."));
        }
        match &self.decided {
            None => Ok(()),
            Some(it) => Err(Refusal::because(format!(
                "{} has decided this challenge: {}.",
                it.by,
                it.outcome.words()
            ))),
        }
    }
}

impl NewReply {
    /// True if the same was said before, word for word: its form came twice.
    pub fn was_said(&self, before: &[Reply]) -> bool {
        let said = |it: &Reply| {
            (&it.standard, it.meant, &it.words) == (&self.standard, self.meant, &self.words)
        };
        before.iter().any(said)
    }

    /// A reply of the worker to one standard of an audit.
    ///
    /// # Errors
    /// Refuses before the audit was submitted, a standard that was not asked, and a second
    /// challenge of a standard while the first waits.
    pub fn to(
        audit: &Audit,
        contents: &Contents,
        before: &[Reply],
        reply: Self,
    ) -> Result<Self, Refusal> {
        if !audit.is_submitted() {
            return Err(Refusal::because("You can reply once the audit is submitted."));
        }
        let asked = contents
            .find(&reply.standard)
            .is_some_and(|(_, standard)| standard.applies_to(&audit.line));
        if !asked {
            return Err(Refusal::because(format!(
                "Standard {} was not asked of this record.",
                reply.standard
            )));
        }
        let waits = |it: &Reply| it.standard == reply.standard && it.waits();
        if reply.meant == Meant::Challenge && before.iter().any(waits) {
            return Err(Refusal::because(format!(
                "You have challenged {} already, and a moderator has not decided yet.",
                reply.standard
            )));
        }
        Ok(reply)
    }
}

/// Somebody who is to decide a challenge must have had nothing to do with the audit.
///
/// # Errors
/// Refuses its auditor, and the worker who holds the record.
pub fn must_stand_apart(audit: &Audit, moderator: PersonId) -> Result<(), Refusal> {
    if audit.auditor == moderator {
        return Err(Refusal::because("You made this audit, so somebody else decides."));
    }
    if audit.holder == Some(moderator) {
        return Err(Refusal::because("You hold this record, so somebody else decides."));
    }
    Ok(())
}

#[cfg(test)]
#[path = "reply_tests.rs"]
mod tests;
