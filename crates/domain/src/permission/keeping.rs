//! Who proves the history, and who decides how long things are kept.

use jiff::civil::Date;

use crate::person::{Person, Role};

/// Something that a person asks to do about what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepingDeed {
    /// Check the journal, and take it out to be checked elsewhere.
    ProveHistory,
    /// See what is kept for how long, what is held and what went.
    SeeRetention,
    /// Change a rule, place and lift holds, and propose a disposal.
    DecideRetention,
    /// Confirm a disposal that somebody else proposed.
    ConfirmDisposal,
    /// Take out everything that is held about a record.
    BundleRecord,
}

impl KeepingDeed {
    /// Whether this person may do this on this day.
    pub fn is_for(self, person: &Person, day: Date) -> bool {
        let any = |roles: &[Role]| roles.iter().any(|role| person.is(*role, day));
        match self {
            Self::ProveHistory => any(&[Role::AuditServices, Role::InformationGovernance]),
            Self::SeeRetention => any(&[
                Role::InformationGovernance,
                Role::AuditServices,
                Role::Administrator,
                Role::QualityLead,
            ]),
            Self::DecideRetention | Self::BundleRecord => any(&[Role::InformationGovernance]),
            Self::ConfirmDisposal => any(&[Role::InformationGovernance, Role::QualityLead]),
        }
    }
}
