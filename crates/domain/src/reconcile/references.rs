//! Which references are one record: compared as text, and doubtful where only the writing differs.
//!
//! The rules, in order. Two references are one record if
//!
//! 1. they are the same text, once the space around them is gone;
//! 2. a person has said so;
//! 3. they differ only in capitals, in zeros at the front or in a `.0` at the end, as a spreadsheet
//!    makes them differ, *and* both sources give the same date of birth.
//!
//! Where the third rule fails for want of a date of birth, or because the dates differ, or because
//! one list has both writings, the match is doubtful. It is not made; a person is asked.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Decisions;
use super::trust::Ranked;
use crate::case_list::Reference;
use crate::source::Sighting;

/// One record: its sightings, the most trusted source first.
#[derive(Debug)]
pub struct Group<'a> {
    /// The reference as the most trusted source writes it.
    pub reference: Reference,
    /// Rank of the source, and the sighting.
    pub sightings: Vec<(usize, &'a Sighting)>,
}

/// Why a match is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// One of them has no date of birth.
    BirthDateNotKnown,
    /// The dates of birth differ.
    BirthDateDiffers,
    /// One list has both.
    OnOneList,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::BirthDateNotKnown, Self::BirthDateDiffers, Self::OnOneList];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BirthDateNotKnown => "birth-date-not-known",
            Self::BirthDateDiffers => "birth-date-differs",
            Self::OnOneList => "on-one-list",
        }
    }

    /// The reason in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::BirthDateNotKnown => "the date of birth is not known on both sides",
            Self::BirthDateDiffers => "the dates of birth differ",
            Self::OnOneList => "one list has both, as if they were two records",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// Two references that may be one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// The reference of the more trusted side.
    pub one: Reference,
    /// The other reference.
    pub other: Reference,
    /// Why it is doubtful.
    pub why: Why,
    /// The sources that have the first, by their place as given; none for the list in use.
    pub one_on: Vec<usize>,
    /// The sources that have the other.
    pub other_on: Vec<usize>,
}

/// How the references of one source were matched with those of more trusted sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MatchRate {
    /// The source, by its place as given.
    pub source: usize,
    /// Its references.
    pub references: usize,
    /// The same text as on another source.
    pub exact: usize,
    /// Written differently, with the same date of birth.
    pub written_differently: usize,
    /// Said by a person to be the same.
    pub confirmed: usize,
    /// Doubtful: not matched until a person says so.
    pub doubtful: usize,
    /// On no other source.
    pub alone: usize,
}

impl MatchRate {
    /// References that are on another source too.
    pub fn matched(&self) -> usize {
        self.exact + self.written_differently + self.confirmed
    }
}

/// One reference of one source, or of the list in use.
#[derive(Debug)]
struct Entry<'a> {
    form: Cow<'a, str>,
    text: &'a str,
    /// None for the list in use.
    rank: Option<usize>,
    place: usize,
    born: Option<Date>,
    sighting: Option<&'a Sighting>,
}

/// One way of writing a reference, with everything that writes it so.
struct Writing<'e, 'a> {
    text: &'a str,
    entries: &'e [Entry<'a>],
    born: Option<Date>,
    ranks: BTreeSet<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Apart,
    WrittenDifferently,
    Confirmed,
    Doubtful,
}

/// The records that the references make, how they were matched, and what is doubtful.
pub fn matched<'a>(
    ranked: &Ranked<'a>,
    known: &'a [(Reference, Option<Date>)],
    decisions: &Decisions,
) -> (Vec<Group<'a>>, Vec<MatchRate>, Vec<Doubt>) {
    let mut entries = entries(ranked, known);
    let order = |it: &Entry<'_>| (it.rank, it.place);
    entries.sort_unstable_by(|one, other| {
        (&one.form, one.text).cmp(&(&other.form, other.text)).then(order(one).cmp(&order(other)))
    });
    let mut matching = Matching {
        ranked,
        decisions,
        groups: Vec::new(),
        rates: ranked
            .sources
            .iter()
            .map(|it| MatchRate { source: it.place, ..MatchRate::default() })
            .collect(),
        doubts: Vec::new(),
    };
    for same_form in entries.chunk_by(|one, other| one.form == other.form) {
        matching.form(same_form);
    }
    matching.doubts.sort();
    (matching.groups, matching.rates, matching.doubts)
}

fn entries<'a>(ranked: &Ranked<'a>, known: &'a [(Reference, Option<Date>)]) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for (place, (reference, born)) in known.iter().enumerate() {
        let text = reference.as_str();
        let form = form(text);
        entries.push(Entry { form, text, rank: None, place, born: *born, sighting: None });
    }
    for (rank, in_hand) in ranked.sources.iter().enumerate() {
        for (place, sighting) in in_hand.source.sightings.iter().enumerate() {
            let text = sighting.reference.as_str();
            entries.push(Entry {
                form: form(text),
                text,
                rank: Some(rank),
                place,
                born: sighting.history.born,
                sighting: Some(sighting),
            });
        }
    }
    entries
}

/// A reference without what a spreadsheet does to it: zeros at the front, `.0` at the end, capitals.
pub fn form(text: &str) -> Cow<'_, str> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let short = text.trim_start_matches('0');
    // A reference of zeros alone is still one.
    let short = if short.is_empty() { text } else { short };
    if short.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Cow::Owned(short.to_ascii_uppercase())
    } else {
        Cow::Borrowed(short)
    }
}

struct Matching<'m, 'a> {
    ranked: &'m Ranked<'a>,
    decisions: &'m Decisions,
    groups: Vec<Group<'a>>,
    rates: Vec<MatchRate>,
    doubts: Vec<Doubt>,
}

impl<'a> Matching<'_, 'a> {
    /// Takes every reference of one form.
    fn form(&mut self, entries: &[Entry<'a>]) {
        let mut writings: Vec<Writing<'_, 'a>> = entries
            .chunk_by(|one, other| one.text == other.text)
            .filter_map(|entries| {
                Some(Writing {
                    text: entries.first()?.text,
                    entries,
                    born: entries.iter().find_map(|it| it.born),
                    ranks: entries.iter().filter_map(|it| it.rank).collect(),
                })
            })
            .collect();
        // What is known from before keeps its writing; then the most trusted source's.
        let trust = |it: &Writing<'_, '_>| it.entries.iter().map(|entry| entry.rank).min();
        writings.sort_by(|one, other| (trust(one), one.text).cmp(&(trust(other), other.text)));
        let mut clusters: Vec<Vec<(&Writing<'_, 'a>, Outcome)>> = Vec::new();
        for writing in &writings {
            self.place(writing, &mut clusters);
        }
        for cluster in &clusters {
            self.close(cluster);
        }
    }

    /// Puts one writing with those that it is the same as, or by itself.
    fn place<'w>(
        &mut self,
        writing: &'w Writing<'w, 'a>,
        clusters: &mut Vec<Vec<(&'w Writing<'w, 'a>, Outcome)>>,
    ) {
        let mut doubts = Vec::new();
        for cluster in clusters.iter_mut() {
            let Some((first, _)) = cluster.first().copied() else { continue };
            let decided = self.decisions.of_records(first.text, writing.text);
            let is_shared = cluster.iter().any(|(it, _)| !it.ranks.is_disjoint(&writing.ranks));
            let born = cluster.iter().find_map(|(it, _)| it.born);
            match (decided, born.zip(writing.born)) {
                (Some(true), _) => {
                    cluster.push((writing, Outcome::Confirmed));
                    return;
                }
                (Some(false), _) => {}
                (None, Some((one, other))) if one != other && is_shared => {}
                (None, _) if is_shared => doubts.push((first, Why::OnOneList)),
                (None, Some((one, other))) if one == other => {
                    cluster.push((writing, Outcome::WrittenDifferently));
                    return;
                }
                (None, Some(_)) => doubts.push((first, Why::BirthDateDiffers)),
                (None, None) => doubts.push((first, Why::BirthDateNotKnown)),
            }
        }
        let outcome = if doubts.is_empty() { Outcome::Apart } else { Outcome::Doubtful };
        for (first, why) in doubts {
            // A reference that was on the list in use and is on no source now is gone, and is asked
            // about only because of the one that may have taken its place.
            if let (Ok(one), Ok(other)) = (Reference::new(first.text), Reference::new(writing.text))
            {
                let (one_on, other_on) = (self.places(&first.ranks), self.places(&writing.ranks));
                self.doubts.push(Doubt { one, other, why, one_on, other_on });
            }
        }
        clusters.push(vec![(writing, outcome)]);
    }

    fn places(&self, ranks: &BTreeSet<usize>) -> Vec<usize> {
        ranks.iter().filter_map(|rank| self.ranked.sources.get(*rank)).map(|it| it.place).collect()
    }

    /// Makes the record of one cluster, and counts how each source came to it.
    fn close(&mut self, cluster: &[(&Writing<'_, 'a>, Outcome)]) {
        let ranks: BTreeSet<usize> =
            cluster.iter().flat_map(|(it, _)| it.ranks.iter().copied()).collect();
        for (writing, outcome) in cluster {
            for rank in &writing.ranks {
                let Some(rate) = self.rates.get_mut(*rank) else { continue };
                rate.references += 1;
                let counted = match outcome {
                    _ if writing.ranks.len() > 1 => &mut rate.exact,
                    Outcome::Confirmed if ranks.len() > 1 => &mut rate.confirmed,
                    Outcome::Doubtful => &mut rate.doubtful,
                    // Of two writings, each source has one.
                    _ if ranks.len() > 1 => &mut rate.written_differently,
                    _ => &mut rate.alone,
                };
                *counted += 1;
            }
        }
        let first = cluster.first().map(|(it, _)| it.text);
        let Some(Ok(reference)) = first.map(Reference::new) else { return };
        let mut sightings: Vec<(usize, &'a Sighting)> = cluster
            .iter()
            .flat_map(|(it, _)| it.entries)
            .filter_map(|entry| Some((entry.rank?, entry.sighting?)))
            .collect();
        if sightings.is_empty() {
            return;
        }
        let order = |(rank, it): &(usize, &Sighting)| {
            let is_open = it.open != crate::need::Known::Yes;
            (*rank, self.ranked.list_rank(*rank, it), is_open, it.list, it.row)
        };
        sightings.sort_by_key(order);
        self.groups.push(Group { reference, sightings });
    }
}
