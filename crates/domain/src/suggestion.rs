//! Who should make which audit: shared out evenly over what auditors can do, and never against independence.
//!
//! The promise, exactly. An auditor's burden is the audits that they have, out of the audits that
//! they can do in a cycle. Nobody is suggested for a record that they are not independent of, or
//! beyond what they said they can do. As many records as possible have a suggestion. And no audit
//! that is suggested could go elsewhere, by itself or by a chain of audits that each pass on, so
//! that the greater burden of the two at the ends became less. Where everybody can do as many, that
//! means that loads differ by at most one wherever independence lets an audit move.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::id::{PersonId, RecordId};
use crate::person::{Person, Role};
use crate::place::{Place, PlaceKind};

/// How many audits a cycle somebody is taken to manage who has not said. It is no limit.
pub const ASSUMED_CAPACITY: u32 = 12;

/// An auditor, as far as sharing the work out needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Audits of the cycle that they have already.
    pub held: u32,
    /// Audits that they said they can do in a cycle; zero while they are away, none if they have not said.
    pub capacity: Option<u32>,
}

impl Candidate {
    /// What the audits are out of.
    fn weight(&self) -> u64 {
        u64::from(self.capacity.unwrap_or(ASSUMED_CAPACITY))
    }
}

/// A record that needs an auditor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The record.
    pub record: RecordId,
    /// Those who are independent of it, in the order in which equals are preferred.
    pub independent: Vec<PersonId>,
}

/// Suggests an auditor for as many of the records as can have one. The same question has the same answer.
pub fn suggest(candidates: &[Candidate], wanted: &[Wanted]) -> BTreeMap<RecordId, PersonId> {
    let mut desks = Desks {
        candidates: candidates.iter().map(|candidate| (candidate.person, candidate)).collect(),
        independent: wanted.iter().map(|it| (it.record, it.independent.as_slice())).collect(),
        given: BTreeMap::new(),
        has: BTreeMap::new(),
    };
    for each in wanted {
        desks.put(each.record);
    }
    desks.given
}

/// Who has what so far.
struct Desks<'a> {
    candidates: BTreeMap<PersonId, &'a Candidate>,
    independent: BTreeMap<RecordId, &'a [PersonId]>,
    given: BTreeMap<RecordId, PersonId>,
    has: BTreeMap<PersonId, BTreeSet<RecordId>>,
}

impl Desks<'_> {
    /// Finds an auditor for one more record. An auditor who would have it may pass another on, and
    /// so forth; of all who can be reached so, whoever has the least burden takes one more.
    fn put(&mut self, record: RecordId) {
        let mut reached = BTreeMap::new();
        let mut least: Option<(PersonId, u64, u64)> = None;
        let mut queue = VecDeque::from([record]);
        while let Some(next) = queue.pop_front() {
            for person in self.independent.get(&next).copied().unwrap_or_default() {
                let Some(candidate) = self.candidates.get(person) else { continue };
                if reached.contains_key(person) {
                    continue;
                }
                reached.insert(*person, next);
                let has = self.has.get(person);
                queue.extend(has.into_iter().flatten().copied());
                let load = u64::from(candidate.held) + has.map_or(0, |has| has.len() as u64) + 1;
                let weight = candidate.weight();
                let has_room = candidate.capacity.is_none() || load <= weight;
                // Fractions are compared without dividing. The first of equals stays.
                let is_less = least.is_none_or(|(_, other, of)| load * of < other * weight);
                if has_room && is_less {
                    least = Some((*person, load, weight));
                }
            }
        }
        let mut next = least.map(|(person, ..)| person);
        while let Some(person) = next {
            let Some(moving) = reached.get(&person) else { return };
            self.has.entry(person).or_default().insert(*moving);
            next = self.given.insert(*moving, person);
            if let Some(former) = next.and_then(|former| self.has.get_mut(&former)) {
                former.remove(moving);
            }
        }
    }
}

/// Whether somebody stands outside a place: no grant of theirs as worker or manager is over it,
/// over anything inside it or over anything around it.
pub fn is_outside(
    person: &Person,
    place: crate::id::PlaceId,
    places: &[Place],
    day: jiff::civil::Date,
) -> bool {
    let within = |mut inner, outer| {
        // Four levels are all there are; a loop among places cannot keep this going.
        for _ in PlaceKind::ALL {
            if inner == outer {
                return true;
            }
            let parent = places.iter().find(|it| it.id == inner).and_then(|it| it.parent);
            match parent {
                Some(parent) => inner = parent,
                None => return false,
            }
        }
        false
    };
    !person.grants.iter().any(|grant| {
        matches!(grant.role, Role::Worker | Role::ServiceManager)
            && grant.holds_on(day)
            && (within(grant.place, place) || within(place, grant.place))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::PlaceId;
    use crate::person::Grant;

    fn candidate(person: i64, held: u32, capacity: Option<u32>) -> Candidate {
        Candidate { person: PersonId(person), held, capacity }
    }

    fn wanted(record: i64, independent: &[i64]) -> Wanted {
        let independent = independent.iter().map(|id| PersonId(*id)).collect();
        Wanted { record: RecordId(record), independent }
    }

    fn loads(candidates: &[Candidate], given: &BTreeMap<RecordId, PersonId>) -> Vec<u32> {
        let more = |id| u32::try_from(given.values().filter(|it| **it == id).count()).unwrap();
        candidates.iter().map(|it| it.held + more(it.person)).collect()
    }

    #[test]
    fn the_work_is_shared_out_evenly_and_over_what_is_held() {
        let all: Vec<Wanted> = (0..6).map(|record| wanted(record, &[1, 2])).collect();
        let even = [candidate(1, 0, None), candidate(2, 0, None)];
        assert_eq!(loads(&even, &suggest(&even, &all)), [3, 3]);
        let uneven = [candidate(1, 4, None), candidate(2, 0, None)];
        assert_eq!(loads(&uneven, &suggest(&uneven, &all)), [5, 5]);
    }

    #[test]
    fn whoever_can_do_half_is_given_half_and_whoever_is_away_nothing() {
        let all: Vec<Wanted> = (0..9).map(|record| wanted(record, &[1, 2, 3])).collect();
        let candidates =
            [candidate(1, 0, Some(8)), candidate(2, 0, Some(4)), candidate(3, 0, Some(0))];
        assert_eq!(loads(&candidates, &suggest(&candidates, &all)), [6, 3, 0]);
    }

    #[test]
    fn nobody_is_given_more_than_they_said_they_can_do() {
        let all: Vec<Wanted> = (0..9).map(|record| wanted(record, &[1, 2])).collect();
        let candidates = [candidate(1, 1, Some(3)), candidate(2, 0, Some(2))];
        assert_eq!(loads(&candidates, &suggest(&candidates, &all)), [3, 2]);
    }

    #[test]
    fn an_audit_is_passed_on_so_that_a_record_with_less_choice_has_somebody() {
        let all = [wanted(1, &[1, 2]), wanted(2, &[1])];
        let candidates = [candidate(1, 0, Some(1)), candidate(2, 0, Some(1))];
        let given = suggest(&candidates, &all);
        assert_eq!(given, [(RecordId(1), PersonId(2)), (RecordId(2), PersonId(1))].into());
    }

    fn questions() -> impl Strategy<Value = (Vec<Candidate>, Vec<Wanted>)> {
        (1_i64..6, 0_i64..14).prop_flat_map(|(people, records)| {
            let capacity = prop_oneof![Just(None), (0_u32..7).prop_map(Some)];
            let of_each =
                prop::collection::vec((0_u32..4, capacity), usize::try_from(people).unwrap());
            let subsets = prop::collection::vec(any::<u8>(), usize::try_from(records).unwrap());
            (of_each, subsets).prop_map(move |(of_each, subsets)| {
                let candidates = of_each.into_iter().zip(0..);
                let candidates = candidates
                    .map(|((held, capacity), id)| candidate(id, held, capacity))
                    .collect();
                let wanted = subsets.into_iter().zip(0..).map(|(subset, record)| {
                    let may: Vec<i64> = (0..people).filter(|id| subset & (1 << id) != 0).collect();
                    wanted(record, &may)
                });
                (candidates, wanted.collect())
            })
        })
    }

    /// The most records that can have an auditor, found without the code under test.
    fn most(candidates: &[Candidate], wanted: &[Wanted], room: &mut Vec<u32>) -> usize {
        let Some((first, rest)) = wanted.split_first() else { return 0 };
        let mut best = most(candidates, rest, room);
        for (at, candidate) in candidates.iter().enumerate() {
            if room[at] > 0 && first.independent.contains(&candidate.person) {
                room[at] -= 1;
                best = best.max(1 + most(candidates, rest, room));
                room[at] += 1;
            }
            if best == wanted.len() {
                break;
            }
        }
        best
    }

    /// Two auditors between whom a chain of audits could pass, and by which the first would be better off.
    fn unfair(
        candidates: &[Candidate],
        wanted: &[Wanted],
        given: &BTreeMap<RecordId, PersonId>,
    ) -> Option<(PersonId, PersonId)> {
        let load = |id| {
            let at = candidates.iter().position(|it| it.person == id).unwrap();
            u64::from(loads(candidates, given)[at])
        };
        for giver in candidates {
            let mut reached = BTreeSet::from([giver.person]);
            while {
                let before = reached.len();
                for each in wanted {
                    let moves = given.get(&each.record).is_some_and(|has| reached.contains(has));
                    reached.extend(each.independent.iter().filter(|_| moves));
                }
                reached.len() > before
            } {}
            for taker in candidates.iter().filter(|it| reached.contains(&it.person)) {
                let would_have = load(taker.person) + 1;
                let has_room = taker.capacity.is_none_or(|most| would_have <= u64::from(most));
                if has_room
                    && taker.person != giver.person
                    && load(giver.person) * taker.weight() > would_have * giver.weight()
                {
                    return Some((giver.person, taker.person));
                }
            }
        }
        None
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn no_suggestion_breaks_independence_or_a_limit((candidates, wanted) in questions()) {
            let given = suggest(&candidates, &wanted);
            for each in &wanted {
                if let Some(person) = given.get(&each.record) {
                    prop_assert!(each.independent.contains(person));
                }
            }
            for (candidate, load) in candidates.iter().zip(loads(&candidates, &given)) {
                let most = candidate.capacity.unwrap_or(u32::MAX).max(candidate.held);
                prop_assert!(load <= most);
            }
            prop_assert_eq!(&given, &suggest(&candidates, &wanted));
        }

        #[test]
        fn no_audit_could_pass_on_and_make_the_work_more_even((candidates, wanted) in questions()) {
            let given = suggest(&candidates, &wanted);
            prop_assert_eq!(unfair(&candidates, &wanted, &given), None);
        }

        #[test]
        fn loads_differ_by_at_most_one_where_all_are_alike(people in 1_i64..8, records in 0_i64..40) {
            let candidates: Vec<Candidate> = (0..people).map(|id| candidate(id, 0, None)).collect();
            let all: Vec<i64> = (0..people).collect();
            let wanted: Vec<Wanted> = (0..records).map(|record| wanted(record, &all)).collect();
            let loads = loads(&candidates, &suggest(&candidates, &wanted));
            let (least, most) = (loads.iter().min().unwrap(), loads.iter().max().unwrap());
            prop_assert!(most - least <= 1, "{:?}", loads);
        }

        #[test]
        fn as_many_records_as_possible_have_somebody((candidates, wanted) in questions()) {
            let few: Vec<Wanted> = wanted.into_iter().take(7).collect();
            let mut room: Vec<u32> = candidates
                .iter()
                .map(|it| it.capacity.map_or(99, |most| most.saturating_sub(it.held)))
                .collect();
            let given = suggest(&candidates, &few);
            prop_assert_eq!(given.len(), most(&candidates, &few, &mut room));
        }
    }

    #[test]
    fn an_unfair_share_would_be_seen() {
        let candidates = [candidate(1, 0, None), candidate(2, 0, None)];
        let wanted = [wanted(1, &[1, 2]), wanted(2, &[1, 2])];
        let given = [(RecordId(1), PersonId(1)), (RecordId(2), PersonId(1))].into();
        assert_eq!(unfair(&candidates, &wanted, &given), Some((PersonId(1), PersonId(2))));
    }

    #[test]
    fn whoever_works_in_a_service_or_over_it_is_not_outside_it() {
        let place = |id, parent: i64, kind| Place {
            id: PlaceId(id),
            parent: (parent > 0).then_some(PlaceId(parent)),
            kind,
            name: id.to_string(),
        };
        let places = [
            place(1, 0, PlaceKind::Authority),
            place(2, 1, PlaceKind::Directorate),
            place(3, 2, PlaceKind::Service),
            place(4, 3, PlaceKind::Team),
            place(5, 2, PlaceKind::Service),
        ];
        let day = jiff::civil::date(2026, 11, 23);
        let outside = |role, over, of| {
            let from = jiff::civil::date(2026, 1, 1);
            let grants = vec![Grant { role, place: PlaceId(over), from, until: None }];
            let person = Person { id: PersonId(1), name: "Rosa Whitlow".to_owned(), grants };
            is_outside(&person, PlaceId(of), &places, day)
        };
        assert!(!outside(Role::Worker, 4, 3), "in a team of it");
        assert!(!outside(Role::ServiceManager, 2, 3), "over its directorate");
        assert!(outside(Role::Worker, 5, 3), "in another service");
        assert!(!outside(Role::Worker, 5, 2), "and in the same directorate");
        assert!(outside(Role::Auditor, 1, 3), "an auditor of the whole council has no line");
    }
}
