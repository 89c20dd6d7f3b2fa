//! The people who sign in, and the roles that they hold.

use jiff::civil::Date;

use crate::id::{PersonId, PlaceId};
use crate::place::Whereabouts;

/// What a person is to the audit. A right is always a role held over a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Audits the records assigned to them.
    Auditor,
    /// Holds records; reads the audits of their own, and does actions.
    Worker,
    /// Answers for a team or a service: sees its results, owns its actions, confirms those of others.
    ServiceManager,
    /// Runs the audit: frameworks, programme, draw, assignment, findings, draft reports.
    QualityLead,
    /// Marks a second time and reconciles.
    Moderator,
    /// Agrees frameworks and approves reports.
    SeniorManager,
    /// Internal audit: reads everything about the process and changes nothing.
    AuditServices,
    /// Serves the committee: releases reports and keeps its register.
    Clerk,
    /// A councillor, who reads released reports.
    Member,
    /// Answers for access, retention and disclosure.
    InformationGovernance,
    /// Looks after people, places, settings, imports and backups.
    Administrator,
    /// Checks the filing of a place's records and clears what is misfiled; reads no answers.
    RecordsOfficer,
}

impl Role {
    /// Every role, in the order of the product's own table, and after them the one that it lacks.
    pub const ALL: [Self; 12] = [
        Self::Auditor,
        Self::Worker,
        Self::ServiceManager,
        Self::QualityLead,
        Self::Moderator,
        Self::SeniorManager,
        Self::AuditServices,
        Self::Clerk,
        Self::Member,
        Self::InformationGovernance,
        Self::Administrator,
        Self::RecordsOfficer,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auditor => "auditor",
            Self::Worker => "worker",
            Self::ServiceManager => "service-manager",
            Self::QualityLead => "quality-lead",
            Self::Moderator => "moderator",
            Self::SeniorManager => "senior-manager",
            Self::AuditServices => "audit-services",
            Self::Clerk => "clerk",
            Self::Member => "member",
            Self::InformationGovernance => "information-governance",
            Self::Administrator => "administrator",
            Self::RecordsOfficer => "records-officer",
        }
    }

    /// The role in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Auditor => "Auditor",
            Self::Worker => "Worker",
            Self::ServiceManager => "Service manager",
            Self::QualityLead => "Quality lead",
            Self::Moderator => "Moderator",
            Self::SeniorManager => "Senior manager",
            Self::AuditServices => "Audit Services",
            Self::Clerk => "Committee clerk",
            Self::Member => "Member",
            Self::InformationGovernance => "Information governance",
            Self::Administrator => "Administrator",
            Self::RecordsOfficer => "Records officer",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A role held over a place, from a day and perhaps until one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The place, and everything inside it.
    pub place: PlaceId,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds; none while it has no end.
    pub until: Option<Date>,
}

impl Grant {
    /// True if the grant holds on this day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name, as colleagues know them.
    pub name: String,
    /// Every role that they hold or have held.
    pub grants: Vec<Grant>,
}

impl Person {
    /// True if they hold the role on this day, over any place.
    pub fn is(&self, role: Role, day: Date) -> bool {
        self.grants.iter().any(|grant| grant.role == role && grant.holds_on(day))
    }

    /// True if they hold the role on this day over a place that this stands in.
    pub fn is_over(&self, role: Role, whereabouts: &Whereabouts, day: Date) -> bool {
        self.grants.iter().any(|grant| {
            grant.role == role && grant.holds_on(day) && whereabouts.is_within(grant.place)
        })
    }

    /// The roles that they hold on this day, each once, in the order of the product's table.
    pub fn roles_on(&self, day: Date) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.is(*role, day)).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn person(until: Option<Date>) -> Person {
        let grant =
            Grant { role: Role::ServiceManager, place: PlaceId(2), from: date(2026, 1, 1), until };
        Person { id: PersonId(1), name: "Rosa Whitlow".to_owned(), grants: vec![grant] }
    }

    #[test]
    fn a_grant_holds_on_its_first_and_its_last_day_and_not_beyond() {
        let person = person(Some(date(2026, 3, 31)));
        assert!(!person.is(Role::ServiceManager, date(2025, 12, 31)));
        assert!(person.is(Role::ServiceManager, date(2026, 1, 1)));
        assert!(person.is(Role::ServiceManager, date(2026, 3, 31)));
        assert!(!person.is(Role::ServiceManager, date(2026, 4, 1)));
    }

    #[test]
    fn a_grant_reaches_down_and_not_up_or_across() {
        let person = person(None);
        let day = date(2026, 2, 1);
        let team_inside = Whereabouts::new(vec![PlaceId(7), PlaceId(2), PlaceId(1)]);
        let whole_council = Whereabouts::new(vec![PlaceId(1)]);
        let team_elsewhere = Whereabouts::new(vec![PlaceId(8), PlaceId(3), PlaceId(1)]);
        assert!(person.is_over(Role::ServiceManager, &team_inside, day));
        assert!(!person.is_over(Role::ServiceManager, &whole_council, day));
        assert!(!person.is_over(Role::ServiceManager, &team_elsewhere, day));
    }

    #[test]
    fn every_role_has_its_own_code() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
    }
}
