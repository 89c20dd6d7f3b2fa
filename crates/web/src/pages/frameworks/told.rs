//! Changes from one edition to another, as a page tells them: each with its fate and its words.

use askama::Template;
use askama::filters::HtmlSafe;
use quarterlight_domain::changes::{Change, Pair, changes};
use quarterlight_domain::framework::Contents;
use quarterlight_domain::mapping::{Fate, Links, Mapping};
use quarterlight_domain::proposal::propose;
use quarterlight_domain::standard::StandardCode;
use quarterlight_report::words;

use super::lines::whole;
use crate::govuk::{Tag, TagColour};
use crate::worded::Worded;

/// A standard beside the one that it goes on from.
#[derive(Debug, Clone)]
pub struct PairTold {
    codes: String,
    wording: Worded,
    met_looks_like: Worded,
    facts: Vec<String>,
}

/// What became of standards that hang together.
#[derive(Debug, Clone)]
pub struct ChangeTold {
    tag: Tag,
    heading: String,
    pairs: Vec<PairTold>,
    /// What a standard says that is new, or said that was dropped.
    alone: Vec<String>,
}

/// The changes between two editions.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "pages/frameworks/told.html")]
pub struct Told {
    /// *1 standard is new, 2 are re-worded and 39 are the same.*
    pub summary: String,
    changes: Vec<ChangeTold>,
}

impl HtmlSafe for Told {}

impl Told {
    /// What changed from one to the other: along these links, or along the ones that codes and
    /// words propose for whatever has none.
    pub fn new(old: &Contents, new: &Contents, links: &Links) -> Self {
        let links = completed(old, new, links);
        let mapping = Mapping::of(old, new, &links).ok();
        let told = changes(old, new, &links).unwrap_or_default();
        Self {
            summary: mapping.map(|mapping| summary(&mapping)).unwrap_or_default(),
            changes: told
                .iter()
                .filter(|change| change.is_any())
                .map(|change| tell(change, old, new))
                .collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// The links that a person has made, as far as they still lead somewhere; what codes and words
/// propose for the rest.
pub fn completed(old: &Contents, new: &Contents, links: &Links) -> Links {
    let mut all = propose(old, new);
    for (code, next) in links {
        let lead_somewhere = next.iter().all(|code| new.find(code).is_some());
        if let Some(proposed) = all.get_mut(code).filter(|_| lead_somewhere) {
            proposed.clone_from(next);
        }
    }
    all
}

/// How many standards met each fate, in a sentence.
pub fn summary(mapping: &Mapping) -> String {
    let told: Vec<String> = Fate::ALL
        .into_iter()
        .filter(|fate| mapping.count(*fate) > 0)
        .map(|fate| {
            let count = whole(mapping.count(fate));
            format!("{}: {}", fate.words(), words::whole(count))
        })
        .collect();
    format!("{}.", told.join(" · "))
}

/// The fate as a tag.
pub fn tag(fate: Fate) -> Tag {
    let colour = match fate {
        Fate::Same => TagColour::Grey,
        Fate::Reworded => TagColour::Blue,
        Fate::Split | Fate::Joined => TagColour::Purple,
        Fate::New => TagColour::Green,
        Fate::Dropped => TagColour::Orange,
    };
    Tag::new(fate.words(), colour)
}

fn tell(change: &Change, old: &Contents, new: &Contents) -> ChangeTold {
    let thread = &change.thread;
    let codes = |codes: &[StandardCode]| {
        let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
        codes.join(", ")
    };
    let heading = match (thread.old.is_empty(), thread.new.is_empty()) {
        (true, _) => codes(&thread.new),
        (_, true) => codes(&thread.old),
        _ if thread.old == thread.new => codes(&thread.new),
        _ => format!("{} to {}", codes(&thread.old), codes(&thread.new)),
    };
    let says = |contents: &Contents, code: &StandardCode| {
        contents.find(code).map_or(String::new(), |(_, standard)| {
            format!("{code}. {}\n{}", standard.wording, standard.met_looks_like)
        })
    };
    let alone = match thread.fate {
        Fate::New => thread.new.iter().map(|code| says(new, code)).collect(),
        Fate::Dropped => thread.old.iter().map(|code| says(old, code)).collect(),
        Fate::Same | Fate::Reworded | Fate::Split | Fate::Joined => Vec::new(),
    };
    ChangeTold {
        tag: tag(thread.fate),
        heading,
        pairs: change.pairs.iter().map(pair).collect(),
        alone,
    }
}

fn pair(pair: &Pair) -> PairTold {
    let codes = if pair.old == pair.new {
        pair.new.to_string()
    } else {
        format!("{} to {}", pair.old, pair.new)
    };
    PairTold {
        codes,
        wording: Worded::new(&pair.wording),
        met_looks_like: Worded::new(&pair.met_looks_like),
        facts: pair.facts.clone(),
    }
}
