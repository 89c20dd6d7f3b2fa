//! Invented concerns, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::concern::clock::{Clock, Level};
use quarterlight_domain::concern::notice::Notice;
use quarterlight_domain::concern::{Acknowledged, Concern, Spoken, Stage};
use quarterlight_domain::id::{ConcernId, PersonId, PlaceId, RecordId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_import::bank_holidays;
use quarterlight_store::{ConcernLine, Mailed, Told};

use super::{ToRaise, ToRead};
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

/// Seconds from 1970 to 24 November 2026, 10:14.
const MORNING: i64 = 1_795_515_240;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(MORNING + seconds).unwrap_or_default()
}

fn visitor(id: i64, role: Role) -> SignedIn {
    let from = date(2026, 1, 1);
    let grant = Grant { role, place: PlaceId(1), from, until: None };
    let person = Person { id: PersonId(id), name: HOSTILE.to_owned(), grants: vec![grant] };
    SignedIn { person, at: at(3600), today: date(2026, 11, 24), ..invented::nobody() }
}

/// A record about which a concern is to be raised, outside an audit.
pub fn to_raise() -> ToRaise {
    ToRaise {
        visitor: visitor(1, Role::QualityLead),
        record: RecordId(7),
        reference: reference(),
        whereabouts: Whereabouts::default(),
        audit: None,
        back: ("Record R-2043".to_owned(), "/records/7".to_owned()),
        base: Frame::new(""),
    }
}

fn reference() -> Reference {
    // The samples are part of the program, and "R-2043" is a reference.
    Reference::new("R-2043").unwrap_or_else(|_| unreachable!("R-2043 is a reference"))
}

/// A concern at each of its stages, in the hands of somebody who raised it and of a manager.
pub fn to_read() -> Vec<ToRead> {
    stages()
        .unwrap_or_default()
        .into_iter()
        .flat_map(|stage| {
            [(1, Role::Auditor), (2, Role::ServiceManager)].map(|it| (it, stage.clone()))
        })
        .filter_map(|((id, role), stage)| one(visitor(id, role), stage).ok())
        .collect()
}

fn stages() -> Result<Vec<Stage>, Refusal> {
    let words = || Reason::new(HOSTILE);
    let acknowledged = |by| Ok(Acknowledged { by: PersonId(by), at: at(3000), doing: words()? });
    Ok(vec![
        Stage::Raised,
        Stage::Acknowledged(acknowledged(3)?),
        Stage::Closed {
            acknowledged: acknowledged(3)?,
            by: PersonId(2),
            at: at(3600),
            outcome: words()?,
        },
        Stage::Withdrawn { by: PersonId(1), at: at(600), why: words()? },
    ])
}

fn one(visitor: SignedIn, stage: Stage) -> Result<ToRead, Refusal> {
    let spoken =
        Spoken { to: Reason::new(HOSTILE)?, at: at(-300), why_before: Some(Reason::new(HOSTILE)?) };
    let concern = Concern {
        id: ConcernId(4),
        record: RecordId(7),
        whereabouts: Whereabouts::new(vec![PlaceId(1)]),
        audit: None,
        after_submission: true,
        by: PersonId(1),
        at: at(0),
        seen: Reason::new(HOSTILE)?,
        spoken: Some(spoken),
        stage,
    };
    let told = [
        (Level::ServiceManagers, Some((Mailed::Sent, at(4)))),
        (Level::SeniorManagers, Some((Mailed::Refused, at(5)))),
        (Level::Authority, None),
    ]
    .map(|(level, mail)| Told {
        notice: Notice { level, person: PersonId(2) },
        name: HOSTILE.to_owned(),
        due_at: at(0),
        at: at(0),
        mail,
    });
    let holidays = bank_holidays::england()?;
    let line = ConcernLine {
        concern,
        clock: Clock::of(at(0), true, &holidays),
        reference: reference(),
        raised_by: HOSTILE.to_owned(),
        stepped_by: Some(HOSTILE.to_owned()),
        closed_by: Some(HOSTILE.to_owned()),
    };
    Ok(ToRead { visitor, line, told: told.into(), base: Frame::new("") })
}
