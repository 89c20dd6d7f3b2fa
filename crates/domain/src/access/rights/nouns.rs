//! Invented things in a place, of which the permission table is asked.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::action::{Action, ActionStage, Found};
use crate::allocation::Experience;
use crate::audit::{Audit, Stage};
use crate::calendar::Quarter;
use crate::case_list::{CaseLine, Reference};
use crate::concern::{self, Concern};
use crate::grade::{Grade, Opinion};
use crate::history::History;
use crate::id::{
    ActionId, AuditId, ConcernId, CycleId, EditionId, FindingId, PersonId, RecordId, WorkerId,
};
use crate::need::{Known, LegalRoute, Need, Placement};
use crate::place::Whereabouts;
use crate::record::{Record, Worker};
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

const DAY: Date = date(2026, 1, 1);

fn line() -> Result<CaseLine, Refusal> {
    Ok(CaseLine {
        reference: Reference::new("R-1")?,
        needs: [Need::ChildInNeed].into(),
        assessment_open: false,
        disabled: Known::Unknown,
        unaccompanied: Known::Unknown,
        placement: Placement::NotPlaced,
        route: LegalRoute::Unknown,
        worker: None,
        team: None,
        dates: BTreeMap::new(),
        history: History::default(),
    })
}

/// A record that this person holds.
pub fn record(place: &Whereabouts, whose: PersonId) -> Result<Record, Refusal> {
    let worker = Worker {
        id: WorkerId(1),
        name: String::new(),
        experience: Experience::Unknown,
        person: Some(whose),
    };
    Ok(Record {
        id: RecordId(1),
        line: line()?,
        as_at: DAY,
        worker: Some(worker),
        whereabouts: place.clone(),
        service: None,
    })
}

/// An audit that this person makes, of a record that they hold: two relations at once, which no one role
/// can both have.
pub fn audit(place: &Whereabouts, whose: PersonId, submitted: bool) -> Result<Audit, Refusal> {
    let opinion = Opinion::kept(Grade::Good, Reason::new("It is.")?);
    let stage = if submitted {
        Stage::Submitted { at: Timestamp::UNIX_EPOCH, opinion }
    } else {
        Stage::Underway { since: Timestamp::UNIX_EPOCH }
    };
    Ok(Audit {
        id: AuditId(1),
        cycle: CycleId(1),
        quarter: Quarter::of(DAY),
        edition: EditionId(1),
        record: RecordId(1),
        line: line()?,
        whereabouts: place.clone(),
        holder: Some(whose),
        auditor: whose,
        auditor_name: String::new(),
        due: DAY,
        is_unsafe: false,
        stage,
    })
}

/// A concern that this person raised, and that nobody has acknowledged.
pub fn concern(place: &Whereabouts, whose: PersonId) -> Result<Concern, Refusal> {
    Ok(Concern {
        id: ConcernId(1),
        record: RecordId(1),
        whereabouts: place.clone(),
        audit: None,
        after_submission: false,
        by: whose,
        at: Timestamp::UNIX_EPOCH,
        seen: Reason::new("Not seen.")?,
        spoken: None,
        stage: concern::Stage::Raised,
    })
}

/// An open action that this person owns.
pub fn action(place: &Whereabouts, whose: PersonId) -> Result<Action, Refusal> {
    Ok(Action {
        id: ActionId(1),
        version: 0,
        finding: FindingId(1),
        audit: AuditId(1),
        reference: Reference::new("R-1")?,
        standard: StandardCode::new("B1")?,
        what: String::new(),
        whereabouts: place.clone(),
        found: Found { on: DAY, quarter: Quarter::of(DAY), service: None, service_name: None },
        owner: Some(whose),
        owner_name: None,
        confirmer: None,
        confirmer_name: None,
        plan: String::new(),
        due: DAY,
        first_due: DAY,
        stage: ActionStage::Open,
        sent_back: None,
        more_time: None,
        joined_to: None,
    })
}
