//! What each role may do, asked of the permission table itself: a page and a file for those who answer
//! for access, and no second statement of the rules.

use jiff::civil::Date;

use crate::action::Action;
use crate::audit::Audit;
use crate::concern::Concern;
use crate::id::{PersonId, PlaceId};
use crate::permission::{Deed, permits};
use crate::person::{Grant, Person, Role};
use crate::place::Whereabouts;
use crate::record::Record;

mod nouns;
mod table;

pub use table::RIGHTS;

/// How far a right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Not at all.
    Nowhere,
    /// What is assigned to them, held or raised by them.
    Theirs,
    /// Whatever stands in the places of the grant.
    InPlaces,
    /// The whole authority.
    Everywhere,
}

impl Reach {
    /// The reach in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Nowhere => "No",
            Self::Theirs => "Their own",
            Self::InPlaces => "In their places",
            Self::Everywhere => "Yes",
        }
    }
}

/// What is asked of the permission table: a deed about nothing in particular, or about a noun.
#[derive(Debug, Clone, Copy)]
pub enum Asked {
    /// About nothing in particular.
    Plain(Deed<'static>),
    /// About a record.
    Record(for<'a> fn(&'a Record) -> Deed<'a>),
    /// About an audit that is under way.
    Open(for<'a> fn(&'a Audit) -> Deed<'a>),
    /// About an audit that was submitted.
    Submitted(for<'a> fn(&'a Audit) -> Deed<'a>),
    /// About a concern that waits.
    Concern(for<'a> fn(&'a Concern) -> Deed<'a>),
    /// About an action that is open.
    Action(for<'a> fn(&'a Action) -> Deed<'a>),
    /// About a place.
    Place(for<'a> fn(&'a Whereabouts) -> Deed<'a>),
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Right {
    /// The chapter of the product's sentence that it belongs to.
    pub chapter: &'static str,
    /// What may be done.
    pub words: &'static str,
    /// Why those may do it who may.
    pub why: &'static str,
    /// What is asked.
    pub asked: Asked,
}

/// A place in which nobody has a grant.
const ELSEWHERE: PlaceId = PlaceId(i64::MIN);

impl Right {
    /// How far this right reaches for a person on a day.
    pub fn reach(&self, person: &Person, day: Date) -> Reach {
        let elsewhere = Whereabouts::new(vec![ELSEWHERE]);
        let places = person.grants.iter().filter(|grant| grant.holds_on(day));
        let places = Whereabouts::new(places.map(|grant| grant.place).collect());
        // Somebody else, whose the thing is where it is not theirs.
        let other = PersonId(i64::MIN);
        if self.may(person, (&elsewhere, other), day) {
            Reach::Everywhere
        } else if self.may(person, (&places, other), day) {
            Reach::InPlaces
        } else if self.may(person, (&elsewhere, person.id), day) {
            Reach::Theirs
        } else {
            Reach::Nowhere
        }
    }

    fn may(&self, person: &Person, (place, whose): (&Whereabouts, PersonId), day: Date) -> bool {
        let of = |deed: Deed<'_>| permits(person, deed, day);
        match self.asked {
            Asked::Plain(deed) => of(deed),
            Asked::Record(deed) => nouns::record(place, whose).is_ok_and(|it| of(deed(&it))),
            Asked::Open(deed) => nouns::audit(place, whose, false).is_ok_and(|it| of(deed(&it))),
            Asked::Submitted(deed) => {
                nouns::audit(place, whose, true).is_ok_and(|it| of(deed(&it)))
            }
            Asked::Concern(deed) => nouns::concern(place, whose).is_ok_and(|it| of(deed(&it))),
            Asked::Action(deed) => nouns::action(place, whose).is_ok_and(|it| of(deed(&it))),
            Asked::Place(deed) => of(deed(place)),
        }
    }
}

/// How far each right reaches for somebody with one role and nothing else.
pub fn of_role(role: Role, day: Date) -> Vec<Reach> {
    let grant = Grant { role, place: PlaceId(1), from: day, until: None };
    let person = Person { id: PersonId(1), name: String::new(), grants: vec![grant] };
    RIGHTS.iter().map(|right| right.reach(&person, day)).collect()
}

/// The grants by which a person may do something, each by itself.
pub fn by_which(person: &Person, day: Date, may: impl Fn(&Person) -> bool) -> Vec<&Grant> {
    let alone = |grant: &&Grant| {
        let person = Person { grants: vec![(*grant).clone()], ..person.clone() };
        grant.holds_on(day) && may(&person)
    };
    person.grants.iter().filter(alone).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2026, 11, 23);

    fn reach(words: &str, role: Role) -> Reach {
        let at = RIGHTS.iter().position(|right| right.words == words).unwrap();
        of_role(role, DAY)[at]
    }

    #[test]
    fn the_table_says_how_far_a_right_reaches() {
        let read = "Read what the case list says of a record";
        assert_eq!(reach(read, Role::QualityLead), Reach::Everywhere);
        assert_eq!(reach(read, Role::ServiceManager), Reach::InPlaces);
        assert_eq!(reach(read, Role::Worker), Reach::Theirs);
        assert_eq!(reach(read, Role::Administrator), Reach::Nowhere);
        assert_eq!(reach("Answer, grade and submit an audit", Role::Auditor), Reach::Theirs);
        assert_eq!(reach("Give roles and end them", Role::Administrator), Reach::Everywhere);
    }

    #[test]
    fn every_line_is_for_somebody_and_is_said_once() {
        for (at, right) in RIGHTS.iter().enumerate() {
            let anybody = Role::ALL.iter().any(|role| of_role(*role, DAY)[at] != Reach::Nowhere);
            assert!(anybody, "{}", right.words);
            let times = RIGHTS.iter().filter(|other| other.words == right.words).count();
            assert_eq!(times, 1, "{}", right.words);
        }
    }

    #[test]
    fn a_grant_is_named_only_if_it_opens_the_thing_by_itself() {
        let grant = |role, place| Grant { role, place: PlaceId(place), from: DAY, until: None };
        let person = Person {
            id: PersonId(1),
            name: String::new(),
            grants: vec![grant(Role::Auditor, 1), grant(Role::QualityLead, 1)],
        };
        let by = by_which(&person, DAY, |it| permits(it, Deed::ListRecords, DAY));
        assert_eq!(by.iter().map(|it| it.role).collect::<Vec<_>>(), [Role::QualityLead]);
    }
}
