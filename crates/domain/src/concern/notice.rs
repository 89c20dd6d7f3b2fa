//! Whom a concern is told to.

use jiff::Timestamp;

use super::clock::{Clock, Level};
use crate::id::PersonId;
use crate::person::Person;
use crate::place::Whereabouts;
use crate::stamp::day_in_england;

/// One person is told, at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// At which level.
    pub level: Level,
    /// Whom.
    pub person: PersonId,
}

/// Everybody who must have been told by now, while nobody has acknowledged.
///
/// A level at which the place has nobody is never silent: the next that has somebody is told
/// instead, and then.
pub fn notices(
    clock: &Clock,
    whereabouts: &Whereabouts,
    people: &[Person],
    now: Timestamp,
) -> Vec<Notice> {
    let told = clock.told_by(now).into_iter();
    told.flat_map(|level| {
        let upwards = Level::ALL.into_iter().filter(move |it| *it >= level);
        let found = upwards.map(|it| at_level(it, whereabouts, people, now));
        let found = found.into_iter().find(|people| !people.is_empty()).unwrap_or_default();
        found.into_iter().map(move |person| Notice { level, person })
    })
    .collect()
}

fn at_level(
    level: Level,
    whereabouts: &Whereabouts,
    people: &[Person],
    now: Timestamp,
) -> Vec<PersonId> {
    let day = day_in_england(now);
    let is_told = |person: &&Person| {
        level.roles().iter().any(|role| match level {
            Level::Authority => person.is(*role, day),
            _ => person.is_over(*role, whereabouts, day),
        })
    };
    people.iter().filter(is_told).map(|person| person.id).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::id::PlaceId;
    use crate::person::{Grant, Role};
    use crate::timescale::examples::england;

    fn person(id: i64, role: Role, place: i64) -> Person {
        let grant = Grant { role, place: PlaceId(place), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(id), name: format!("Person {id}"), grants: vec![grant] }
    }

    #[test]
    fn each_level_is_told_in_its_time_and_none_is_silent() {
        let people = [
            person(1, Role::ServiceManager, 1),
            person(2, Role::ServiceManager, 2),
            person(3, Role::SeniorManager, 9),
            person(4, Role::QualityLead, 9),
            person(5, Role::Member, 9),
        ];
        let raised: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let clock = Clock::of(raised, true, &england());
        let told = |places: &[i64], now: Timestamp| -> Vec<i64> {
            let whereabouts = Whereabouts::new(places.iter().copied().map(PlaceId).collect());
            notices(&clock, &whereabouts, &people, now).iter().map(|it| it.person.0).collect()
        };
        assert_eq!(told(&[1, 9], raised), [1]);
        assert_eq!(told(&[1, 9], clock.due), [1, 3]);
        assert_eq!(told(&[1, 9], clock.authority), [1, 3, 3, 4]);
        assert_eq!(told(&[7, 9], raised), [3], "no manager there: the senior manager at once");
        assert_eq!(told(&[], raised), [3, 4], "nobody knows the place: the authority at once");
    }
}
