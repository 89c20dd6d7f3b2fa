//! Nobody audits a record that they hold, or that somebody whom they manage holds.

use jiff::civil::Date;

use crate::id::{PersonId, RecordId};
use crate::person::{Person, Role};
use crate::place::Whereabouts;
use crate::record::Record;
use crate::refusal::Refusal;

/// An auditor for a record, found independent of it. An audit can be assigned only with one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Independent {
    auditor: PersonId,
    record: RecordId,
}

impl Independent {
    /// Finds an auditor independent of a record.
    ///
    /// # Errors
    /// Refuses somebody who is not an auditor on that day, who holds the record, or who manages
    /// its team, its service or anything around them.
    pub fn of(auditor: &Person, record: &Record, day: Date) -> Result<Self, Refusal> {
        let name = &auditor.name;
        let reference = &record.line.reference;
        if !auditor.is(Role::Auditor, day) {
            return Err(Refusal::because(format!("{name} is not an auditor.")));
        }
        if record.worker.as_ref().is_some_and(|worker| worker.person == Some(auditor.id)) {
            return Err(Refusal::because(format!(
                "{name} cannot audit {reference}, because they hold the record."
            )));
        }
        if manages(auditor, &record.whereabouts, day) {
            return Err(Refusal::because(format!(
                "{name} cannot audit {reference}, because they manage the team that holds it."
            )));
        }
        Ok(Self { auditor: auditor.id, record: record.id })
    }

    /// Who audits.
    pub fn auditor(&self) -> PersonId {
        self.auditor
    }

    /// Which record.
    pub fn record(&self) -> RecordId {
        self.record
    }
}

/// True if the person manages the place where the record stands, or a place around it.
pub fn manages(person: &Person, whereabouts: &Whereabouts, day: Date) -> bool {
    person.is_over(Role::ServiceManager, whereabouts, day)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::allocation::Experience;
    use crate::case_list::{CaseLine, Reference};
    use crate::history::History;
    use crate::id::{PlaceId, WorkerId};
    use crate::need::{Known, LegalRoute, Need, Placement};
    use crate::person::Grant;
    use crate::record::Worker;

    const DAY: Date = date(2026, 11, 23);

    fn record() -> Record {
        Record {
            id: RecordId(1),
            line: CaseLine {
                reference: Reference::new("R-2043").unwrap(),
                needs: [Need::ChildInNeed].into(),
                assessment_open: false,
                disabled: Known::No,
                unaccompanied: Known::No,
                placement: Placement::NotPlaced,
                route: LegalRoute::None,
                worker: Some("Nia Pell".to_owned()),
                team: Some("Team 1".to_owned()),
                dates: BTreeMap::new(),
                history: History::default(),
            },
            as_at: DAY,
            worker: Some(Worker {
                id: WorkerId(4),
                name: "Nia Pell".to_owned(),
                experience: Experience::Experienced,
                person: Some(PersonId(9)),
            }),
            whereabouts: Whereabouts::new(vec![PlaceId(3), PlaceId(2), PlaceId(1)]),
            service: Some("Children in Need".to_owned()),
        }
    }

    fn auditor(id: i64, manages: Option<i64>) -> Person {
        let grant = |role, place| Grant { role, place, from: date(2026, 1, 1), until: None };
        let mut grants = vec![grant(Role::Auditor, PlaceId(1))];
        grants.extend(manages.map(|place| grant(Role::ServiceManager, PlaceId(place))));
        Person { id: PersonId(id), name: "Rosa Whitlow".to_owned(), grants }
    }

    #[test]
    fn somebody_from_elsewhere_may_audit() {
        assert!(Independent::of(&auditor(1, None), &record(), DAY).is_ok());
        assert!(Independent::of(&auditor(1, Some(8)), &record(), DAY).is_ok());
    }

    #[test]
    fn the_worker_who_holds_the_record_is_refused() {
        let refusal = Independent::of(&auditor(9, None), &record(), DAY).unwrap_err();
        assert!(refusal.sentence().contains("hold the record"));
    }

    #[test]
    fn a_manager_at_any_level_above_the_record_is_refused() {
        for place in [3, 2, 1] {
            let refusal = Independent::of(&auditor(1, Some(place)), &record(), DAY).unwrap_err();
            assert!(refusal.sentence().contains("manage the team"), "{place}");
        }
    }

    #[test]
    fn somebody_who_is_no_auditor_is_refused() {
        let stranger = Person { grants: vec![], ..auditor(1, None) };
        assert!(Independent::of(&stranger, &record(), DAY).is_err());
    }
}
