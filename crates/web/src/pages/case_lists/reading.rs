//! Files recognised by what is in them, read into sources, and put together with what is known.
//!
//! `quarterlight import` makes the same calls as the pages.

use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::need::{Known, Need, Placement};
use quarterlight_domain::reconcile::{Decisions, Parts, Together, put_together, silences};
use quarterlight_domain::source::{Source, SourceKind};
use quarterlight_import::local_list::{Mapping, every_heading};
use quarterlight_import::recognise::{ChosenFile, Recognised, read, recognise};
use quarterlight_import::{Limits, NotReadable, SourceReading};
use quarterlight_store::{Fault, NewSource, NewTogether, SourceFile, StandsOn, Store};

use super::kept;
use super::rates::Rates;
use crate::apart::File;

/// Why files were not read into sources.
#[derive(Debug)]
pub enum NotYet {
    /// One of them cannot be read; the sentence says which, why and what to do.
    Unreadable(String),
    /// One of them is a list that needs its columns named.
    ToMap(Box<ToMap>),
}

/// A list of the authority's own, whose columns a person has to name.
#[derive(Debug, Clone)]
pub struct ToMap {
    /// Which file, by its position.
    pub file: usize,
    /// Its name.
    pub name: String,
    /// The headings of its sheets, each once: the list may stand on any of them.
    pub headings: Vec<String>,
    /// The first values under each heading.
    pub first: Vec<Vec<String>>,
    /// What the headings suggest.
    pub proposed: Mapping,
}

/// How lists of the authority's own were read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists(Vec<Mapping>);

impl Lists {
    /// Every mapping that was kept.
    ///
    /// # Errors
    /// Fails if the database does.
    pub async fn load(store: &Store) -> Result<Self, Fault> {
        let kept = store.mappings.all().await?;
        Ok(Self(kept.iter().filter_map(|kept| mapping(&kept.mapping)).collect()))
    }

    /// These.
    pub fn of(mappings: Vec<Mapping>) -> Self {
        Self(mappings)
    }

    /// Each of them.
    pub fn all(&self) -> &[Mapping] {
        &self.0
    }

    /// The one with this name alone; none if there is none.
    pub fn only(self, name: &str) -> Option<Self> {
        let found = self.0.into_iter().find(|mapping| mapping.name == name)?;
        Some(Self(vec![found]))
    }

    /// The mapping that fits these headings best: the one that reads most of them.
    pub fn fitting(&self, headings: &[String]) -> Option<Mapping> {
        let fits = |it: &&Mapping| it.fits(headings.iter().map(String::as_str));
        self.0.iter().filter(fits).max_by_key(|it| it.columns.len()).cloned()
    }
}

/// A mapping as it is kept.
pub fn mapping_text(mapping: &Mapping) -> String {
    serde_json::to_string(&mapping.to_pairs()).unwrap_or_default()
}

/// The mapping that was kept so.
pub fn mapping(text: &str) -> Option<Mapping> {
    let pairs: Vec<(String, String)> = serde_json::from_str(text).ok()?;
    Mapping::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))).ok()
}

/// What is known before anything is read.
#[derive(Debug)]
pub struct Before {
    standing: Vec<(StandsOn, Source)>,
    known: Vec<(Reference, Option<Date>)>,
    decisions: Decisions,
}

impl Before {
    /// Loads what the next list is put together with.
    ///
    /// # Errors
    /// Fails if the database does.
    pub async fn load(store: &Store) -> Result<Self, Fault> {
        Ok(Self {
            standing: store.sources.standing().await?,
            known: store.sources.known().await?,
            decisions: store.sources.decisions().await?,
        })
    }
}

/// Reads files, whatever they are, as at a day. It takes seconds where they are large. `choose`
/// gives the mapping of a list that needs one.
///
/// # Errors
/// [`NotYet`] where a file cannot be read, or needs its columns named first. Then none is used.
pub fn sources(
    files: &[File],
    (as_at, authority): (Date, Option<&str>),
    choose: impl Fn(&ToMap) -> Option<Mapping>,
    limits: &Limits,
) -> Result<Vec<NewSource>, NotYet> {
    let chosen: Vec<ChosenFile<'_>> =
        files.iter().map(|file| (file.name(), file.bytes())).collect();
    let unreadable = |why: NotReadable| NotYet::Unreadable(why.to_string());
    let recognised = recognise(&chosen, limits).map_err(unreadable)?;
    let name = |at: usize| files.get(at).map_or("", File::name);
    let mut sources: Vec<NewSource> = Vec::new();
    for it in &recognised {
        let (positions, mapping) = match it {
            Recognised::Refused { file, why } => {
                return Err(NotYet::Unreadable(format!("“{}”: {why}", name(*file))));
            }
            Recognised::Unknown { file, sheets, proposed } => {
                let (headings, first) = every_heading(sheets);
                let to_map = ToMap {
                    file: *file,
                    name: name(*file).to_owned(),
                    headings,
                    first,
                    proposed: proposed.clone(),
                };
                let Some(mapping) = choose(&to_map) else {
                    return Err(NotYet::ToMap(Box::new(to_map)));
                };
                (vec![*file], Some(mapping))
            }
            Recognised::Source { files, .. } => (files.clone(), None),
        };
        let read = read(it, &chosen, (as_at, authority), mapping.as_ref(), limits);
        let of_source: Vec<&File> = positions.iter().filter_map(|at| files.get(*at)).collect();
        let new = new_source(read.map_err(unreadable)?, &of_source);
        let same = |old: &NewSource| {
            old.source.kind == new.source.kind && old.source.name == new.source.name
        };
        if sources.iter().any(same) {
            return Err(NotYet::Unreadable(format!(
                "“{}” is a second {}. Read one of them, or give a list of your own another name.",
                name(positions.first().copied().unwrap_or_default()),
                new.source.name
            )));
        }
        sources.push(new);
    }
    Ok(sources)
}

fn new_source(reading: SourceReading, files: &[&File]) -> NewSource {
    let file = |file: &&File| SourceFile {
        name: kept::safe(file.name()),
        digest: kept::digest(file.bytes()),
        bytes: u64::try_from(file.bytes().len()).unwrap_or(u64::MAX),
    };
    NewSource {
        account: kept::account(&reading.account),
        problems: reading.problems.iter().map(kept::kept_problem).collect(),
        files: files.iter().map(file).collect(),
        source: reading.source,
    }
}

/// Puts what was read together with what is known: a new source takes the place of the one of its
/// kind and name. Where no list says whether records are open, the day is that of what was read.
pub fn together(before: Before, new: Vec<NewSource>, as_at: Date) -> NewTogether {
    let is_replaced = |old: &Source| {
        new.iter().any(|new| new.source.kind == old.kind && new.source.name == old.name)
    };
    let (mut kept, mut all) = (Vec::new(), Vec::new());
    for (on, old) in before.standing {
        if !is_replaced(&old) {
            kept.push((on, false));
            all.push(old);
        }
    }
    all.extend(new.iter().map(|new| new.source.clone()));
    let parts = Parts { sources: &all, known: &before.known, decisions: &before.decisions };
    let together = put_together(parts);
    NewTogether {
        name: named(&all),
        as_at: together.as_at.unwrap_or(as_at),
        kept,
        rates: rates(&all, &together),
        new,
        together,
        instead_of: None,
    }
}

/// Puts the sources of a list together once more, now that something doubtful was settled.
///
/// # Errors
/// Fails if the database does.
pub async fn again(
    store: &Store,
    list: CaseListId,
) -> Result<impl FnOnce() -> NewTogether + use<>, Fault> {
    let sources = store.sources.of_list(list).await?;
    let (known, decisions) = (store.sources.known().await?, store.sources.decisions().await?);
    let as_at = store.case_lists.get(list).await?.map(|list| list.as_at);
    Ok(move || {
        let kept = sources.iter().map(|(on, is_new, _)| (*on, *is_new)).collect();
        let all: Vec<Source> = sources.into_iter().map(|(_, _, source)| source).collect();
        let parts = Parts { sources: &all, known: &known, decisions: &decisions };
        let together = put_together(parts);
        NewTogether {
            name: named(&all),
            as_at: together.as_at.or(as_at).unwrap_or_default(),
            kept,
            rates: rates(&all, &together),
            new: Vec::new(),
            together,
            instead_of: Some(list),
        }
    })
}

/// *Annex A, SSDA903 return and Workforce census*.
fn named(sources: &[Source]) -> String {
    let mut named: Vec<(SourceKind, &str)> =
        sources.iter().map(|it| (it.kind, it.name.as_str())).collect();
    let trust = |kind: SourceKind| SourceKind::ALL.into_iter().position(|other| other == kind);
    named.sort_by_key(|(kind, name)| (trust(*kind), *name));
    let words: Vec<String> = named.into_iter().map(|(_, name)| name.to_owned()).collect();
    quarterlight_report::words::list(&words)
}

fn rates(sources: &[Source], together: &Together) -> String {
    let lines = || together.lines.iter().map(|(line, _)| line);
    let with = |need: Need| lines().filter(|line| line.needs.contains(&need)).count();
    let counts = kept::KeptCounts {
        by_need: Need::ALL.into_iter().map(|it| (it.code().to_owned(), whole(with(it)))).collect(),
        unallocated: whole(lines().filter(|line| line.worker.is_none()).count()),
        disability_unknown: whole(lines().filter(|it| it.disabled == Known::Unknown).count()),
        placement_unknown: whole(lines().filter(|it| it.placement == Placement::Unknown).count()),
        problems_left_out: 0,
    };
    Rates::of(together, counts, &silences(sources)).text()
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
