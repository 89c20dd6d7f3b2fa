//! On which lists each record stands, and which records no list opens.

use std::collections::BTreeMap;

use super::references::Group;
use super::trust::Ranked;
use crate::case_list::{CaseLine, Reference};
use crate::history::{Fact, History};
use crate::need::{Known, LegalRoute, Needs, Placement};

/// The lists that a record stands on, by their numbers in [`super::Together::lists`], in order.
pub type OnLists = Vec<u32>;

/// One list of one source, with how many of its records stand on each source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCount {
    /// The source, by its place as given.
    pub source: usize,
    /// The list, by its place in the source.
    pub list: usize,
    /// Its name.
    pub name: String,
    /// Its records.
    pub records: usize,
    /// Of these, how many are on each other source, by that source's place as given.
    pub on_source: BTreeMap<usize, usize>,
}

/// Why a record that stands on a list is not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A list that says such things says that it is closed.
    Closed,
    /// Only a list older than the others says that it is open.
    OpenOnAnOlderList,
    /// No list that says whether records are open has it at all: it is unknown to social care.
    Unknown,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Closed, Self::OpenOnAnOlderList, Self::Unknown];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::OpenOnAnOlderList => "older",
            Self::Unknown => "unknown",
        }
    }

    /// The standing in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Closed => "Closed",
            Self::OpenOnAnOlderList => "Open on an older list only",
            Self::Unknown => "On no list of open records",
        }
    }

    /// The standing with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// A record that stands on a list and is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// Its reference.
    pub reference: Reference,
    /// Why it is not open.
    pub standing: Standing,
    /// Whether the child is disabled, as far as any list says.
    pub disabled: Known,
    /// Where the child is placed, if any list says.
    pub placement: Option<Placement>,
    /// The team that held it last, if any list says.
    pub team: Option<String>,
    /// What happened on it: rules about time look back at records that are closed.
    pub history: History,
    /// The lists that have it.
    pub on: OnLists,
}

impl Apart {
    /// The record as a line without a need, for rules that look back; none where it may be open
    /// still, or where no source that has it tells what happened on records.
    pub fn closed(&self) -> Option<CaseLine> {
        let is_told = self.history.asked.iter().any(|fact| matches!(fact, Fact::Episode(_)));
        if self.standing == Standing::OpenOnAnOlderList || !is_told {
            return None;
        }
        let latest = self.history.dates.iter();
        Some(CaseLine {
            reference: self.reference.clone(),
            needs: Needs::new(),
            assessment_open: false,
            disabled: self.disabled,
            unaccompanied: Known::Unknown,
            placement: Placement::NotPlaced,
            route: LegalRoute::Unknown,
            worker: None,
            team: None,
            dates: latest.filter_map(|(kind, dates)| Some((*kind, *dates.last()?))).collect(),
            history: self.history.clone(),
        })
    }
}

/// Counts lists while records are put together.
pub struct Lists<'r, 'a> {
    ranked: &'r Ranked<'a>,
    counts: Vec<ListCount>,
}

impl<'r, 'a> Lists<'r, 'a> {
    /// Every list with nothing counted.
    pub fn of(ranked: &'r Ranked<'a>) -> Self {
        let counts = ranked.sources.iter().flat_map(|it| {
            it.source.lists.iter().enumerate().map(|(list, named)| ListCount {
                source: it.place,
                list,
                name: named.name.clone(),
                records: 0,
                on_source: BTreeMap::new(),
            })
        });
        Self { ranked, counts: counts.collect() }
    }

    /// Counts one record, and says which lists it stands on.
    pub fn note(&mut self, group: &Group<'_>) -> OnLists {
        let sightings = &group.sightings;
        let mut on: OnLists =
            sightings.iter().map(|(rank, it)| self.ranked.number(*rank, it.list)).collect();
        on.sort_unstable();
        on.dedup();
        for list in &on {
            let count = usize::try_from(*list).ok().and_then(|at| self.counts.get_mut(at));
            let Some(count) = count else { continue };
            count.records += 1;
            for source in sightings.chunk_by(|one, other| one.0 == other.0) {
                let rank = source.first().map(|(rank, _)| *rank);
                let place = rank.and_then(|rank| self.ranked.sources.get(rank)).map(|it| it.place);
                if let Some(place) = place.filter(|place| *place != count.source) {
                    *count.on_source.entry(place).or_default() += 1;
                }
            }
        }
        on
    }

    /// What was counted.
    pub fn counted(self) -> Vec<ListCount> {
        self.counts
    }
}
