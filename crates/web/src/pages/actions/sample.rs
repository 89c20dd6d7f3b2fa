//! Invented actions, from which the pages of this room make their samples.

use std::sync::Arc;

use jiff::civil::{Date, date};
use quarterlight_domain::action::{
    Action, ActionStage, Found, MoreTime, SentBack, StepKind, Verified,
};
use quarterlight_domain::audit::Audit;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::framework::{AgreedEdition, Contents, Section};
use quarterlight_domain::id::{
    ActionId, AuditId, EditionId, FindingId, PersonId, PlaceId, ThemeId,
};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_domain::summing_up::ThemeStanding;
use quarterlight_domain::text::Reason;
use quarterlight_store::{Recurrence, StepLine, Theme};

use super::InHand;
use super::close::CloseForm;
use super::give::GiveForm;
use super::more_time::TimeForm;
use super::recheck::RecheckForm;
use super::show::{ActionForm, Around};
use super::themes::Themes;
use crate::form::Errors;
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
    let nia = Some("Nia Pell");
    let open = || Ok(ActionStage::Open);
    let addressed = || {
        Reason::new(HOSTILE).map(|proof| ActionStage::Addressed {
            by: owner().id,
            on: TODAY,
            proof,
        })
    };
    let verified = |recheck| verified(recheck).map(ActionStage::Verified);
    let later = date(2027, 2, 21);
    vec![
        action(day, nia, open(), owner()),
        action(date(2026, 11, 26), Some(HOSTILE), open(), lead()),
        action(date(2027, 1, 20), nia, open(), manager()),
        action(day, None, open(), lead()),
        sent_back(HOSTILE),
        asking(owner()),
        asking(manager()),
        action(day, nia, addressed(), manager()),
        action(day, nia, addressed(), owner()),
        action(day, nia, verified(TODAY), lead()),
        action(day, nia, verified(later), lead()),
        action(day, nia, verified(later), owner()),
        action(day, nia, held(), lead()),
        action(day, nia, not_needed(), lead()),
        joined(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn verified(recheck: Date) -> Result<Verified, Refusal> {
    Ok(Verified {
        addressed_by: owner().id,
        addressed_on: TODAY,
        proof: Reason::new(HOSTILE)?,
        by: manager().id,
        on: TODAY,
        recheck: Some(recheck),
    })
}

fn held() -> Result<ActionStage, Refusal> {
    Ok(ActionStage::Held { verified: verified(TODAY)?, by: PersonId(8), on: TODAY })
}

fn not_needed() -> Result<ActionStage, Refusal> {
    let because = Reason::new(HOSTILE)?;
    Ok(ActionStage::NotNeeded { by: lead().id, on: TODAY, because })
}

/// An open action whose owner asks for more time.
fn asking(person: Person) -> Result<InHand, Refusal> {
    let mut in_hand = action(TODAY, Some("Nia Pell"), Ok(ActionStage::Open), person)?;
    let (on, until) = (date(2026, 11, 20), date(2026, 12, 4));
    in_hand.action.more_time = Some(MoreTime { on, until, because: Reason::new(HOSTILE)? });
    Ok(in_hand)
}

fn joined() -> Result<InHand, Refusal> {
    let mut in_hand = action(TODAY, Some("Nia Pell"), Ok(ActionStage::Open), lead())?;
    in_hand.action.joined_to = Some(ActionId(9));
    Ok(in_hand)
}

/// Everything around an action, with hostile words.
pub fn around() -> Around {
    let step = |kind, words: &str| StepLine {
        kind,
        by: Some(HOSTILE.to_owned()),
        on: TODAY,
        words: words.to_owned(),
        owner: Some(HOSTILE.to_owned()),
        due: (TODAY, date(2026, 12, 4)),
        day: Some(date(2026, 12, 4)),
        other: matches!(kind, StepKind::Joined).then_some(ActionId(9)),
    };
    let again = |place: i64| {
        let reference = Reference::new("R-2043").ok()?;
        let quarter = "2026-Q1".parse().ok()?;
        Some(Recurrence { finding: FindingId(4), action: ActionId(place), reference, quarter })
    };
    Around {
        names: [(manager().id, HOSTILE.to_owned())].into(),
        record: Some("/records/7".to_owned()),
        people: vec![(owner().id, "Nia Pell".to_owned()), (manager().id, HOSTILE.to_owned())],
        steps: StepKind::ALL.into_iter().map(|kind| step(kind, HOSTILE)).collect(),
        carried: Vec::new(),
        before: again(7).into_iter().chain(again(8)).collect(),
        since: again(9).into_iter().collect(),
        themes: Themes {
            all: vec![Theme {
                id: ThemeId(1),
                name: HOSTILE.to_owned(),
                standing: ThemeStanding::Listed,
                by: None,
                at: jiff::Timestamp::UNIX_EPOCH,
            }],
            chosen: [ThemeId(1)].into(),
        },
    }
}

/// Every form of the page filled with hostile words, and what was wrong with each.
pub fn typed() -> (ActionForm, Errors) {
    let mut errors = Errors::default();
    for field in [
        "proof",
        "because",
        "recheck",
        "owner",
        "due",
        "confirmer",
        "plan",
        "until",
        "why",
        "refusal",
        "seen",
        "again",
        "reason",
    ] {
        errors.say(field, HOSTILE);
    }
    let hostile = || HOSTILE.to_owned();
    let form = ActionForm {
        proof: hostile(),
        because: hostile(),
        day: hostile(),
        answer: hostile(),
        given: Some(GiveForm { day: hostile(), plan: hostile(), ..GiveForm::default() }),
        time: Some(TimeForm { why: hostile(), refusal: hostile(), ..TimeForm::default() }),
        recheck: Some(RecheckForm { seen: hostile(), year: hostile(), ..RecheckForm::default() }),
        closing: Some(CloseForm { reason: hostile() }),
        ..ActionForm::default()
    };
    (form, errors)
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
        version: 0,
        whereabouts: Whereabouts::new(vec![PlaceId(7), SERVICE, PlaceId(1)]),
        found: Found {
            on: date(2026, 9, 10),
            quarter: Quarter::of(date(2026, 9, 10)),
            service: Some(SERVICE),
            service_name: Some(HOSTILE.to_owned()),
        },
        confirmer: None,
        confirmer_name: None,
        plan: String::new(),
        first_due: due,
        more_time: None,
        joined_to: None,
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
