//! One record, from everything that lists say of it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::conflict::{self, Conflict, Matter};
use super::history::{self, first};
use super::presence::{Apart, OnLists, Standing};
use super::references::Group;
use super::trust::Ranked;
use super::worker_facts::named_the_same;
use super::workers::Workers;
use crate::case_list::{CaseLine, Reference};
use crate::history::{Fact, History};
use crate::need::{Known, LegalRoute, Need, Needs, Placement};
use crate::source::{Holder, Sighting};

/// What was seen of one record.
pub struct Seen<'s, 'a> {
    ranked: &'s Ranked<'a>,
    reference: &'s Reference,
    sightings: &'s [(usize, &'a Sighting)],
    /// What the first source that says anything says of being open, and the day of that source.
    decided: Option<(bool, Date)>,
    /// Whether only a list older than the others says that it is open.
    only_older: bool,
}

impl<'s, 'a> Seen<'s, 'a> {
    /// Looks at the sightings of one record.
    pub fn of(ranked: &'s Ranked<'a>, group: &'s Group<'a>) -> Self {
        let sightings = group.sightings.as_slice();
        let decided = sightings.chunk_by(|one, other| one.0 == other.0).find_map(|source| {
            let rank = source.first()?.0;
            Some((is_open(source)?, ranked.source(rank)?.as_at))
        });
        let lead = ranked.lead_day();
        let is_older = |day: Date| lead.is_some_and(|lead| day < lead);
        Self {
            ranked,
            reference: &group.reference,
            sightings,
            decided,
            only_older: decided.is_some_and(|(open, day)| open && is_older(day)),
        }
    }

    /// The record as one that no list opens.
    pub fn apart(&self, on: OnLists) -> Apart {
        let all = || self.sightings.iter().map(|(_, it)| *it);
        Apart {
            reference: self.reference.clone(),
            standing: match self.decided {
                None => Standing::Unknown,
                Some(_) if self.only_older => Standing::OpenOnAnOlderList,
                Some(_) => Standing::Closed,
            },
            disabled: all().fold(Known::Unknown, |known, it| first(known, it.disabled)),
            placement: all().find_map(|it| it.placement),
            team: all().find_map(|it| it.team.clone()),
            history: self.history(),
            on,
        }
    }

    /// The record as a line of the case list; none if it is not open. Differences go to `conflicts`.
    pub fn line(
        &self,
        workers: &Workers,
        conflicts: &mut Vec<Conflict>,
        on: &OnLists,
    ) -> Option<CaseLine> {
        let reference = self.reference;
        // One list cannot differ from itself: its sightings are put together as they are read.
        if on.len() > 1 {
            self.note(conflicts, Matter::BirthDate, |it| it.history.born, ToString::to_string);
            let open = |it: &Sighting| (it.open != Known::Unknown).then_some(it.open);
            self.note_open(conflicts, open);
        }
        if self.only_older || !self.decided?.0 {
            return None;
        }
        if on.len() > 1 {
            self.note(conflicts, Matter::Disability, |it| told(it.disabled), code);
            self.note(conflicts, Matter::Unaccompanied, |it| told(it.unaccompanied), code);
            self.note_current(conflicts, workers);
        }
        let (needs, assessment_open) = self.needs(conflicts);
        let all = || self.sightings.iter().map(|(_, it)| *it);
        let in_care = needs.contains(&Need::InCare);
        let holder = self.holder();
        let team = holder.and_then(|(_, it)| it.team.clone());
        let team = team.or_else(|| self.current().find_map(|(_, it)| it.team.clone()));
        let route = self
            .current()
            .filter_map(|(_, it)| it.route)
            .find(|route| !matches!(route, LegalRoute::Unknown | LegalRoute::None));
        let otherwise = if in_care { LegalRoute::InCare } else { LegalRoute::Unknown };
        Some(CaseLine {
            reference: reference.clone(),
            assessment_open,
            disabled: all().fold(Known::Unknown, |known, it| first(known, it.disabled)),
            unaccompanied: all().fold(Known::Unknown, |known, it| first(known, it.unaccompanied)),
            placement: self.placement(in_care),
            route: route.unwrap_or(otherwise),
            worker: holder.and_then(|(rank, it)| workers.name(rank, &it.holder)),
            team,
            dates: history::dates(self.sightings),
            history: self.history(),
            needs,
        })
    }

    /// What happened, with everything that the sources which have the record could be asked.
    fn history(&self) -> History {
        let mut history = history::joined(self.sightings);
        for source in self.sightings.chunk_by(|one, other| one.0 == other.0) {
            let rank = source.first().map(|(rank, _)| *rank);
            history.asked.extend(rank.into_iter().flat_map(|rank| self.ranked.episodes(rank)));
        }
        history
    }

    /// The sightings by which a record is open now: not closed, and not older than the source that
    /// says that it is open.
    fn current(&self) -> impl Iterator<Item = (usize, &'a Sighting)> + '_ {
        let day = self.decided.map(|(_, day)| day);
        self.sightings.iter().copied().filter(move |(rank, it)| {
            let source = self.ranked.source(*rank);
            it.open != Known::No && source.zip(day).is_some_and(|(source, day)| source.as_at >= day)
        })
    }

    /// The sighting that names the worker. The first source that names workers of open records
    /// decides: where it names nobody, the record is unallocated, whoever held it on another list.
    fn holder(&self) -> Option<(usize, &'a Sighting)> {
        let current: Vec<(usize, &'a Sighting)> = self.current().collect();
        let decides = |source: &&[(usize, &Sighting)]| {
            source.iter().any(|(_, it)| !it.holder.is_nobody() || names_workers(it))
        };
        let source = current.chunk_by(|one, other| one.0 == other.0).find(decides)?;
        source.iter().copied().find(|(_, it)| !it.holder.is_nobody())
    }

    fn number(&self, rank: usize, sighting: &Sighting) -> u32 {
        self.ranked.number(rank, sighting.list)
    }

    /// Notes a difference between any two lists.
    fn note<T: PartialEq>(
        &self,
        conflicts: &mut Vec<Conflict>,
        matter: Matter,
        said: impl Fn(&Sighting) -> Option<T>,
        words: impl Fn(&T) -> String,
    ) {
        let said: Vec<(u32, T)> = self
            .sightings
            .iter()
            .filter_map(|(rank, it)| Some((self.number(*rank, it), said(it)?)))
            .collect();
        conflict::note(conflicts, (matter, self.reference), &said, T::eq, words);
    }

    /// Notes where sources of the day differ on whether the record is open. Lists of one source
    /// differ as a matter of course: a child leaves a plan and stays in need.
    fn note_open(&self, conflicts: &mut Vec<Conflict>, said: impl Fn(&Sighting) -> Option<Known>) {
        let Some((_, day)) = self.decided else { return };
        let mut told = Vec::new();
        for source in self.sightings.chunk_by(|one, other| one.0 == other.0) {
            let Some((rank, _)) = source.first() else { continue };
            let is_of_the_day = self.ranked.source(*rank).is_some_and(|it| it.as_at >= day);
            let Some(open) = is_open(source).filter(|_| is_of_the_day) else { continue };
            let known = if open { Known::Yes } else { Known::No };
            let list = source.iter().find(|(_, it)| said(it) == Some(known));
            told.extend(list.map(|(rank, it)| (self.number(*rank, it), known)));
        }
        conflict::note(conflicts, (Matter::Open, self.reference), &told, Known::eq, code);
    }

    /// Notes where lists of the day differ on what changes with time.
    fn note_current(&self, conflicts: &mut Vec<Conflict>, workers: &Workers) {
        let current: Vec<(usize, &Sighting)> = self.current().collect();
        let placed: Vec<(u32, Placement)> = current
            .iter()
            .filter_map(|(rank, it)| Some((self.number(*rank, it), it.placement?)))
            .filter(|(_, placement)| *placement != Placement::Unknown)
            .collect();
        let same = Placement::eq;
        let place = |it: &Placement| it.code().to_owned();
        conflict::note(conflicts, (Matter::Placement, self.reference), &placed, same, place);
        let holding = current.iter().filter(|(_, it)| it.open == Known::Yes && !it.assessment_open);
        // A source that names workers and none for this record says that it is nobody's.
        let names_somebody = |rank: usize| {
            current.iter().any(|(other, it)| *other == rank && !it.holder.is_nobody())
        };
        let held: Vec<(u32, _)> = holding
            .clone()
            .filter(|(rank, it)| {
                !it.holder.is_nobody() || names_workers(it) && !names_somebody(*rank)
            })
            .map(|(rank, it)| (self.number(*rank, it), (*rank, &it.holder)))
            .collect();
        let same = |one: &(usize, &Holder), other: &(usize, &Holder)| {
            one.1.is_nobody() == other.1.is_nobody() && !workers.differ(*one, *other)
        };
        let name = |(rank, holder): &(usize, &Holder)| {
            workers.name(*rank, holder).unwrap_or_else(|| "nobody".to_owned())
        };
        conflict::note(conflicts, (Matter::Worker, self.reference), &held, same, name);
        let teams: Vec<(u32, &String)> = holding
            .filter_map(|(rank, it)| Some((self.number(*rank, it), it.team.as_ref()?)))
            .collect();
        let same = |one: &&String, other: &&String| named_the_same(one, other);
        let words = |it: &&String| (*it).clone();
        conflict::note(conflicts, (Matter::Team, self.reference), &teams, same, words);
    }

    /// Why the record is open, and whether an open assessment is all there is.
    ///
    /// The first source that says that it is open is followed. Another adds a need only where none
    /// before it ever names that need; where one does, and not of this record, they differ.
    fn needs(&self, conflicts: &mut Vec<Conflict>) -> (Needs, bool) {
        let current: Vec<(usize, &Sighting)> =
            self.current().filter(|(_, it)| it.open == Known::Yes).collect();
        let (mut needs, mut assessed) = (Needs::new(), false);
        let mut ranks: Vec<usize> = Vec::new();
        let mut told: BTreeMap<Need, u32> = BTreeMap::new();
        for (rank, it) in &current {
            assessed |= it.assessment_open;
            let number = self.number(*rank, it);
            if !ranks.contains(rank) {
                ranks.push(*rank);
            }
            for need in self.needs_of(*rank, it) {
                let before = ranks.iter().filter(|before| *before != rank);
                let mut could =
                    before.clone().filter(|before| self.ranked.can_tell(**before, need));
                let is_first = before.count() == 0;
                if needs.contains(&need) {
                    continue;
                }
                match need {
                    // Whoever is open is in need; no other source has to say so.
                    Need::ChildInNeed if !is_first => {}
                    _ if is_first || could.next().is_none() => {
                        needs.insert(need);
                        told.insert(need, number);
                    }
                    _ => self.differ_on_need(conflicts, need, number, &told),
                }
            }
        }
        let alone = assessed && needs.is_empty();
        if needs.is_empty() {
            needs.insert(Need::ChildInNeed);
        }
        (needs, alone)
    }

    fn differ_on_need(
        &self,
        conflicts: &mut Vec<Conflict>,
        need: Need,
        number: u32,
        told: &BTreeMap<Need, u32>,
    ) {
        let mut said: Vec<(u32, Need)> = told.iter().map(|(need, list)| (*list, *need)).collect();
        said.sort_unstable();
        said.push((number, need));
        let words = |it: &Need| it.code().to_owned();
        conflict::note(
            conflicts,
            (Matter::Need, self.reference),
            &said,
            |_, other| *other != need,
            words,
        );
    }

    /// The needs that one sighting gives. The list of a service knows better than List 6 of Annex A
    /// whether the child is still with it; a child who is not stays open as a child in need.
    fn needs_of(&self, rank: usize, it: &Sighting) -> Needs {
        if it.assessment_open && it.needs.iter().all(|need| *need == Need::ChildInNeed) {
            return Needs::new();
        }
        let ended = |list: &str| {
            let mut on = self.sightings.iter().filter(|(other, seen)| {
                *other == rank && self.ranked.list_name(rank, seen) == list
            });
            on.any(|(_, seen)| seen.open == Known::No)
        };
        if self.ranked.list_name(rank, it) != "List 6" {
            return it.needs.clone();
        }
        let said = |need: &Need| match need {
            Need::InCare if ended("List 8") => Need::ChildInNeed,
            Need::ChildProtection if ended("List 7") => Need::ChildInNeed,
            need => *need,
        };
        it.needs.iter().map(said).collect()
    }

    /// Where the child is placed: as the first list of the day says that knows.
    fn placement(&self, in_care: bool) -> Placement {
        let said = || self.current().filter_map(|(_, it)| it.placement);
        let known = |it: &Placement| matches!(it, Placement::InArea | Placement::OutOfArea);
        match said().find(known) {
            Some(placement) => placement,
            None if in_care || said().any(|it| it == Placement::Unknown) => Placement::Unknown,
            None => Placement::NotPlaced,
        }
    }
}

/// What the sightings of one source say together: open if any list says so.
fn is_open(source: &[(usize, &Sighting)]) -> Option<bool> {
    let says = |known| source.iter().any(|(_, it)| it.open == known);
    if says(Known::Yes) { Some(true) } else { says(Known::No).then_some(false) }
}

/// True of a list with a column for the worker that says that the record is open.
fn names_workers(it: &Sighting) -> bool {
    it.open == Known::Yes && !it.assessment_open && it.history.asked.contains(&Fact::Worker)
}

fn told(known: Known) -> Option<Known> {
    (known != Known::Unknown).then_some(known)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "it is given where any value is put into words"
)]
fn code(known: &Known) -> String {
    known.code().to_owned()
}
