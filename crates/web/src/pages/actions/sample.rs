//! Invented actions, from which the pages of this room make their samples.

use std::sync::Arc;

use jiff::civil::{Date, date};
use quarterlight_domain::action::{Action, ActionStage, SentBack};
use quarterlight_domain::audit::Audit;
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::framework::{AgreedEdition, Contents, Section};
use quarterlight_domain::id::{ActionId, AuditId, EditionId, FindingId, PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_domain::text::Reason;

use super::InHand;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;

/// The day on which the samples are looked at.
pub const TODAY: Date = date(2026, 11, 23);

/// The service in which every invented record stands.
pub const SERVICE: PlaceId = PlaceId(2);

/// Somebody who holds records and owns the invented actions.
pub fn owner() -> Person {
    person(1, "Nia Pell", Role::Worker)
}

/// Somebody who answers for the service.
pub fn manager() -> Person {
    person(2, "Rosa Whitlow", Role::ServiceManager)
}

/// Somebody who runs the audit.
pub fn lead() -> Person {
    person(3, "Priya Anand", Role::QualityLead)
}

fn person(id: i64, name: &str, role: Role) -> Person {
    let grant = Grant { role, place: SERVICE, from: date(2026, 1, 1), until: None };
    Person { id: PersonId(id), name: name.to_owned(), grants: vec![grant] }
}

/// Every stage, open on several days, owned and not, as owner and as others see it.
pub fn in_hand() -> Vec<InHand> {
    let day = date(2026, 11, 20);
    let proof = || Reason::new(HOSTILE);
    let open = ActionStage::Open;
    let by = owner().id;
    [
        action(day, Some("Nia Pell"), Ok(open.clone()), owner()),
        action(date(2026, 11, 26), Some(HOSTILE), Ok(open.clone()), lead()),
        action(date(2027, 1, 20), Some("Nia Pell"), Ok(open.clone()), manager()),
        action(day, None, Ok(open), lead()),
        sent_back(HOSTILE),
        action(
            day,
            Some("Nia Pell"),
            proof().map(|proof| ActionStage::Addressed { by, on: TODAY, proof }),
            manager(),
        ),
        action(
            day,
            Some("Nia Pell"),
            proof().map(|proof| ActionStage::Addressed { by, on: TODAY, proof }),
            owner(),
        ),
        action(
            day,
            Some("Nia Pell"),
            proof().map(|proof| ActionStage::Verified {
                addressed_by: by,
                proof,
                by: manager().id,
                on: TODAY,
            }),
            lead(),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An action due on a day, owned by the invented owner under this name or by nobody.
pub fn action(
    due: Date,
    owner_name: Option<&str>,
    stage: Result<ActionStage, Refusal>,
    person: Person,
) -> Result<InHand, Refusal> {
    let reference = Reference::new("R-2043")?;
    let standard = StandardCode::new("B1")?;
    let action = Action {
        id: ActionId(5),
        finding: FindingId(4),
        audit: AuditId(3),
        reference: reference.clone(),
        standard: standard.clone(),
        what: format!("Bring the case summary up to date.\n{HOSTILE}"),
        whereabouts: Whereabouts::new(vec![PlaceId(7), SERVICE, PlaceId(1)]),
        owner: owner_name.map(|_| owner().id),
        owner_name: owner_name.map(str::to_owned),
        due,
        stage: stage?,
        sent_back: None,
    };
    let edition = AgreedEdition::new(EditionId(1), 1, None, TODAY, contents(standard)?);
    let visitor = invented::visitor(person);
    let (audit, base) = (audit(reference)?, Frame::default());
    Ok(InHand { visitor, action, audit, edition: Arc::new(edition), base })
}

/// An open action that was sent back two days ago, as its owner sees it.
pub fn sent_back(because: &str) -> Result<InHand, Refusal> {
    let mut in_hand = action(TODAY, Some("Nia Pell"), Ok(ActionStage::Open), owner())?;
    let because = Reason::new(because)?;
    in_hand.action.sent_back = Some(SentBack { on: date(2026, 11, 21), because });
    Ok(in_hand)
}

fn audit(reference: Reference) -> Result<Audit, Refusal> {
    let audit = invented::audit()?;
    let line = CaseLine { reference, worker: Some("Nia Pell".to_owned()), ..audit.line.clone() };
    Ok(Audit { line, auditor: PersonId(9), ..audit })
}

fn contents(code: StandardCode) -> Result<Contents, Refusal> {
    let standard = Standard {
        code,
        wording: "There is a current case summary".to_owned(),
        met_looks_like: "Brought up to date within three months.".to_owned(),
        kind: StandardKind::Compliance,
        critical: false,
        applies: [Applies::All].into(),
        dip: true,
    };
    let title = "An orderly, current file".to_owned();
    Contents::new(
        "Children’s records",
        vec![Section { letter: "B".to_owned(), title, standards: vec![standard] }],
    )
}
