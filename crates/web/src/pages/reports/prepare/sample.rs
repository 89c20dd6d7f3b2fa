//! Invented reports on their way to members, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{PersonId, PlaceId, PreparedId, ReportId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::release::ground::Ground;
use quarterlight_domain::release::{Prepared, Step, What};
use quarterlight_domain::text::Reason;
use quarterlight_store::Built;

use super::InHand;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::preparing::{Opened, kept};

/// A draft that nobody has read, one that is ready, one that is approved and one that is released;
/// each in the hand of the quality lead, a senior manager and the clerk.
pub fn in_hand() -> Vec<InHand> {
    let person = |role| {
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
        let id = PersonId(3);
        invented::visitor(Person { id, name: "Bernard Quill".to_owned(), grants: vec![grant] })
    };
    let visitors = [Role::QualityLead, Role::SeniorManager, Role::Clerk].map(person);
    let mut all = Vec::new();
    for document in super::super::sample::documents().into_iter().take(2) {
        let Ok(text) = kept(&document) else { continue };
        for far in 0..4 {
            let Some(prepared) = prepared(far) else { continue };
            let part_one = Some(text.clone());
            let digest = "0".repeat(64);
            let public_waits = (far == 1).then(|| HOSTILE.to_owned());
            let (part_two, beside) = (text.clone(), None);
            let built = Built { prepared, part_one, part_two, digest, public_waits, beside };
            let Ok(mut report) = Opened::of(built) else { continue };
            if far > 0 {
                let places = report.passages.iter().map(|it| What::Accepted(it.place.clone()));
                let read: Vec<Step> = places.map(step).collect();
                report.built.prepared.steps.splice(0..0, read);
            }
            for visitor in visitors.clone() {
                let base = Frame::default();
                all.push(InHand { visitor, report: report.clone(), base });
            }
        }
    }
    all
}

fn step(what: What) -> Step {
    Step { what, by: Some(PersonId(9)), name: HOSTILE.to_owned(), at: Timestamp::UNIX_EPOCH }
}

fn prepared(far: u8) -> Option<Prepared> {
    let words = Reason::new(HOSTILE).ok()?;
    let mut steps = Vec::new();
    if far > 0 {
        let place = "2-paragraph-1-1".parse().ok()?;
        steps.push(What::Edited { place, was: HOSTILE.to_owned(), now: words.clone() });
        steps.push(What::Cleared(words.clone()));
        steps.push(What::Grounded(Ground::Identity, words.clone()));
    }
    if far > 1 {
        steps.push(What::Approved);
    }
    Some(Prepared {
        id: PreparedId(7),
        about: Quarter::new(2026, 3).ok()?.into(),
        title: HOSTILE.to_owned(),
        built_by: Some(PersonId(9)),
        builder: HOSTILE.to_owned(),
        built_at: Timestamp::UNIX_EPOCH,
        corrects: (far > 0).then_some((ReportId(4), words)),
        is_superseded: false,
        released: (far > 2).then_some(ReportId(5)),
        steps: steps.into_iter().map(step).collect(),
    })
}
