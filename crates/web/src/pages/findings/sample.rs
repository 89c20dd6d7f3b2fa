//! Invented open actions, from which the pages of this room make their samples.

use jiff::civil::{Date, date};
use quarterlight_domain::action::{Action, ActionStage, Found};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{ActionId, AuditId, FindingId, PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::StandardCode;

use crate::govuk::HOSTILE;

/// The day on which the samples are looked at.
pub const TODAY: Date = date(2026, 11, 23);

const SERVICE: PlaceId = PlaceId(2);

/// Somebody who answers for the service.
pub fn manager() -> Person {
    let role = Role::ServiceManager;
    let grant = Grant { role, place: SERVICE, from: date(2026, 1, 1), until: None };
    Person { id: PersonId(2), name: HOSTILE.to_owned(), grants: vec![grant] }
}

/// Three open actions, with hostile words.
pub fn open() -> Vec<Action> {
    (1..=3).filter_map(|id| action(id).ok()).collect()
}

fn action(id: i64) -> Result<Action, Refusal> {
    let due = date(2026, 11, 20);
    Ok(Action {
        id: ActionId(id),
        version: 0,
        finding: FindingId(id),
        audit: AuditId(3),
        reference: Reference::new("R-2043")?,
        standard: StandardCode::new("B1")?,
        what: HOSTILE.to_owned(),
        whereabouts: Whereabouts::new(vec![SERVICE]),
        found: Found {
            on: date(2026, 9, 10),
            quarter: Quarter::of(TODAY),
            service: Some(SERVICE),
            service_name: Some(HOSTILE.to_owned()),
        },
        owner: Some(PersonId(1)),
        owner_name: Some(HOSTILE.to_owned()),
        confirmer: None,
        confirmer_name: None,
        plan: String::new(),
        due,
        first_due: due,
        stage: ActionStage::Open,
        sent_back: None,
        more_time: None,
        joined_to: None,
    })
}
