//! Invented drafts and editions, from which the pages of this room make their samples.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_domain::comment::{About, Comment, Outcome, Reply};
use quarterlight_domain::consultation::{Consultation, Consultee};
use quarterlight_domain::draft::{Draft, DraftSection, DraftStandard};
use quarterlight_domain::edition::{Answered, Origin};
use quarterlight_domain::framework::{AgreedEdition, Contents, Section};
use quarterlight_domain::id::{CommentId, ConsultationId, DraftId, EditionId, PersonId, PlaceId};
use quarterlight_domain::mapping::Links;
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::proposal::propose;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_store::{AskedLine, DraftLine, EditionHistory, EditionLine};

use super::InHand;
use super::told::Told;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

/// The day on which the samples are looked at.
pub const TODAY: Date = date(2026, 11, 23);

fn person(id: i64, name: &str, role: Role) -> Person {
    let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
    Person { id: PersonId(id), name: name.to_owned(), grants: vec![grant] }
}

/// The quality lead, a senior manager and somebody with a hostile name.
pub fn people() -> Vec<Person> {
    vec![
        person(1, "Amara Osei", Role::QualityLead),
        person(2, "Catherine Bello", Role::SeniorManager),
        person(3, HOSTILE, Role::AuditServices),
    ]
}

fn standard(code: &str, words: &str, kind: StandardKind) -> Option<Standard> {
    let is_quality = kind == StandardKind::Quality;
    let applies = if is_quality {
        vec![Applies::Disabled, Applies::Unaccompanied]
    } else {
        vec![Applies::All]
    };
    Some(Standard {
        code: StandardCode::new(code).ok()?,
        wording: words.to_owned(),
        met_looks_like: words.to_owned(),
        kind,
        critical: is_quality,
        applies: applies.into_iter().collect(),
        dip: !is_quality,
    })
}

/// Standards in these words; more of them, and other ones, in a later edition.
fn contents(words: &str, codes: &[&str]) -> Option<Contents> {
    let kinds = [StandardKind::Compliance, StandardKind::Quality].into_iter().cycle();
    let standards = codes
        .iter()
        .zip(kinds)
        .map(|(code, kind)| standard(code, &format!("{words} {code}"), kind))
        .collect::<Option<Vec<_>>>()?;
    let section = Section { letter: "B".to_owned(), title: words.to_owned(), standards };
    Contents::new(words, vec![section]).ok()
}

/// An edition of two standards in these words.
pub fn edition(words: &str) -> Option<AgreedEdition> {
    let contents = contents(words, &["B1", "B2"])?;
    let mut edition = AgreedEdition::new(EditionId(1), 1, None, date(2026, 10, 1), contents);
    let origin = Origin { core: true, source: words.to_owned() };
    edition.origins.insert(StandardCode::new("B1").ok()?, origin);
    Some(edition)
}

/// Editions in force, agreed and superseded, one with a hostile name.
pub fn lines() -> Vec<EditionLine> {
    let line = |id, name: &str, number, by: Option<&str>, in_force_from| EditionLine {
        id: EditionId(id),
        name: name.to_owned(),
        number,
        agreed_by: by.map(str::to_owned),
        in_force_from,
    };
    vec![
        line(3, "Children’s records", 3, Some("Catherine Bello"), date(2027, 1, 1)),
        line(2, "Children’s records", 2, Some("Catherine Bello"), date(2026, 10, 1)),
        line(1, "Children’s records", 1, None, date(2025, 10, 1)),
        line(4, HOSTILE, 1, Some(HOSTILE), date(2026, 10, 1)),
    ]
}

/// A draft in each state that a list shows.
pub fn drafts() -> Vec<DraftLine> {
    let line = |id, closes, set_aside_on| DraftLine {
        id: DraftId(id),
        name: HOSTILE.to_owned(),
        is_agreed: false,
        ended: 2,
        closes,
        set_aside_on,
    };
    vec![
        line(1, None, None),
        line(2, Some(date(2026, 12, 7)), None),
        line(3, Some(date(2026, 11, 20)), None),
        line(4, None, Some(TODAY)),
    ]
}

/// How an edition came about, with every way to answer.
pub fn history() -> EditionHistory {
    let asked = [Answered::Comments(2), Answered::NoComments, Answered::Nothing];
    let line = |answered| AskedLine {
        name: HOSTILE.to_owned(),
        on: date(2026, 11, 2),
        closes: date(2026, 11, 20),
        answered,
    };
    EditionHistory { draft: DraftId(1), follows: None, asked: asked.map(line).into() }
}

/// Changes with hostile words: some are the same, one was dropped, one is new.
pub fn told() -> Option<Told> {
    let (old, new) = (contents(HOSTILE, &["B1", "B2"])?, contents("Seen", &["B1", "B3"])?);
    let one = |code: &str| StandardCode::new(code).ok();
    let links = Links::from([(one("B1")?, [one("B1")?].into()), (one("B2")?, [].into())]);
    Some(Told::new(&old, &new, &links))
}

fn draft(words: &str) -> Draft {
    let codes = [("B1", false), ("B3", false), ("B4", true)];
    let written = codes.iter().filter_map(|(code, dropped)| {
        Some(DraftStandard {
            standard: standard(code, words, StandardKind::Compliance)?,
            origin: Origin { core: true, source: words.to_owned() },
            version: 1,
            dropped: *dropped,
        })
    });
    Draft {
        id: DraftId(1),
        name: words.to_owned(),
        copied_from: words.to_owned(),
        version: 3,
        authors: BTreeMap::from([(PersonId(1), "Amara Osei".to_owned())]),
        sections: vec![DraftSection {
            letter: "B".to_owned(),
            title: words.to_owned(),
            standards: written.collect(),
        }],
        consultations: Vec::new(),
        comments: Vec::new(),
        links: Links::new(),
        agreed: None,
        set_aside_on: None,
    }
}

fn consultation(closes: Date) -> Consultation {
    let consultee = |person: Person| Consultee {
        person: person.id,
        name: person.name,
        asked_as: None,
        no_comments: person.id == PersonId(2),
    };
    Consultation {
        id: ConsultationId(1),
        opened_on: date(2026, 11, 2),
        closes,
        note: HOSTILE.to_owned(),
        at_once: true,
        ended_on: None,
        consultees: people().into_iter().map(consultee).collect(),
    }
}

fn comment(id: i64, about: &str, reply: Option<Reply>) -> Option<Comment> {
    Some(Comment {
        id: CommentId(id),
        consultation: ConsultationId(1),
        person: PersonId(3),
        name: HOSTILE.to_owned(),
        about: About::from_code(about)?,
        words: HOSTILE.to_owned(),
        on: date(2026, 11, 5),
        version: 1,
        reply,
    })
}

/// An empty draft; one out for comment as its writer, as whoever agrees and as a consultee with a
/// hostile name see it; and one that is ready to be agreed.
pub fn in_hand() -> Vec<InHand> {
    let mut empty = draft("Children’s records");
    empty.sections.clear();
    let mut out = draft(HOSTILE);
    out.consultations.push(consultation(date(2026, 12, 7)));
    let reply = Reply::new(Outcome::NotAccepted, HOSTILE).ok();
    out.comments.extend(comment(1, "standard-B1", None));
    out.comments.extend(comment(2, "whole", reply.clone()));
    let mut ready = out.clone();
    if let Some(first) = ready.comments.first_mut() {
        first.reply.clone_from(&reply);
    }
    ready.consultations = vec![consultation(date(2026, 11, 20))];
    let before = edition(HOSTILE);
    if let (Some(before), Ok(contents)) = (&before, ready.contents()) {
        ready.links = propose(before.contents(), &contents);
    }
    let before = before.map(Arc::new);
    let people = people();
    let who = |index: usize| people.get(index).cloned();
    [
        (empty, who(0), None),
        (out.clone(), who(0), before.clone()),
        (out.clone(), who(1), before.clone()),
        (out, who(2), before.clone()),
        (ready, who(1), before),
    ]
    .into_iter()
    .filter_map(|(draft, person, before)| {
        let visitor = SignedIn {
            person: person?,
            at: Timestamp::UNIX_EPOCH,
            today: TODAY,
            ..invented::nobody()
        };
        Some(InHand { visitor, draft, before, part: "B1".to_owned(), base: Frame::default() })
    })
    .collect()
}
