//! Invented challenges, from which the pages of this room make their samples.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::framework::{AgreedEdition, Contents, Section};
use quarterlight_domain::id::{AuditId, EditionId, PersonId, PlaceId, ReplyId};
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::reply::{Decided, Meant, Outcome, Reply};
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_domain::text::Reason;
use quarterlight_store::ChallengeLine;

use super::InHand;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

/// A challenge that waits, and one that is decided.
pub fn lines() -> Vec<ChallengeLine> {
    let line = |id, outcome| {
        Some(ChallengeLine {
            id: ReplyId(id),
            audit: AuditId(3),
            reference: Reference::new("R-2043").ok()?,
            quarter: "2026-Q4".parse().ok()?,
            standard: StandardCode::new("B1").ok()?,
            auditor: PersonId(2),
            at: Timestamp::UNIX_EPOCH,
            outcome,
        })
    };
    [line(1, None), line(2, Some(Outcome::Partly))].into_iter().flatten().collect()
}

/// One that waits for somebody else, one that waits for this person, and one that is decided.
pub fn challenges() -> Vec<InHand> {
    let all = [(Role::QualityLead, None), (Role::Moderator, None)];
    let decided = (Role::Moderator, Some(Outcome::NotUpheld));
    all.into_iter().chain([decided]).flat_map(|(role, outcome)| challenge(role, outcome)).collect()
}

fn challenge(role: Role, outcome: Option<Outcome>) -> Result<InHand, Refusal> {
    let code = StandardCode::new("B1")?;
    let standard = Standard {
        code: code.clone(),
        wording: HOSTILE.to_owned(),
        met_looks_like: HOSTILE.to_owned(),
        kind: StandardKind::Compliance,
        critical: false,
        applies: [Applies::All].into(),
        dip: false,
    };
    let (letter, title) = ("B".to_owned(), "The file".to_owned());
    let contents =
        Contents::new("Ours", vec![Section { letter, title, standards: vec![standard] }])?;
    let today = date(2026, 11, 23);
    let edition = AgreedEdition::new(EditionId(1), 1, None, today, contents);
    let reason = Reason::new(HOSTILE)?;
    let at = Timestamp::UNIX_EPOCH;
    let decided = outcome.map(|outcome| Decided {
        outcome,
        reason: reason.clone(),
        by: HOSTILE.to_owned(),
        at,
    });
    let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
    let person = Person { id: PersonId(9), name: "Farah Siddiqui".to_owned(), grants: vec![grant] };
    Ok(InHand {
        visitor: SignedIn { person, at, today, ..invented::nobody() },
        audit: invented::audit()?,
        edition: Arc::new(edition),
        reply: Reply {
            id: ReplyId(1),
            standard: code.clone(),
            meant: Meant::Challenge,
            words: reason,
            by: "Nia Pell".to_owned(),
            at,
            decided,
        },
        answer: Some(Answer {
            standard: code,
            judgement: Judgement::NotMet,
            seen: HOSTILE.to_owned(),
            found: "Case notes, 3 May".to_owned(),
            version: 1,
        }),
        base: Frame::default(),
    })
}
