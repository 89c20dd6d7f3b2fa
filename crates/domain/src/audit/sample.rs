//! An invented audit, from which tests of the domain make theirs.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::{Audit, Stage};
use crate::case_list::{CaseLine, Reference};
use crate::grade::{Grade, Opinion};
use crate::history::History;
use crate::id::{AuditId, CycleId, EditionId, PersonId, RecordId};
use crate::need::{Known, LegalRoute, Need, Placement};
use crate::place::Whereabouts;
use crate::text::Reason;

/// An audit by person 1 of a record in no known place, at this stage.
pub(crate) fn audit(stage: Stage) -> Audit {
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
        auditor: PersonId(1),
        auditor_name: "Priya Anand".to_owned(),
        due: date(2026, 12, 11),
        is_unsafe: false,
        stage,
    }
}

/// An opinion of this grade.
pub(crate) fn opinion(grade: Grade) -> Opinion {
    Opinion::kept(grade, Reason::new("The plan is moving.").unwrap())
}
