//! Whether a grant is used: what its person did is compared with what the role is for.

use crate::person::Role;

/// Whether a grant is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// Its person did something that the role is for, or was seen where it is for reading.
    Yes,
    /// Its person was seen, and did nothing that the role is for.
    NotForThis,
    /// Its person was not seen.
    NotAtAll,
}

impl Used {
    /// What is missing.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Yes => "Nothing",
            Self::NotForThis => "They were seen, and did nothing that this role is for",
            Self::NotAtAll => "They did not sign in",
        }
    }
}

/// The nouns of the journal under which the deeds of a role are kept; none for a role that reads.
const fn nouns(role: Role) -> &'static [&'static str] {
    match role {
        Role::Auditor => &["audit", "copy", "conflict"],
        Role::ServiceManager => &["action", "concern", "allocation", "filing"],
        Role::QualityLead => &[
            "cycle",
            "draw",
            "draft",
            "edition",
            "programme",
            "theme",
            "moderation",
            "report",
            "claim",
            "action",
            "case-list",
            "auditor",
            "draw-request",
            "filing",
            "finding",
            "rule",
            "worker",
        ],
        Role::Moderator => &["moderation", "challenge", "rewording", "action"],
        Role::Clerk => &["report", "register", "meeting", "programme"],
        Role::Administrator => &[
            "person",
            "grant",
            "place",
            "case-list",
            "staff",
            "worker",
            "source",
            "column-mapping",
        ],
        Role::RecordsOfficer => &["filing"],
        Role::Worker
        | Role::SeniorManager
        | Role::AuditServices
        | Role::Member
        | Role::InformationGovernance => &[],
    }
}

/// Whether a grant of this role is used by somebody who was seen or not, and did things under these
/// nouns of the journal.
pub fn used(role: Role, seen: bool, did: &[&str]) -> Used {
    let for_this = nouns(role);
    if !seen {
        Used::NotAtAll
    } else if for_this.is_empty() || did.iter().any(|noun| for_this.contains(noun)) {
        Used::Yes
    } else {
        Used::NotForThis
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_does_things_is_used_by_doing_them_and_one_that_reads_by_being_there() {
        assert_eq!(used(Role::Auditor, true, &["audit"]), Used::Yes);
        assert_eq!(used(Role::Auditor, true, &["action", "session"]), Used::NotForThis);
        assert_eq!(used(Role::Auditor, false, &[]), Used::NotAtAll);
        assert_eq!(used(Role::Member, true, &["session"]), Used::Yes);
        assert_eq!(used(Role::Member, false, &[]), Used::NotAtAll);
    }
}
