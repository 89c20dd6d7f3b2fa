//! Who may do what about staff, teams and the allocation of records.

use jiff::civil::Date;

use crate::independence::manages;
use crate::person::{Person, Role};
use crate::place::Whereabouts;

/// Something about staff and allocation that a person asks to do.
#[derive(Debug, Clone, Copy)]
pub enum StaffingDeed<'a> {
    /// See records, staff and records per worker over time: numbers only.
    SeeTrend,
    /// Say how many staff a team had in a month, and what became of a team.
    Keep,
    /// Read the allocation protocol, and see caseloads by team.
    SeeAllocation,
    /// Say from which day another allocation protocol holds.
    WriteProtocol,
    /// See which records of this place are held otherwise than the protocol advises.
    ReadExceptions(&'a Whereabouts),
    /// Say why, in terms of the child, a record of this place is.
    GiveReason(&'a Whereabouts),
}

impl StaffingDeed<'_> {
    /// Whether this person may do it on this day.
    pub(super) fn is_for(self, person: &Person, day: Date) -> bool {
        let any = |roles: &[Role]| roles.iter().any(|role| person.is(*role, day));
        match self {
            Self::SeeTrend | Self::SeeAllocation => any(&[
                Role::ServiceManager,
                Role::QualityLead,
                Role::SeniorManager,
                Role::AuditServices,
            ]),
            Self::Keep => any(&[Role::QualityLead, Role::Administrator]),
            Self::WriteProtocol => any(&[Role::QualityLead]),
            Self::ReadExceptions(place) => {
                any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices])
                    || manages(person, place, day)
            }
            // The reason is the manager's, who knows the child's circumstances and decides who
            // holds the record. Nobody else gives it for them.
            Self::GiveReason(place) => manages(person, place, day),
        }
    }
}
