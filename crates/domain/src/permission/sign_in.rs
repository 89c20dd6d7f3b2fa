//! Who sees how people sign in, and who gives them a new start.

use jiff::civil::Date;

use crate::id::PersonId;
use crate::person::{Person, Role};

/// Something about signing in that a person asks to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInDeed {
    /// See and change what they sign in with themselves.
    KeepOwn,
    /// See who signs in with what.
    SeePeople,
    /// See every sign-in, every wrong try and what else is noted.
    SeeEvents,
    /// Give this person a code by which they choose a new password.
    Reset(PersonId),
}

impl SignInDeed {
    /// Whether this person may do it on this day.
    pub(super) fn is_for(self, person: &Person, day: Date) -> bool {
        match self {
            Self::KeepOwn => !person.roles_on(day).is_empty(),
            Self::SeePeople => person.is(Role::Administrator, day),
            Self::SeeEvents => {
                person.is(Role::Administrator, day) || person.is(Role::InformationGovernance, day)
            }
            // What one administrator could do to their own account, whoever takes it over could too.
            Self::Reset(whom) => person.is(Role::Administrator, day) && whom != person.id,
        }
    }
}
