//! In which order sources are trusted, and which of them says whether a record is open.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::history::Fact;
use crate::need::{Known, Need, Needs};
use crate::source::{Sighting, Source, SourceKind};

/// The lists of Annex A in the order in which their word is taken; others follow.
const ANNEX_A: [&str; 10] = [
    "List 8", "List 7", "List 9", "List 6", "List 4", "List 5", "List 10", "List 3", "List 2",
    "List 1",
];

/// One source with its place in the order of trust.
#[derive(Debug, Clone, Copy)]
pub struct InHand<'a> {
    /// Its place among the sources as they were given.
    pub place: usize,
    /// The source.
    pub source: &'a Source,
}

/// Sources in the order of trust.
#[derive(Debug, Clone)]
pub struct Ranked<'a> {
    /// The sources, the most trusted first.
    pub sources: Vec<InHand<'a>>,
    /// For each source, the needs that it names for anybody at all.
    tells_needs: Vec<Needs>,
    /// The first source that says whether records are open.
    lead: Option<usize>,
    /// For each source, the order of trust of each of its lists.
    lists: Vec<Vec<usize>>,
    /// For each source, the number of its first list among all lists.
    first: Vec<u32>,
    /// For each source, the episodes of which any of its lists has a column.
    episodes: Vec<BTreeSet<Fact>>,
}

impl<'a> Ranked<'a> {
    /// Puts sources in order: by kind, then the later day, then the name.
    pub fn of(sources: &'a [Source]) -> Self {
        let mut ranked: Vec<InHand<'a>> =
            sources.iter().enumerate().map(|(place, source)| InHand { place, source }).collect();
        ranked.sort_by(|one, other| {
            let kind = |it: &InHand<'_>| {
                SourceKind::ALL.into_iter().position(|kind| kind == it.source.kind)
            };
            (kind(one), other.source.as_at, &one.source.name).cmp(&(
                kind(other),
                one.source.as_at,
                &other.source.name,
            ))
        });
        let tells_needs = ranked.iter().map(|it| needs_told(it.source)).collect();
        let says_open =
            |it: &InHand<'_>| it.source.sightings.iter().any(|seen| seen.open != Known::Unknown);
        let lead = ranked.iter().position(says_open);
        let lists = ranked.iter().map(|it| list_order(it.source)).collect();
        let mut first = Vec::new();
        let mut next = 0;
        for it in &ranked {
            first.push(next);
            next += number(it.source.lists.len());
        }
        let episodes = ranked.iter().map(|it| episodes_told(it.source)).collect();
        Self { sources: ranked, tells_needs, lead, lists, first, episodes }
    }

    /// The source of this rank.
    pub fn source(&self, rank: usize) -> Option<&'a Source> {
        self.sources.get(rank).map(|it| it.source)
    }

    /// True if the source names this need for anybody: only then does its silence mean anything.
    pub fn can_tell(&self, rank: usize, need: Need) -> bool {
        self.tells_needs.get(rank).is_some_and(|needs| needs.contains(&need))
    }

    /// The episodes that the source could tell of any record: where one of its lists has them and
    /// does not have this record, there were none.
    pub fn episodes(&self, rank: usize) -> impl Iterator<Item = Fact> + '_ {
        self.episodes.get(rank).into_iter().flatten().copied()
    }

    /// The day of the first source that says whether records are open.
    pub fn lead_day(&self) -> Option<Date> {
        Some(self.source(self.lead?)?.as_at)
    }

    /// The day as at which a list of these sources is true: the latest of those that open records.
    pub fn day(&self) -> Option<Date> {
        let opens = |source: &&Source| source.sightings.iter().any(|it| it.open == Known::Yes);
        let days = self.sources.iter().map(|it| it.source).filter(opens).map(|it| it.as_at);
        days.max().or_else(|| self.lead_day())
    }

    /// The number of a list among all lists of all sources.
    pub fn number(&self, rank: usize, list: usize) -> u32 {
        self.first.get(rank).copied().unwrap_or(0) + number(list)
    }

    /// Where a list stands among the lists of its own source.
    pub fn list_rank(&self, rank: usize, sighting: &Sighting) -> usize {
        self.lists
            .get(rank)
            .and_then(|lists| lists.get(sighting.list))
            .copied()
            .unwrap_or(usize::MAX)
    }

    /// The name of the list that a sighting is on.
    pub fn list_name(&self, rank: usize, sighting: &Sighting) -> &'a str {
        self.source(rank)
            .and_then(|source| source.lists.get(sighting.list))
            .map_or("", |list| list.name.as_str())
    }
}

/// A list's number; a source has tens of lists, and never more than fit.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX / 2)
}

fn needs_told(source: &Source) -> Needs {
    let mut told = Needs::new();
    for sighting in &source.sightings {
        if told.len() == Need::ALL.len() {
            break;
        }
        told.extend(sighting.needs.iter().copied());
    }
    told
}

fn episodes_told(source: &Source) -> BTreeSet<Fact> {
    let facts = source.lists.iter().flat_map(|list| list.tells.iter().copied());
    facts.filter(|fact| matches!(fact, Fact::Episode(_))).collect()
}

fn list_order(source: &Source) -> Vec<usize> {
    let of_annex_a = |name: &str| ANNEX_A.iter().position(|list| *list == name);
    let lists = source.lists.iter().enumerate();
    match source.kind {
        SourceKind::AnnexA => lists
            .map(|(place, list)| of_annex_a(&list.name).unwrap_or(ANNEX_A.len() + place))
            .collect(),
        _ => lists.map(|(place, _)| place).collect(),
    }
}
