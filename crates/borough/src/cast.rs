//! Who is in the borough, for those who want to sign in as them.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{AuditId, EditionId, PersonId};

use crate::places::Places;

/// The borough as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// Everybody who can sign in, those whom a visitor should try first at the head.
    pub people: Vec<CastMember>,
    /// The parts of the council.
    pub places: Places,
    /// The edition on which all the audits are made.
    pub edition: EditionId,
    /// The five quarters, the earliest first; the last one is under way.
    pub quarters: Vec<Quarter>,
    /// An audit of Priya's in the quarter under way, some of whose sections are done.
    pub underway: AuditId,
    /// An audit of hers that she has not begun.
    pub not_started: AuditId,
    /// An audit of hers that she has submitted.
    pub submitted: AuditId,
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastMember {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The address that they sign in with.
    pub email: String,
    /// Their roles in words, each with its place.
    pub roles: String,
    /// What one can see by signing in as them, in one sentence.
    pub purpose: String,
}

impl Cast {
    /// The person with this address before the `@`, such as `priya.anand`.
    pub fn person(&self, name: &str) -> Option<&CastMember> {
        self.people.iter().find(|person| person.email.split('@').next() == Some(name))
    }
}
