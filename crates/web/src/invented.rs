//! An invented audit and its reader, from which the pages of several rooms make their samples.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::history::History;
use quarterlight_domain::id::{AuditId, CycleId, EditionId, PersonId, RecordId};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::person::Person;
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::sign_in::proof::Proof;

use crate::session::SignedIn;

/// The day on which the samples look at the borough.
pub const TODAY: Date = date(2026, 11, 23);

/// Somebody who looks at a page on that day.
pub fn visitor(person: Person) -> SignedIn {
    let (at, session) = (Timestamp::UNIX_EPOCH, Vec::new());
    let (opened, waiting) = (Vec::new(), Vec::new());
    SignedIn {
        person,
        at,
        today: TODAY,
        session,
        proof: Proof::Password,
        proved: at,
        has_password: true,
        opened,
        waiting,
        first: None,
    }
}

/// Somebody without a grant, which few samples need.
pub fn nobody() -> SignedIn {
    visitor(Person { id: PersonId(2), name: "Priya Anand".to_owned(), grants: Vec::new() })
}

/// An audit by person 2 that is assigned and not begun.
///
/// # Errors
/// Never fails: what is invented here is right.
pub fn audit() -> Result<Audit, Refusal> {
    Ok(Audit {
        id: AuditId(3),
        cycle: CycleId(5),
        quarter: Quarter::new(2026, 4)?,
        edition: EditionId(1),
        record: RecordId(7),
        line: CaseLine {
            reference: Reference::new("R-2043")?,
            needs: [Need::ChildInNeed].into(),
            assessment_open: false,
            disabled: Known::No,
            unaccompanied: Known::No,
            placement: Placement::NotPlaced,
            route: LegalRoute::None,
            worker: None,
            team: Some("Children in Need North".to_owned()),
            dates: BTreeMap::new(),
            history: History::default(),
        },
        whereabouts: Whereabouts::default(),
        holder: None,
        auditor: PersonId(2),
        auditor_name: "Priya Anand".to_owned(),
        due: date(2026, 12, 11),
        is_unsafe: false,
        stage: Stage::Assigned,
    })
}
