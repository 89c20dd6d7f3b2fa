//! Who may do what about filing.

use jiff::civil::Date;

use super::{AROUND_AUDITS, Deed};
use crate::independence::manages;
use crate::person::{Person, Role};
use crate::place::Whereabouts;

/// Whether this person may do this about filing; nothing else is answered here.
pub(super) fn permits(person: &Person, deed: Deed<'_>, day: Date) -> bool {
    let is = |role| person.is(role, day);
    let any = |roles: &[Role]| roles.iter().any(|role| is(*role));
    match deed {
        // Whoever files something has to know where it goes.
        Deed::ReadFilingProtocol => any(&AROUND_AUDITS) || is(Role::RecordsOfficer),
        Deed::WriteFilingProtocol => is(Role::QualityLead),
        Deed::SeeFiling => any(&[
            Role::ServiceManager,
            Role::QualityLead,
            Role::SeniorManager,
            Role::AuditServices,
            Role::RecordsOfficer,
        ]),
        Deed::ReadFiling(place) => {
            any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices])
                || keeps(person, place, day)
                || manages(person, place, day)
        }
        Deed::CheckAnyFiling => any(&[Role::QualityLead, Role::RecordsOfficer]),
        Deed::ClearAnyFiling => {
            any(&[Role::ServiceManager, Role::QualityLead, Role::RecordsOfficer])
        }
        // Nobody checks what they file themselves, and no manager their own team's.
        Deed::CheckFiling(record) => {
            let holder = record.worker.as_ref().and_then(|worker| worker.person);
            holder != Some(person.id)
                && !manages(person, &record.whereabouts, day)
                && (is(Role::QualityLead) || keeps(person, &record.whereabouts, day))
        }
        Deed::ClearFiling(place) => {
            is(Role::QualityLead) || keeps(person, place, day) || manages(person, place, day)
        }
        Deed::WithdrawCheck(by) => {
            by == person.id && !person.roles_on(day).is_empty() || is(Role::QualityLead)
        }
        _ => false,
    }
}

/// True for the records officer of the place; where nobody knows the place, for every one of them.
fn keeps(person: &Person, place: &Whereabouts, day: Date) -> bool {
    person.is_over(Role::RecordsOfficer, place, day)
        || place.places().is_empty() && person.is(Role::RecordsOfficer, day)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::super::permits;
    use super::*;
    use crate::allocation::Experience;
    use crate::case_list::{CaseLine, Reference};
    use crate::history::History;
    use crate::id::{PersonId, PlaceId, RecordId, WorkerId};
    use crate::need::{Known, LegalRoute, Need, Placement};
    use crate::person::Grant;
    use crate::record::{Record, Worker};

    const DAY: Date = date(2026, 11, 23);

    fn person(role: Role) -> Person {
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(7), name: "Ines Moreira".to_owned(), grants: vec![grant] }
    }

    fn who(deed: Deed<'_>) -> Vec<&'static str> {
        let may = |role: &Role| permits(&person(*role), deed, DAY);
        Role::ALL.into_iter().filter(may).map(Role::code).collect()
    }

    fn record(place: i64, holder: Option<i64>) -> Record {
        let line = CaseLine {
            reference: Reference::new("R-1").unwrap(),
            needs: [Need::ChildInNeed].into(),
            assessment_open: false,
            disabled: Known::Unknown,
            unaccompanied: Known::No,
            placement: Placement::NotPlaced,
            route: LegalRoute::Unknown,
            worker: None,
            team: None,
            dates: BTreeMap::new(),
            history: History::default(),
        };
        let worker = holder.map(|id| Worker {
            id: WorkerId(1),
            name: "Nia Pell".to_owned(),
            experience: Experience::Unknown,
            person: Some(PersonId(id)),
        });
        let whereabouts = Whereabouts::new(vec![PlaceId(place)]);
        Record { id: RecordId(1), line, as_at: DAY, worker, whereabouts, service: None }
    }

    #[test]
    fn a_records_officer_checks_and_clears_in_their_place_and_reads_no_audit_or_record() {
        let (here, there) =
            (Whereabouts::new(vec![PlaceId(1)]), Whereabouts::new(vec![PlaceId(2)]));
        assert_eq!(who(Deed::CheckFiling(&record(1, None))), ["quality-lead", "records-officer"]);
        assert_eq!(who(Deed::CheckFiling(&record(2, None))), ["quality-lead"]);
        let clearing = ["service-manager", "quality-lead", "records-officer"];
        assert_eq!(who(Deed::ClearFiling(&here)), clearing);
        assert_eq!(who(Deed::ClearFiling(&there)), ["quality-lead"]);
        let all = ["quality-lead", "senior-manager", "audit-services"];
        assert_eq!(who(Deed::ReadFiling(&there)), all);
        let officer = person(Role::RecordsOfficer);
        let record = record(1, None);
        for deed in [
            Deed::ReadRecord(&record),
            Deed::ListRecords,
            Deed::ReadFramework,
            Deed::SeeLooks,
            Deed::ImportCaseLists,
            Deed::ListActions,
            Deed::ListConcerns,
            Deed::WriteFilingProtocol,
        ] {
            assert!(!permits(&officer, deed, DAY), "{deed:?}");
        }
    }

    #[test]
    fn nobody_checks_the_filing_of_a_record_that_they_hold_or_manage() {
        let officer = person(Role::RecordsOfficer);
        assert!(permits(&officer, Deed::CheckFiling(&record(1, Some(8))), DAY));
        assert!(!permits(&officer, Deed::CheckFiling(&record(1, Some(7))), DAY), "they hold it");
        let mut both = person(Role::ServiceManager);
        both.grants.extend(officer.grants);
        assert!(!permits(&both, Deed::CheckFiling(&record(1, None)), DAY), "they manage it");
    }

    #[test]
    fn a_check_is_taken_back_by_whoever_made_it_or_by_the_lead() {
        assert!(permits(&person(Role::Auditor), Deed::WithdrawCheck(PersonId(7)), DAY));
        assert_eq!(who(Deed::WithdrawCheck(PersonId(8))), ["quality-lead"]);
    }
}
