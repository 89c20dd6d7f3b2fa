//! An invented register, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_domain::id::{MeetingId, PersonId, PlaceId, RegisterItemId, ReportId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::register::citation::Cited;
use quarterlight_domain::register::step::{Step, What};
use quarterlight_domain::register::{Item, Kind, Meeting};
use quarterlight_domain::text::Reason;

use super::InHand;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;

const OWNER: PersonId = PersonId(1);

/// A meeting of a committee with a hostile name.
pub fn meeting() -> Meeting {
    Meeting { held_on: date(2026, 10, 14), id: MeetingId(1), committee: HOSTILE.to_owned() }
}

/// Items that are owed, overdue, replied to and accepted, with hostile words.
pub fn items() -> Vec<Item> {
    let owed = [item(1, date(2026, 12, 4), &[]), item(2, date(2026, 11, 6), &moved())];
    let accepted = [What::Replied, What::Accepted(MeetingId(1))];
    let replied =
        [item(3, date(2026, 11, 6), &[What::Replied]), item(4, date(2026, 11, 6), &accepted)];
    owed.into_iter().chain(replied).flatten().collect()
}

fn moved() -> [What; 3] {
    let hostile = || HOSTILE.to_owned();
    [
        What::Moved { from: date(2026, 10, 30), to: date(2026, 11, 20) },
        What::Given { from: (PersonId(2), hostile()), to: (OWNER, hostile()) },
        What::NotAccepted(MeetingId(1)),
    ]
}

fn item(id: i64, first_due: Date, steps: &[What]) -> Option<Item> {
    let words = Reason::new(HOSTILE).ok()?;
    let step = |what: &What| Step {
        what: what.clone(),
        words: words.clone(),
        by: Some(HOSTILE.to_owned()),
        at: Timestamp::UNIX_EPOCH,
    };
    Some(Item {
        id: RegisterItemId(id),
        meeting: meeting(),
        number: u32::try_from(id).ok()?,
        kind: Kind::Question,
        words: words.clone(),
        asked_by: Some(HOSTILE.to_owned()),
        about: Some((ReportId(1), HOSTILE.to_owned(), Cited::parse("figure 3").ok()?)),
        first_owner: (OWNER, HOSTILE.to_owned()),
        first_due,
        steps: steps.iter().map(step).collect(),
    })
}

/// Each item in the hand of whoever owes the reply, and of the clerk.
pub fn in_hand() -> Vec<InHand> {
    let person = |id: PersonId, role| {
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
        invented::visitor(Person { id, name: "Bernard Quill".to_owned(), grants: vec![grant] })
    };
    let both = [person(OWNER, Role::SeniorManager), person(PersonId(3), Role::Clerk)];
    let each = items().into_iter().flat_map(|item| {
        both.clone().map(|visitor| InHand { visitor, item: item.clone(), base: Frame::default() })
    });
    each.collect()
}
