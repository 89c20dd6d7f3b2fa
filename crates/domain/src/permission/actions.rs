//! Who reads an action, and who takes which step in it.

use jiff::civil::Date;

use super::Deed;
use crate::action::Action;
use crate::independence::manages;
use crate::person::{Person, Role};

/// Whether this person may do this about an action; nothing else is answered here.
pub(super) fn permits(person: &Person, deed: Deed<'_>, day: Date) -> bool {
    let is = |role| person.is(role, day);
    let any = |roles: &[Role]| roles.iter().any(|role| is(*role));
    match deed {
        Deed::ListActions => any(&[
            Role::Worker,
            Role::ServiceManager,
            Role::QualityLead,
            Role::Moderator,
            Role::SeniorManager,
            Role::AuditServices,
        ]),
        Deed::ReadAction(action) => {
            action.owner == Some(person.id)
                || action.confirmer == Some(person.id)
                || any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices])
                || manages(person, &action.whereabouts, day)
                || is(Role::Moderator) && action.verified().is_some()
        }
        Deed::AddressAction(action) => action.owner == Some(person.id),
        // Giving sets the day too, and nobody moves their own day.
        Deed::GiveAction(action) => {
            action.owner != Some(person.id)
                && (is(Role::QualityLead) || manages(person, &action.whereabouts, day))
        }
        // Where a confirmer was named it is for them, or else for whoever runs the audit.
        Deed::VerifyAction(action) => {
            action.owner != Some(person.id)
                && (is(Role::QualityLead)
                    || match action.confirmer {
                        Some(confirmer) => confirmer == person.id,
                        None => manages(person, &action.whereabouts, day),
                    })
        }
        Deed::RecheckAction(action) => rechecks(person, action, day),
        Deed::CloseAction(action) => action.owner != Some(person.id) && is(Role::QualityLead),
        Deed::JoinFindings => is(Role::QualityLead),
        Deed::SeeFindings => any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices]),
        _ => false,
    }
}

/// Somebody from outside the line: whoever manages the place answers for the work, and so does not
/// say whether it held.
fn rechecks(person: &Person, action: &Action, day: Date) -> bool {
    [Role::QualityLead, Role::Moderator].iter().any(|role| person.is(*role, day))
        && !action.had_a_part(person.id)
        && !manages(person, &action.whereabouts, day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::permits;
    use super::*;
    use crate::action::sample::{OWNER, action};
    use crate::action::{ActionStage, Verified};
    use crate::id::{PersonId, PlaceId};
    use crate::person::Grant;
    use crate::text::Reason;

    const DAY: Date = date(2026, 11, 23);

    fn person(id: i64, role: Role, place: i64) -> Person {
        let grant = Grant { role, place: PlaceId(place), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(id), name: format!("Person {id}"), grants: vec![grant] }
    }

    fn who(place: i64, deed: Deed<'_>) -> Vec<&'static str> {
        let may = |role: &Role| permits(&person(7, *role, place), deed, DAY);
        Role::ALL.into_iter().filter(may).map(Role::code).collect()
    }

    fn verified() -> Action {
        action(ActionStage::Verified(Verified {
            addressed_by: OWNER,
            addressed_on: DAY,
            proof: Reason::new("Done.").unwrap(),
            by: PersonId(9),
            on: DAY,
            recheck: Some(DAY),
        }))
    }

    #[test]
    fn an_owner_sees_theirs_and_a_service_its_own() {
        let open = action(ActionStage::Open);
        let all = ["quality-lead", "senior-manager", "audit-services"];
        assert_eq!(who(8, Deed::ReadAction(&open)), all);
        assert_eq!(who(2, Deed::ReadAction(&open)).len(), 4, "the manager of the service too");
        assert!(permits(&person(1, Role::Worker, 8), Deed::ReadAction(&open), DAY));
        assert!(!permits(&person(6, Role::Worker, 2), Deed::ReadAction(&open), DAY));
    }

    #[test]
    fn a_named_confirmer_verifies_instead_of_the_manager() {
        let mut it = action(ActionStage::Open);
        assert_eq!(who(2, Deed::VerifyAction(&it)), ["service-manager", "quality-lead"]);
        it.confirmer = Some(PersonId(6));
        assert_eq!(who(2, Deed::VerifyAction(&it)), ["quality-lead"]);
        let confirmer = person(6, Role::Worker, 8);
        assert!(permits(&confirmer, Deed::VerifyAction(&it), DAY));
        assert!(permits(&confirmer, Deed::ReadAction(&it), DAY));
        it.owner = Some(PersonId(6));
        assert!(!permits(&confirmer, Deed::VerifyAction(&it), DAY));
    }

    #[test]
    fn a_recheck_is_made_from_outside_the_line_by_somebody_who_had_no_part() {
        let it = verified();
        assert_eq!(who(2, Deed::RecheckAction(&it)), ["quality-lead", "moderator"]);
        assert!(!permits(&person(9, Role::Moderator, 1), Deed::RecheckAction(&it), DAY));
        let mut both = person(7, Role::Moderator, 1);
        both.grants.extend(person(7, Role::ServiceManager, 2).grants);
        assert!(!permits(&both, Deed::RecheckAction(&it), DAY), "they manage it");
        assert_eq!(who(2, Deed::CloseAction(&it)), ["quality-lead"]);
        assert!(!permits(
            &person(7, Role::Moderator, 2),
            Deed::ReadAction(&action(ActionStage::Open)),
            DAY
        ));
        assert!(permits(&person(7, Role::Moderator, 2), Deed::ReadAction(&it), DAY));
    }
}
