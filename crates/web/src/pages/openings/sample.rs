//! Openings for the samples of this room.

use jiff::Timestamp;
use quarterlight_domain::access::glass::{Opening, Review};
use quarterlight_domain::id::{GlassId, PersonId, PlaceId, RecordId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::place::Whereabouts;

use super::show::ToRead;
use crate::govuk::HOSTILE;
use crate::invented::{TODAY, visitor};

/// One that waits, one that is justified and one that is not, with hostile words.
pub fn all() -> Vec<Opening> {
    let opening = |id, review: Option<bool>| Opening {
        id: GlassId(id),
        person: PersonId(9),
        name: HOSTILE.to_owned(),
        record: RecordId(7),
        reference: "R-2043".to_owned(),
        whereabouts: Whereabouts::default(),
        why: HOSTILE.to_owned(),
        at: Timestamp::UNIX_EPOCH,
        until: Timestamp::UNIX_EPOCH,
        review: review.map(|justified| Review {
            by: PersonId(2),
            name: HOSTILE.to_owned(),
            at: Timestamp::UNIX_EPOCH,
            justified,
            words: HOSTILE.to_owned(),
        }),
    };
    vec![opening(1, None), opening(2, None), opening(3, Some(true)), opening(4, Some(false))]
}

/// The same in the hand of information governance.
pub fn to_read() -> Vec<ToRead> {
    let role = Role::InformationGovernance;
    let grant = Grant { role, place: PlaceId(1), from: TODAY, until: None };
    let hana = Person { id: PersonId(2), name: "Hana Novak".to_owned(), grants: vec![grant] };
    let told = vec![HOSTILE.to_owned()];
    let to_read = |opening| ToRead {
        visitor: visitor(hana.clone()),
        opening,
        told: told.clone(),
        looks: Vec::new(),
    };
    all().into_iter().map(to_read).collect()
}
