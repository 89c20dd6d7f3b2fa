//! How the standards of one edition follow on from those of another: same, re-worded, split, joined, new, dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::framework::Contents;
use crate::refusal::Refusal;
use crate::standard::{Standard, StandardCode};

/// For each standard of the earlier edition, those of the later one that go on from it. None go on
/// from one that was dropped; one that is missing here has not been mapped yet.
pub type Links = BTreeMap<StandardCode, BTreeSet<StandardCode>>;

/// What became of a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Nothing but its code may have changed.
    Same,
    /// It asks the same in other words.
    Reworded,
    /// Several go on from one.
    Split,
    /// One goes on from several.
    Joined,
    /// It goes on from none.
    New,
    /// None goes on from it.
    Dropped,
}

impl Fate {
    /// Every fate, in the order in which changes are told.
    pub const ALL: [Self; 6] =
        [Self::Same, Self::Reworded, Self::Split, Self::Joined, Self::New, Self::Dropped];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Reworded => "re-worded",
            Self::Split => "split",
            Self::Joined => "joined",
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }

    /// The fate in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Same => "Same",
            Self::Reworded => "Re-worded",
            Self::Split => "Split",
            Self::Joined => "Joined",
            Self::New => "New",
            Self::Dropped => "Dropped",
        }
    }

    /// The fate with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.code() == code)
    }

    /// True if results before and after can stand side by side as those of one standard.
    pub const fn joins_a_trend(self) -> bool {
        matches!(self, Self::Same | Self::Reworded)
    }
}

/// Standards that hang together: what they were, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// What became of them. It follows from the links and the words, so it cannot contradict them.
    pub fate: Fate,
    /// Those of the earlier edition.
    pub old: Vec<StandardCode>,
    /// Those of the later edition.
    pub new: Vec<StandardCode>,
}

/// Every standard of two editions, each in one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    threads: Vec<Thread>,
}

impl Mapping {
    /// The mapping that these links make.
    ///
    /// # Errors
    /// Refuses if a standard of the earlier edition is not mapped, or is mapped to one that the
    /// later edition does not have, and names it.
    pub fn of(old: &Contents, new: &Contents, links: &Links) -> Result<Self, Refusal> {
        for standard in old.standards() {
            let code = &standard.code;
            let Some(next) = links.get(code) else {
                return Err(Refusal::because(format!(
                    "Say what becomes of standard {code} of the edition before."
                )));
            };
            if let Some(gone) = next.iter().find(|code| new.find(code).is_none()) {
                return Err(Refusal::because(format!(
                    "Standard {code} of the edition before is mapped to {gone}, which is not in the draft."
                )));
            }
        }
        Ok(Self { threads: threads(old, new, links) })
    }

    /// The threads: those of the earlier edition in its order, and then what is new.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// The standard that this one continues, where results before and after are those of one
    /// standard: only where it is the same, or the same in other words.
    pub fn continues(&self, new: &StandardCode) -> Option<&StandardCode> {
        let thread = self.threads.iter().find(|thread| thread.new.contains(new))?;
        thread.old.first().filter(|_| thread.fate.joins_a_trend())
    }

    /// How many standards of either edition met this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.threads.iter().filter(|thread| thread.fate == fate).count()
    }
}

fn threads(old: &Contents, new: &Contents, links: &Links) -> Vec<Thread> {
    let mut threads = Vec::new();
    let mut told = BTreeSet::new();
    let mut reached = BTreeSet::new();
    for standard in old.standards() {
        if told.contains(&standard.code) {
            continue;
        }
        let (olds, news) = together(&standard.code, links);
        told.extend(olds.iter().cloned());
        reached.extend(news.iter().cloned());
        let fate = fate(old, new, (&olds, &news));
        threads.push(Thread { fate, old: in_order(old, &olds), new: in_order(new, &news) });
    }
    for standard in new.standards().filter(|standard| !reached.contains(&standard.code)) {
        threads.push(Thread { fate: Fate::New, old: Vec::new(), new: vec![standard.code.clone()] });
    }
    threads
}

/// Everything that hangs together with this standard, over as many links as it takes.
fn together(
    code: &StandardCode,
    links: &Links,
) -> (BTreeSet<StandardCode>, BTreeSet<StandardCode>) {
    let (mut olds, mut news) = (BTreeSet::from([code.clone()]), BTreeSet::new());
    loop {
        let before = (olds.len(), news.len());
        for (old, next) in links {
            if olds.contains(old) {
                news.extend(next.iter().cloned());
            } else if !next.is_disjoint(&news) {
                olds.insert(old.clone());
            }
        }
        if before == (olds.len(), news.len()) {
            return (olds, news);
        }
    }
}

fn fate(
    old: &Contents,
    new: &Contents,
    (olds, news): (&BTreeSet<StandardCode>, &BTreeSet<StandardCode>),
) -> Fate {
    match (olds.len(), news.len()) {
        (_, 0) => Fate::Dropped,
        (1, 1) => {
            let one = olds.first().and_then(|code| old.find(code));
            let other = news.first().and_then(|code| new.find(code));
            match (one, other) {
                (Some((_, one)), Some((_, other))) if is_the_same(one, other) => Fate::Same,
                _ => Fate::Reworded,
            }
        }
        (1, _) => Fate::Split,
        _ => Fate::Joined,
    }
}

fn in_order(contents: &Contents, codes: &BTreeSet<StandardCode>) -> Vec<StandardCode> {
    let standards = contents.standards().map(|standard| &standard.code);
    standards.filter(|code| codes.contains(code)).cloned().collect()
}

/// The same but for its code and its place in the dip set.
pub fn is_the_same(one: &Standard, other: &Standard) -> bool {
    one.wording == other.wording
        && one.met_looks_like == other.met_looks_like
        && one.kind == other.kind
        && one.critical == other.critical
        && one.applies == other.applies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::sample::{code, contents, standard};

    fn links(pairs: &[(&str, &[&str])]) -> Links {
        let next = |codes: &[&str]| codes.iter().map(|it| code(it)).collect();
        pairs.iter().map(|(old, new)| (code(old), next(new))).collect()
    }

    #[test]
    fn the_fate_of_each_standard_follows_from_links_and_words() {
        let old = contents(&["B1", "B2", "B3", "B4", "B5", "B6"]);
        let mut new = vec![standard("B1"), standard("B2"), standard("B7"), standard("B8")];
        new.extend([standard("B9"), standard("B10")]);
        new[1].wording = "Said in other words".to_owned();
        let new = crate::draft::sample::of(new);
        let links = links(&[
            ("B1", &["B1"]),
            ("B2", &["B2"]),
            ("B3", &["B7", "B8"]),
            ("B4", &["B9"]),
            ("B5", &["B9"]),
            ("B6", &[]),
        ]);
        let mapping = Mapping::of(&old, &new, &links).unwrap();
        let fates: Vec<Fate> = mapping.threads().iter().map(|thread| thread.fate).collect();
        assert_eq!(
            fates,
            [Fate::Same, Fate::Reworded, Fate::Split, Fate::Joined, Fate::Dropped, Fate::New]
        );
        assert_eq!(mapping.continues(&code("B2")), Some(&code("B2")));
        for not_one in ["B7", "B8", "B9", "B10"] {
            assert_eq!(mapping.continues(&code(not_one)), None, "{not_one}");
        }
        assert_eq!(mapping.threads()[3].old, [code("B4"), code("B5")]);
    }

    #[test]
    fn a_mapping_that_leaves_a_standard_out_is_refused_by_name() {
        let (old, new) = (contents(&["B1", "B2"]), contents(&["B1"]));
        let missing = Mapping::of(&old, &new, &links(&[("B1", &["B1"])])).unwrap_err();
        assert!(missing.sentence().contains("B2"), "{missing}");
        let gone = links(&[("B1", &["B1"]), ("B2", &["B2"])]);
        let gone = Mapping::of(&old, &new, &gone).unwrap_err();
        assert!(gone.sentence().contains("not in the draft"), "{gone}");
    }

    #[test]
    fn what_is_split_and_joined_at_once_joins_no_trend() {
        let (old, new) = (contents(&["B1", "B2"]), contents(&["B3", "B4"]));
        let both = links(&[("B1", &["B3", "B4"]), ("B2", &["B4"])]);
        let mapping = Mapping::of(&old, &new, &both).unwrap();
        assert_eq!(mapping.count(Fate::Joined), 1);
        assert_eq!(mapping.threads().len(), 1);
        assert_eq!(mapping.continues(&code("B3")), None);
    }

    #[test]
    fn every_fate_has_its_own_code() {
        for fate in Fate::ALL {
            assert_eq!(Fate::from_code(fate.code()), Some(fate));
        }
    }
}
