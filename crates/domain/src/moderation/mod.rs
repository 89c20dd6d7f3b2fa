//! A second reading of an audit, and how the two are brought together.
//!
//! A rule says which audits are read a second time ([`rule`], [`pick`]), and who may do it
//! ([`second_reader`]). Standard by standard the two readings agree or are reconciled ([`reading`]);
//! then the audit is confirmed ([`confirm`]) or goes back to its auditor with notes ([`send_back`]).
//! Nothing is written over: what the auditor gave stays beside what stands in the end.

pub mod confirm;
pub mod pick;
pub mod reading;
pub mod rewording;
pub mod rule;
#[cfg(test)]
mod sample;
pub mod second_reader;
pub mod send_back;
pub mod take_back;

use jiff::Timestamp;

use crate::id::{AuditId, ModerationId, PersonId};
use crate::refusal::Refusal;
use pick::Why;

/// A second reading under way, or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderation {
    /// Its id.
    pub id: ModerationId,
    /// The audit.
    pub audit: AuditId,
    /// Which submission of the audit it reads, from 1.
    pub round: u32,
    /// Why the audit is read a second time.
    pub why: Why,
    /// True while the auditor's answer to a standard is shown only after the moderator's own is kept.
    pub blind: bool,
    /// Who reads.
    pub moderator: PersonId,
    /// Their name.
    pub moderator_name: String,
    /// When they opened it.
    pub opened: Timestamp,
    /// How it ended; none while it goes on.
    pub ended: Option<Ended>,
}

/// How a second reading ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// What stands was settled.
    Confirmed,
    /// The audit went back to its auditor.
    Returned,
}

impl Ending {
    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Returned => "returned",
        }
    }

    /// The ending with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Confirmed, Self::Returned].into_iter().find(|ending| ending.code() == code)
    }
}

/// An ending and its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// How.
    pub how: Ending,
    /// When.
    pub at: Timestamp,
}

impl Moderation {
    /// Refuses once it has ended.
    ///
    /// # Errors
    /// Says how it ended.
    pub fn must_go_on(&self) -> Result<(), Refusal> {
        match self.ended.map(|ended| ended.how) {
            None => Ok(()),
            Some(Ending::Confirmed) => Err(Refusal::because(
                "This audit was confirmed, so its second reading can no longer be changed.",
            )),
            Some(Ending::Returned) => Err(Refusal::because(
                "This audit went back to its auditor. Open it again once it is submitted again.",
            )),
        }
    }
}
