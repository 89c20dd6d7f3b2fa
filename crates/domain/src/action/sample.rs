//! An invented action for tests.

use jiff::civil::{Date, date};

use super::{Action, ActionStage, Found};
use crate::case_list::Reference;
use crate::id::{ActionId, AuditId, FindingId, PersonId, PlaceId};
use crate::place::Whereabouts;
use crate::standard::StandardCode;

/// Who owns it.
pub const OWNER: PersonId = PersonId(1);

/// An action due on 20 November, in the service 2.
pub fn action(stage: ActionStage) -> Action {
    Action {
        id: ActionId(5),
        version: 0,
        finding: FindingId(4),
        audit: AuditId(3),
        reference: Reference::new("R-2043").unwrap(),
        standard: StandardCode::new("B1").unwrap(),
        what: "Bring the case summary up to date.".to_owned(),
        whereabouts: Whereabouts::new(vec![PlaceId(2), PlaceId(1)]),
        found: Found {
            on: date(2026, 10, 20),
            quarter: "2026-Q4".parse().unwrap(),
            service: Some(PlaceId(2)),
            service_name: Some("Children in Need".to_owned()),
        },
        owner: Some(OWNER),
        owner_name: Some("Nia Pell".to_owned()),
        confirmer: None,
        confirmer_name: None,
        plan: String::new(),
        due: DUE,
        first_due: DUE,
        stage,
        sent_back: None,
        more_time: None,
        joined_to: None,
    }
}

const DUE: Date = date(2026, 11, 20);
