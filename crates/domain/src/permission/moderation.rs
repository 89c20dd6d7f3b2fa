//! What may be done about second readings, and by whom.

use jiff::civil::Date;

use crate::person::{Person, Role};

/// Something about second readings that a person asks to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModerationDeed {
    /// See which audits are read a second time, and how that comes on.
    See,
    /// Read an audit a second time. Their own is shown too, so that the page can say why they may
    /// not; [`crate::moderation::second_reader`] refuses whoever is close to it.
    Read,
    /// Say which audits are read a second time.
    SetRule,
    /// See how far auditors and moderators agree, by standard.
    SeeAgreement,
    /// See how far each auditor and the moderators agree.
    SeeAgreementByAuditor,
    /// Suggest that a standard be worded anew.
    SuggestRewording,
}

impl ModerationDeed {
    /// Whether this person may do it on this day.
    pub(super) fn is_for(self, person: &Person, day: Date) -> bool {
        let roles: &[Role] = match self {
            Self::See => &[Role::Moderator, Role::QualityLead, Role::AuditServices],
            Self::Read => &[Role::Moderator],
            Self::SetRule | Self::SeeAgreementByAuditor => &[Role::QualityLead],
            Self::SeeAgreement => {
                &[Role::Moderator, Role::QualityLead, Role::SeniorManager, Role::AuditServices]
            }
            Self::SuggestRewording => &[Role::Moderator, Role::QualityLead],
        };
        roles.iter().any(|role| person.is(*role, day))
    }
}
