//! What somebody must sign in with besides a password.

use jiff::civil::Date;

use crate::person::{Person, Role};

/// Of whom more than a password is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// Of everybody.
    Everyone,
    /// Of the roles in [`ALWAYS`]; offered to the others.
    Roles,
    /// Of nobody, where every record is invented or the machine is one's own; offered to all.
    Nobody,
}

/// Whoever holds one of these can change what others may see or read every record.
pub const ALWAYS: [Role; 5] = [
    Role::Administrator,
    Role::QualityLead,
    Role::SeniorManager,
    Role::AuditServices,
    Role::InformationGovernance,
];

impl SecondFactor {
    /// True if more than a password is asked of this person on this day.
    pub fn is_asked_of(self, person: &Person, day: Date) -> bool {
        match self {
            Self::Everyone => true,
            Self::Roles => ALWAYS.into_iter().any(|role| person.is(role, day)),
            Self::Nobody => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::id::{PersonId, PlaceId};
    use crate::person::Grant;

    fn person(role: Role) -> Person {
        let until = Some(date(2026, 3, 31));
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until };
        Person { id: PersonId(1), name: "Rosa Whitlow".to_owned(), grants: vec![grant] }
    }

    #[test]
    fn more_is_asked_of_whoever_could_do_most() {
        let day = date(2026, 2, 1);
        let asked: Vec<Role> = Role::ALL
            .into_iter()
            .filter(|role| SecondFactor::Roles.is_asked_of(&person(*role), day))
            .collect();
        assert_eq!(asked.len(), ALWAYS.len());
        assert!(ALWAYS.iter().all(|role| asked.contains(role)));
        for role in Role::ALL {
            assert!(SecondFactor::Everyone.is_asked_of(&person(role), day));
            assert!(!SecondFactor::Nobody.is_asked_of(&person(role), day));
        }
        let later = date(2026, 4, 1);
        assert!(!SecondFactor::Roles.is_asked_of(&person(Role::Administrator), later));
    }
}
