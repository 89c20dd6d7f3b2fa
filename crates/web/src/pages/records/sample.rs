//! Invented records, from which the pages of this room make their samples.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::{CaseLine, KeyDate, Reference};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::history::History;
use quarterlight_domain::id::{AuditId, PersonId, RecordId, WorkerId};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::record::{Record, Worker};
use quarterlight_domain::refusal::Refusal;
use quarterlight_store::{AuditLine, Look, RecordLine};

use super::{ToRead, ToSeeLooks};
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

/// A record of which little is known, an ordinary one, and one with hostile words.
pub fn to_read() -> Vec<ToRead> {
    let records = [bare(), full("Children in Need North"), full(HOSTILE)];
    let records = records.into_iter().flatten();
    records.map(|record| ToRead { visitor: visitor(), record, base: Frame::default() }).collect()
}

/// The first look, several, and hostile words at a record that is no longer open.
pub fn to_see_looks() -> Vec<ToSeeLooks> {
    let looks = |name: &str, count| {
        let look = |second| Look {
            person: PersonId(2),
            name: name.to_owned(),
            page: "/records/7".to_owned(),
            why: (count > 1).then(|| HOSTILE.to_owned()),
            by_glass: count > 3,
            at: Timestamp::from_second(second).unwrap_or_default(),
        };
        (0..count).map(look).collect::<Vec<_>>()
    };
    let seen = |record: Option<Record>, looks, may_read| ToSeeLooks {
        visitor: visitor(),
        id: RecordId(7),
        record,
        looks,
        may_read,
        base: Frame::default(),
    };
    vec![
        seen(bare().ok(), looks("Priya Anand", 1), false),
        seen(full("Children in Need North").ok(), looks("Priya Anand", 3), true),
        seen(None, looks(HOSTILE, 200), false),
    ]
}

/// Records as a list shows them.
pub fn lines() -> Vec<RecordLine> {
    let line = |reference: &str, team: Option<&str>, audited| {
        Ok::<_, Refusal>(RecordLine {
            id: RecordId(7),
            reference: Reference::new(reference)?,
            cohort: Cohort::DisabledPlacedOut,
            team: team.map(str::to_owned),
            audited,
        })
    };
    let quarter = Quarter::new(2026, 3).ok();
    [line("R-2043", Some(HOSTILE), quarter), line("R-2044", None, None)]
        .into_iter()
        .flatten()
        .collect()
}

/// An audit that was submitted and one that was not begun.
pub fn audits() -> Vec<AuditLine> {
    let line = |number, grade| {
        Ok::<_, Refusal>(AuditLine {
            id: AuditId(3),
            reference: Reference::new("R-2043")?,
            quarter: Quarter::new(2026, number)?,
            auditor: HOSTILE.to_owned(),
            due: date(2026, 12, 11),
            answered: 0,
            grade,
        })
    };
    [line(4, None), line(1, Some(Grade::Good))].into_iter().flatten().collect()
}

fn visitor() -> SignedIn {
    invented::nobody()
}

fn bare() -> Result<Record, Refusal> {
    let line = CaseLine {
        reference: Reference::new("R-2044")?,
        needs: [Need::ChildInNeed].into(),
        assessment_open: false,
        disabled: Known::Unknown,
        unaccompanied: Known::No,
        placement: Placement::NotPlaced,
        route: LegalRoute::Unknown,
        worker: None,
        team: None,
        dates: BTreeMap::new(),
        history: History::default(),
    };
    Ok(Record {
        id: RecordId(8),
        line,
        as_at: date(2026, 10, 1),
        worker: None,
        whereabouts: Whereabouts::default(),
        service: None,
    })
}

/// A record of which everything is known, with these words wherever a file's own words stand.
fn full(words: &str) -> Result<Record, Refusal> {
    let bare = bare()?;
    let dates = KeyDate::ALL.into_iter().map(|kind| (kind, date(2026, 9, 2)));
    let line = CaseLine {
        reference: Reference::new("R-2043")?,
        needs: Need::ALL.into(),
        assessment_open: true,
        disabled: Known::Yes,
        unaccompanied: Known::Unknown,
        placement: Placement::OutOfArea,
        route: LegalRoute::Section85,
        worker: Some(words.to_owned()),
        team: Some(words.to_owned()),
        dates: dates.collect(),
        history: History::default(),
    };
    let worker = Worker {
        id: WorkerId(1),
        name: words.to_owned(),
        experience: Experience::NewlyQualified,
        person: None,
    };
    let service = Some(words.to_owned());
    Ok(Record { id: RecordId(7), line, worker: Some(worker), service, ..bare })
}
