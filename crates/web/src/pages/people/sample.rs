//! People and grants for the samples of this room.

use jiff::Timestamp;
use quarterlight_domain::access::grant::{KeptGrant, Said};
use quarterlight_domain::id::{GrantId, PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_store::PersonLine;

use crate::govuk::HOSTILE;
use crate::invented::{TODAY, visitor};
use crate::session::SignedIn;

/// An administrator who is nobody else.
pub fn administrator() -> SignedIn {
    let grant = grant(Role::Administrator);
    visitor(Person { id: PersonId(9), name: "Raj Bedi".to_owned(), grants: vec![grant] })
}

fn grant(role: Role) -> Grant {
    Grant { role, place: PlaceId(1), from: TODAY, until: Some(TODAY) }
}

/// Two people, and a grant in each standing.
pub fn all() -> (Vec<PersonLine>, Vec<KeptGrant>) {
    let line = |id, grants| PersonLine {
        person: Person { id: PersonId(id), name: HOSTILE.to_owned(), grants },
        email: HOSTILE.to_owned(),
    };
    let said = || Said {
        by: Some(PersonId(3)),
        name: Some(HOSTILE.to_owned()),
        at: Timestamp::UNIX_EPOCH,
        why: HOSTILE.to_owned(),
    };
    let kept = |id, role, waits, ended: bool| KeptGrant {
        id: GrantId(id),
        person: PersonId(1),
        grant: Grant { until: ended.then_some(TODAY), ..grant(role) },
        place: HOSTILE.to_owned(),
        given: (id != 1).then(said),
        waits,
        confirmed: None,
        ended: ended.then(said),
    };
    let grants = vec![
        kept(1, Role::Auditor, false, false),
        kept(2, Role::QualityLead, true, false),
        kept(3, Role::Worker, false, true),
    ];
    (vec![line(1, vec![grant(Role::Auditor)]), line(2, Vec::new())], grants)
}
