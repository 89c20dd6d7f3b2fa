//! Who reads, acknowledges and withdraws a concern.

use jiff::civil::Date;

use super::{Deed, ModerationDeed, permits};
use crate::audit::Audit;
use crate::concern::Concern;
use crate::independence::manages;
use crate::person::{Person, Role};
use crate::record::Record;

/// Nothing may stand between what somebody saw and saying it: whoever reads an audit may raise a
/// concern in it, and so may whoever reads it a second time.
pub(super) fn raises_in(person: &Person, audit: &Audit, day: Date) -> bool {
    let reads_twice = Deed::Moderation(ModerationDeed::Read);
    permits(person, Deed::ReadAudit(audit), day)
        || audit.is_submitted() && permits(person, reads_twice, day)
}

/// Whoever reads a record, or checks its filing.
pub(super) fn raises_of(person: &Person, record: &Record, day: Date) -> bool {
    permits(person, Deed::ReadRecord(record), day)
        || permits(person, Deed::CheckFiling(record), day)
}

/// A worker does not read what was said of their own record: it may be about them, and whoever
/// acknowledges it speaks to them. Whoever raised it sees what became of it.
pub(super) fn reads_concern(person: &Person, concern: &Concern, day: Date) -> bool {
    raised(person, concern, day) || answers_for(person, concern, day)
}

pub(super) fn raised(person: &Person, concern: &Concern, day: Date) -> bool {
    concern.by == person.id && !person.roles_on(day).is_empty()
}

pub(super) fn answers_for(person: &Person, concern: &Concern, day: Date) -> bool {
    // Where nobody knows the place, every senior manager answers for it: somebody must.
    manages(person, &concern.whereabouts, day)
        || person.is_over(Role::SeniorManager, &concern.whereabouts, day)
        || concern.whereabouts.places().is_empty() && person.is(Role::SeniorManager, day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::concern::sample;
    use crate::id::{PersonId, PlaceId};
    use crate::person::Grant;
    use crate::place::Whereabouts;

    fn person(id: i64, role: Role) -> Person {
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(id), name: format!("Person {id}"), grants: vec![grant] }
    }

    #[test]
    fn a_concern_is_acknowledged_by_those_who_answer_for_its_place_and_read_by_few() {
        let place = Whereabouts::new(vec![PlaceId(1)]);
        let mut concern = sample::raised(PersonId(7), place);
        let day = date(2026, 11, 24);
        let who = |concern: &Concern, deed: fn(&Concern) -> Deed<'_>| -> Vec<&str> {
            let may = |role: &Role| permits(&person(1, *role), deed(concern), day);
            Role::ALL.into_iter().filter(may).map(Role::code).collect()
        };
        let managers = ["service-manager", "senior-manager"];
        assert_eq!(who(&concern, |it| Deed::AcknowledgeConcern(it)), managers);
        let readers = ["service-manager", "quality-lead", "senior-manager", "audit-services"];
        assert_eq!(who(&concern, |it| Deed::ReadConcern(it)), readers);
        assert_eq!(who(&concern, |it| Deed::WithdrawConcern(it)), ["quality-lead"]);
        assert_eq!(who(&concern, |_| Deed::ListConcerns), readers);
        concern.whereabouts = Whereabouts::default();
        assert_eq!(
            who(&concern, |it| Deed::AcknowledgeConcern(it)),
            ["senior-manager"],
            "no place"
        );
        concern.whereabouts = Whereabouts::new(vec![PlaceId(2)]);
        assert!(who(&concern, |it| Deed::AcknowledgeConcern(it)).is_empty(), "another place");
        let worker = person(7, Role::Worker);
        assert!(permits(&worker, Deed::ReadConcern(&concern), day), "who raised it");
        assert!(!permits(&person(8, Role::Worker), Deed::ReadConcern(&concern), day));
    }
}
