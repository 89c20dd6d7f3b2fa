//! A mapping between two editions, proposed from codes and words for a person to confirm or change.

use std::collections::{BTreeMap, BTreeSet};

use crate::framework::Contents;
use crate::mapping::{Links, is_the_same};
use crate::standard::Standard;

/// How alike two standards must be, in per cent of their words, to be proposed as the same one.
const ALIKE: usize = 50;

/// The same where they have one code: whoever keeps a code while writing mostly means to go on from it.
const ALIKE_UNDER_ONE_CODE: usize = 20;

/// A mapping for a person to confirm or change, from codes and words.
pub fn propose(old: &Contents, new: &Contents) -> Links {
    let mut links: Links =
        old.standards().map(|standard| (standard.code.clone(), BTreeSet::new())).collect();
    let mut left: Vec<&Standard> = new.standards().collect();
    // The same words first, then the same code with words that are alike, then other codes.
    let passes: [fn(&Standard, &Standard) -> bool; 3] = [
        is_the_same,
        |one, other| one.code == other.code && alike(one, other) >= ALIKE_UNDER_ONE_CODE,
        |one, other| alike(one, other) >= ALIKE,
    ];
    for pass in passes {
        for standard in old.standards() {
            let Some(next) = links.get_mut(&standard.code).filter(|next| next.is_empty()) else {
                continue;
            };
            let best = left.iter().enumerate().filter(|(_, other)| pass(standard, other));
            let best = best.max_by_key(|(_, other)| alike(standard, other)).map(|(at, _)| at);
            if let Some(at) = best {
                next.insert(left.remove(at).code.clone());
            }
        }
    }
    // What is left over and alike is part of a split, or was joined.
    for standard in left {
        let best = old.standards().max_by_key(|before| alike(before, standard));
        if let Some(before) = best.filter(|before| alike(before, standard) >= ALIKE)
            && let Some(next) = links.get_mut(&before.code)
        {
            next.insert(standard.code.clone());
        }
    }
    for before in old.standards() {
        let best = new.standards().max_by_key(|standard| alike(before, standard));
        if let Some(next) = links.get_mut(&before.code).filter(|next| next.is_empty())
            && let Some(standard) = best.filter(|standard| alike(before, standard) >= ALIKE)
        {
            next.insert(standard.code.clone());
        }
    }
    links
}

/// How alike the words of two standards are, in per cent: twice the words that both have, out of
/// the words of both.
fn alike(one: &Standard, other: &Standard) -> usize {
    let (mut one, other) = (words(one), words(other));
    let all: usize = one.values().sum::<usize>() + other.values().sum::<usize>();
    let mut shared = 0;
    for (word, count) in other {
        let there = one.remove(&word).unwrap_or(0);
        shared += there.min(count);
    }
    (shared * 200).checked_div(all).unwrap_or(0)
}

fn words(standard: &Standard) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let text = format!("{} {}", standard.wording, standard.met_looks_like).to_lowercase();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::sample::{code, contents, of, standard};

    fn worded(name: &str, wording: &str, met: &str) -> Standard {
        let mut standard = standard(name);
        standard.wording = wording.to_owned();
        standard.met_looks_like = met.to_owned();
        standard
    }

    #[test]
    fn the_same_edition_maps_onto_itself() {
        let contents = contents(&["B1", "B2", "B3"]);
        let links = propose(&contents, &contents);
        assert!(links.iter().all(|(old, new)| *new == BTreeSet::from([old.clone()])));
    }

    #[test]
    fn words_decide_where_a_code_was_given_to_something_else() {
        let summary = ("A current case summary", "Updated within three months or since a change");
        let visits =
            ("The child is seen alone", "Every visit says who was there and what was said");
        let old = of(vec![worded("B1", summary.0, summary.1), worded("B2", visits.0, visits.1)]);
        let new = of(vec![
            worded("B1", visits.0, visits.1),
            worded("B2", summary.0, "Updated within two months or since a change"),
        ]);
        let links = propose(&old, &new);
        assert_eq!(links[&code("B1")], BTreeSet::from([code("B2")]));
        assert_eq!(links[&code("B2")], BTreeSet::from([code("B1")]));
    }

    #[test]
    fn what_is_like_nothing_is_dropped_or_new() {
        let old = of(vec![worded("B1", "A current case summary", "Updated within three months")]);
        let new = of(vec![worded("B1", "Dentist seen", "Every half year, with a date")]);
        assert_eq!(propose(&old, &new)[&code("B1")], BTreeSet::new());
    }

    #[test]
    fn halves_of_a_standard_are_proposed_as_a_split() {
        let old = of(vec![worded("B1", "Visits are on time", "seen at home and seen at school")]);
        let new = of(vec![
            worded("B1", "Visits are on time", "seen at home"),
            worded("B2", "Visits are on time", "seen at school"),
        ]);
        assert_eq!(propose(&old, &new)[&code("B1")], BTreeSet::from([code("B1"), code("B2")]));
    }
}
