//! An invented second reading, for the tests of this room.

use super::Moderation;
use super::pick::Why;
use crate::audit::{Audit, Stage, sample};
use crate::framework::{Contents, Section};
use crate::grade::Grade;
use crate::id::{AuditId, ModerationId, PersonId};
use crate::judgement::{Answer, Judgement};
use crate::standard::{Applies, Standard, StandardCode, StandardKind};
use crate::text::Reason;

/// A second reading under way.
pub fn moderation(blind: bool) -> Moderation {
    Moderation {
        id: ModerationId(1),
        audit: AuditId(1),
        round: 1,
        why: if blind { Why::Blind } else { Why::Share },
        blind,
        moderator: PersonId(5),
        moderator_name: "Farah Siddiqui".to_owned(),
        opened: "2026-12-14T09:00:00Z".parse().unwrap(),
        ended: None,
    }
}

/// A saved answer.
pub fn answer(standard: &str, judgement: Judgement) -> Answer {
    let standard = StandardCode::new(standard).unwrap();
    Answer { standard, judgement, seen: "Seen.".to_owned(), found: String::new(), version: 1 }
}

/// Words.
pub fn why(words: &str) -> Option<Reason> {
    Reason::new(words).ok()
}

/// B1 and the critical C1, asked of all.
pub fn contents() -> Contents {
    let section = |letter: &str, critical| Section {
        letter: letter.to_owned(),
        title: "Section".to_owned(),
        standards: vec![Standard {
            code: StandardCode::new(&format!("{letter}1")).unwrap(),
            wording: "A standard".to_owned(),
            met_looks_like: "It is there.".to_owned(),
            kind: StandardKind::Quality,
            critical,
            applies: [Applies::All].into(),
            dip: false,
        }],
    };
    Contents::new("Ours", vec![section("B", false), section("C", true)]).unwrap()
}

/// A submitted audit of person 2.
pub fn audit(grade: Grade) -> Audit {
    let at = "2026-12-11T09:00:00Z".parse().unwrap();
    let stage = Stage::Submitted { at, opinion: sample::opinion(grade) };
    Audit { auditor: PersonId(2), ..sample::audit(stage) }
}
