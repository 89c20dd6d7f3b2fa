//! An invented second reading, for the tests of this room.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::Moderation;
use super::pick::Why;
use crate::audit::{Audit, Stage};
use crate::case_list::{CaseLine, Reference};
use crate::framework::{Contents, Section};
use crate::grade::{Grade, Opinion};
use crate::history::History;
use crate::id::{AuditId, CycleId, EditionId, ModerationId, PersonId, RecordId};
use crate::judgement::{Answer, Judgement};
use crate::need::{Known, LegalRoute, Need, Placement};
use crate::place::Whereabouts;
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
    Audit {
        id: AuditId(1),
        cycle: CycleId(1),
        quarter: "2026-Q4".parse().unwrap(),
        edition: EditionId(1),
        record: RecordId(1),
        line: CaseLine {
            reference: Reference::new("R-2043").unwrap(),
            needs: [Need::ChildInNeed].into(),
            assessment_open: false,
            disabled: Known::No,
            unaccompanied: Known::No,
            placement: Placement::NotPlaced,
            route: LegalRoute::None,
            worker: None,
            team: None,
            dates: BTreeMap::new(),
            history: History::default(),
        },
        whereabouts: Whereabouts::default(),
        holder: None,
        auditor: PersonId(2),
        auditor_name: "Priya Anand".to_owned(),
        due: date(2026, 12, 11),
        is_unsafe: false,
        stage: Stage::Submitted {
            at: "2026-12-11T09:00:00Z".parse().unwrap(),
            opinion: Opinion::kept(grade, Reason::new("The plan is moving.").unwrap()),
        },
    }
}
