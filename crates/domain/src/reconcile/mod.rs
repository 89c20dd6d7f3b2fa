//! Several sources compared with one another and put together into one case list.
//!
//! The rules, which the check page repeats in words:
//!
//! - Sources are trusted in the order of [`SourceKind::ALL`]; where they differ, the first that says
//!   anything is followed, and every difference is kept as a [`Conflict`].
//! - References are compared as text ([`references`]), workers by number and then by name within a
//!   team ([`workers`]). A doubtful match is never made: it is a [`Doubt`] for a person to settle.
//! - A list opens a record only if it says that the record is open, and only if it is not older
//!   than the most trusted source that says such things.
//! - What changes with time (whether open, need, placement, worker, team) is never taken from a
//!   source older than the one that decides whether the record is open.
//! - What nobody says is unknown. A blank in one list does not hide an answer in another.

mod conflict;
mod history;
mod presence;
mod record;
pub mod references;
mod silence;
mod trust;
mod worker_facts;
pub mod workers;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use conflict::{Conflict, Matter, Saying};
pub use presence::{Apart, ListCount, OnLists, Standing};
pub use references::{Doubt, MatchRate, Why};
pub use silence::{Silence, silences};
pub use worker_facts::{WorkerDoubt, WorkerFacts, WorkerRate};

use crate::case_list::{CaseLine, Reference};
use crate::source::Source;

/// Which pairs a person has said to be the same, or not to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    records: BTreeMap<(String, String), bool>,
    workers: BTreeMap<(String, String), bool>,
}

impl Decisions {
    /// Notes that two references are one record, or are two.
    pub fn record(&mut self, one: &str, other: &str, same: bool) {
        self.records.insert(pair(one, other), same);
    }

    /// Notes that two worker keys are one worker, or are two.
    pub fn worker(&mut self, one: &str, other: &str, same: bool) {
        self.workers.insert(pair(one, other), same);
    }

    /// What a person has said of two references.
    pub fn of_records(&self, one: &str, other: &str) -> Option<bool> {
        self.records.get(&pair(one, other)).copied()
    }

    /// What a person has said of two worker keys.
    pub fn of_workers(&self, one: &str, other: &str) -> Option<bool> {
        self.workers.get(&pair(one, other)).copied()
    }
}

fn pair(one: &str, other: &str) -> (String, String) {
    if one <= other {
        (one.to_owned(), other.to_owned())
    } else {
        (other.to_owned(), one.to_owned())
    }
}

/// What is put together: sources, and what is known from before.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// The sources, in any order.
    pub sources: &'a [Source],
    /// References on the list in use, with the date of birth where it is known: a number that is
    /// written differently from last time is the same record still.
    pub known: &'a [(Reference, Option<Date>)],
    /// What people have said of doubtful matches.
    pub decisions: &'a Decisions,
}

/// One case list, and everything that was seen while it was put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The day as at which it is true; none where no source says whether a record is open.
    pub as_at: Option<Date>,
    /// Open records by reference, each with the lists that it stands on.
    pub lines: Vec<(CaseLine, OnLists)>,
    /// Records that a list has and that nothing opens.
    pub apart: Vec<Apart>,
    /// Every list of every source, the most trusted source first.
    pub lists: Vec<ListCount>,
    /// How the references of each source were matched, in the order of trust.
    pub rates: Vec<MatchRate>,
    /// Matches that a person must settle.
    pub doubts: Vec<Doubt>,
    /// What lists say differently of one record.
    pub conflicts: Vec<Conflict>,
    /// What is known of workers.
    pub workers: Vec<WorkerFacts>,
    /// How the workers of each source were matched, in the order of trust.
    pub worker_rates: Vec<WorkerRate>,
    /// Workers who may be one and the same.
    pub worker_doubts: Vec<WorkerDoubt>,
}

/// Puts sources together. Time and memory grow with the number of sightings.
pub fn put_together(parts: Parts<'_>) -> Together {
    let ranked = trust::Ranked::of(parts.sources);
    let workers = workers::Workers::of(&ranked, parts.decisions);
    let (groups, rates, doubts) = references::matched(&ranked, parts.known, parts.decisions);
    let mut lists = presence::Lists::of(&ranked);
    let (mut lines, mut apart, mut conflicts) = (Vec::new(), Vec::new(), Vec::new());
    for group in groups {
        let seen = record::Seen::of(&ranked, &group);
        let on = lists.note(&group);
        match seen.line(&workers, &mut conflicts, &on) {
            Some(line) => lines.push((line, on)),
            None => apart.push(seen.apart(on)),
        }
    }
    lines.sort_by(|(one, _), (other, _)| one.reference.cmp(&other.reference));
    apart.sort_by(|one, other| one.reference.cmp(&other.reference));
    conflicts.sort();
    Together {
        as_at: ranked.day(),
        lines,
        apart,
        lists: lists.counted(),
        rates,
        doubts,
        conflicts,
        workers: workers.facts(),
        worker_rates: workers.rates(),
        worker_doubts: workers.doubts(),
    }
}

#[cfg(test)]
mod tests;
