//! Who sees and changes what others may do, restricts records, and passes by their own grants.

use jiff::civil::Date;

use crate::access::glass::{MAY_BREAK, Opening};
use crate::person::{Person, Role};
use crate::place::Whereabouts;

/// Something about grants, restrictions and looks that a person asks to do.
#[derive(Debug, Clone, Copy)]
pub enum AccessDeed<'a> {
    /// See who has which role over which place.
    SeePeople,
    /// Add people, give grants and end them.
    ChangePeople,
    /// Confirm a grant of weight.
    ConfirmGrants,
    /// See which role may do what, and who may see which record.
    SeeWhoMay,
    /// Say that a record is restricted, and that it no longer is.
    Restrict,
    /// Open a record that no grant of theirs reaches.
    BreakGlass,
    /// See which records were opened so: all, or those of the places that they answer for.
    SeeOpenings,
    /// Read how one record was opened so.
    ReadOpening(&'a Opening),
    /// Say whether it was justified.
    ReviewOpening(&'a Opening),
    /// Look through the looks.
    SearchLooks,
    /// See who has looked at a record in this place.
    SeeLooksIn(&'a Whereabouts),
    /// Say what became of a look that is unusual.
    SettleLooks,
}

impl AccessDeed<'_> {
    /// Whether this person may do it on this day.
    pub(super) fn is_for(self, person: &Person, day: Date) -> bool {
        let any = |roles: &[Role]| roles.iter().any(|role| person.is(*role, day));
        match self {
            // Internal audit sees who has which role; it grants nothing.
            Self::SeePeople | Self::SeeWhoMay => {
                any(&[Role::Administrator, Role::InformationGovernance, Role::AuditServices])
            }
            Self::ChangePeople => any(&[Role::Administrator]),
            Self::ConfirmGrants => any(&[Role::Administrator, Role::InformationGovernance]),
            Self::Restrict => any(&[Role::InformationGovernance, Role::QualityLead]),
            Self::BreakGlass => any(&MAY_BREAK),
            Self::SeeOpenings => any(&[
                Role::InformationGovernance,
                Role::AuditServices,
                Role::ServiceManager,
                Role::SeniorManager,
            ]),
            Self::ReadOpening(it) => {
                any(&[Role::InformationGovernance, Role::AuditServices])
                    || answers(person, &it.whereabouts, day)
                    || it.person == person.id && any(&MAY_BREAK)
            }
            // Nobody reviews what they opened.
            Self::ReviewOpening(it) => {
                it.person != person.id
                    && (any(&[Role::InformationGovernance])
                        || answers(person, &it.whereabouts, day))
            }
            Self::SearchLooks => any(&[Role::InformationGovernance, Role::AuditServices]),
            Self::SeeLooksIn(place) => {
                any(&[Role::InformationGovernance, Role::AuditServices])
                    || person.is_over(Role::ServiceManager, place, day)
            }
            Self::SettleLooks => any(&[Role::InformationGovernance]),
        }
    }
}

fn answers(person: &Person, place: &Whereabouts, day: Date) -> bool {
    person.is_over(Role::ServiceManager, place, day)
        || person.is_over(Role::SeniorManager, place, day)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::super::{Deed, permits};
    use super::*;
    use crate::id::{GlassId, PersonId, PlaceId, RecordId};
    use crate::person::Grant;

    const DAY: Date = date(2026, 11, 23);

    fn person(id: i64, role: Role, place: i64) -> Person {
        let grant = Grant { role, place: PlaceId(place), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(id), name: format!("Person {id}"), grants: vec![grant] }
    }

    fn who(id: i64, place: i64, deed: AccessDeed<'_>) -> Vec<&'static str> {
        let may = |role: &Role| permits(&person(id, *role, place), Deed::Access(deed), DAY);
        Role::ALL.into_iter().filter(may).map(Role::code).collect()
    }

    #[test]
    fn administrators_change_grants_and_see_no_record() {
        assert_eq!(who(1, 1, AccessDeed::ChangePeople), ["administrator"]);
        let admin = person(1, Role::Administrator, 1);
        for deed in [Deed::ListRecords, Deed::SeeLooks, Deed::SeeFindings, Deed::ReadDraftReports] {
            assert!(!permits(&admin, deed, DAY), "{deed:?}");
        }
        assert_eq!(
            who(1, 1, AccessDeed::SearchLooks),
            ["audit-services", "information-governance"]
        );
    }

    #[test]
    fn whoever_broke_the_glass_does_not_review_it() {
        let it = Opening {
            id: GlassId(1),
            person: PersonId(7),
            name: String::new(),
            record: RecordId(1),
            reference: String::new(),
            whereabouts: Whereabouts::new(vec![PlaceId(2), PlaceId(1)]),
            why: String::new(),
            at: Timestamp::UNIX_EPOCH,
            until: Timestamp::UNIX_EPOCH,
            review: None,
        };
        let reviewers = ["service-manager", "senior-manager", "information-governance"];
        assert_eq!(who(1, 1, AccessDeed::ReviewOpening(&it)), reviewers);
        assert_eq!(who(1, 3, AccessDeed::ReviewOpening(&it)), ["information-governance"]);
        assert_eq!(who(7, 1, AccessDeed::ReviewOpening(&it)), [""; 0]);
        let breakers =
            ["service-manager", "quality-lead", "senior-manager", "information-governance"];
        assert_eq!(who(1, 9, AccessDeed::BreakGlass), breakers);
    }
}
