//! Who builds a report, reads its sentences, approves it and releases it.

use jiff::civil::Date;

use crate::person::{Person, Role};

/// Something about a report on its way to members that a person asks to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseDeed {
    /// Read it with its private part.
    Read,
    /// Build it, and correct one that was released.
    Build,
    /// Accept and edit its sentences, clear the leak check and choose the ground.
    Write,
    /// Approve it. The report itself refuses whoever wrote in it.
    Approve,
    /// Give it to members.
    Release,
    /// See who has read its private part.
    SeeReaders,
}

impl ReleaseDeed {
    /// Whether this person may do it on this day.
    pub(super) fn is_for(self, person: &Person, day: Date) -> bool {
        let any = |roles: &[Role]| roles.iter().any(|role| person.is(*role, day));
        match self {
            Self::Read => {
                any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices, Role::Clerk])
            }
            Self::Build | Self::Write => any(&[Role::QualityLead]),
            Self::Approve => any(&[Role::SeniorManager]),
            Self::Release => any(&[Role::Clerk]),
            Self::SeeReaders => {
                any(&[Role::QualityLead, Role::InformationGovernance, Role::AuditServices])
            }
        }
    }
}
