//! Invented conflicts, from which the page of this room makes its samples.

use jiff::civil::date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::conflict::{Conflict, Declaration, Subject};
use quarterlight_domain::id::{ConflictId, PersonId, PlaceId, RecordId, WorkerId};
use quarterlight_domain::person::Person;
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::record::Worker;
use quarterlight_domain::text::Reason;
use quarterlight_store::DeclaredConflict;

use super::list::Around;
use crate::form::Errors;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::session::SignedIn;

/// Nothing declared; one's own; and everybody's, with hostile words and everything wrong.
pub fn all() -> Vec<(Around, Errors)> {
    let own = Around { lines: vec![line(1, "R-2043", None)], ..Around::default() };
    let person = Person { id: PersonId(2), name: HOSTILE.to_owned(), grants: Vec::new() };
    let worker = Worker {
        id: WorkerId(4),
        name: HOSTILE.to_owned(),
        experience: Experience::Unknown,
        person: None,
    };
    let (id, kind, name) = (PlaceId(3), PlaceKind::Team, HOSTILE.to_owned());
    let everybodys = Around {
        lines: vec![line(1, HOSTILE, Some(HOSTILE)), line(2, "Team One", None)],
        workers: vec![worker],
        places: vec![Place { id, parent: None, kind, name }],
        auditors: vec![person],
        ending: Some(ConflictId(1)),
    };
    let mut errors = Errors::default();
    for field in ["person", "with", "record", "worker", "place", "from", "until", "why", "because"]
    {
        errors.say(field, HOSTILE);
    }
    vec![(Around::default(), Errors::default()), (own, Errors::default()), (everybodys, errors)]
}

fn line(id: i64, subject: &str, why: Option<&str>) -> DeclaredConflict {
    let declared = Declaration {
        person: PersonId(2),
        subject: Subject::Record(RecordId(7)),
        from: date(2026, 1, 1),
        until: None,
        why: why.and_then(|why| Reason::new(why).ok()),
    };
    let conflict = Conflict { id: ConflictId(id), declared };
    DeclaredConflict { conflict, person: "Priya Anand".to_owned(), subject: subject.to_owned() }
}

/// Somebody without a grant, which no sample needs.
pub fn visitor() -> SignedIn {
    invented::nobody()
}
