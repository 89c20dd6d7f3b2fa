//! What changed between two editions: standard by standard, and word by word.

use similar::{ChangeTag, TextDiff};

use crate::framework::Contents;
use crate::mapping::{Fate, Links, Mapping, Thread};
use crate::refusal::Refusal;
use crate::standard::{Applies, Standard, StandardCode};

/// Words that stayed, that were taken out, or that were put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// They stand in both.
    Kept(String),
    /// They stand in the earlier wording alone.
    Taken(String),
    /// They stand in the later wording alone.
    Put(String),
}

/// A standard beside the one that it goes on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Its code before.
    pub old: StandardCode,
    /// Its code now.
    pub new: StandardCode,
    /// The wording, word by word.
    pub wording: Vec<Piece>,
    /// What met looks like, word by word.
    pub met_looks_like: Vec<Piece>,
    /// What else changed, a sentence each.
    pub facts: Vec<String>,
}

/// One change: what became of standards that hang together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of them.
    pub thread: Thread,
    /// Each standard beside the one that it goes on from; none for one that is new or was dropped.
    pub pairs: Vec<Pair>,
}

/// Every standard of two editions with what became of it, the unchanged ones included.
///
/// # Errors
/// Refuses links that leave a standard of the earlier edition out.
pub fn changes(old: &Contents, new: &Contents, links: &Links) -> Result<Vec<Change>, Refusal> {
    let mapping = Mapping::of(old, new, links)?;
    let change = |thread: &Thread| {
        let of_old = thread.old.iter().filter_map(|code| old.find(code));
        let pairs = of_old.flat_map(|(_, before)| {
            let next = links.get(&before.code).into_iter().flatten();
            next.filter_map(|code| new.find(code)).map(|(_, now)| pair(before, now))
        });
        Change { thread: thread.clone(), pairs: pairs.collect() }
    };
    Ok(mapping.threads().iter().map(change).collect())
}

impl Change {
    /// True if anything at all is different, the code and the dip set included.
    pub fn is_any(&self) -> bool {
        self.thread.fate != Fate::Same || self.pairs.iter().any(|pair| !pair.facts.is_empty())
    }
}

fn pair(old: &Standard, new: &Standard) -> Pair {
    Pair {
        old: old.code.clone(),
        new: new.code.clone(),
        wording: pieces(&old.wording, &new.wording),
        met_looks_like: pieces(&old.met_looks_like, &new.met_looks_like),
        facts: facts(old, new),
    }
}

fn facts(old: &Standard, new: &Standard) -> Vec<String> {
    let mut facts = Vec::new();
    if old.code != new.code {
        facts.push(format!("It was {} and is now {}.", old.code, new.code));
    }
    if old.kind != new.kind {
        let (before, now) = (old.kind.words().to_lowercase(), new.kind.words().to_lowercase());
        facts.push(format!("It asked about {before} and now asks about {now}."));
    }
    match (old.critical, new.critical) {
        (false, true) => facts.push("It is now critical.".to_owned()),
        (true, false) => facts.push("It is no longer critical.".to_owned()),
        _ => {}
    }
    if old.applies != new.applies {
        let codes = |standard: &Standard| {
            let codes: Vec<&str> = standard.applies.iter().map(|it| Applies::code(*it)).collect();
            codes.join(", ")
        };
        facts.push(format!("It was asked of {} and is now asked of {}.", codes(old), codes(new)));
    }
    match (old.dip, new.dip) {
        (false, true) => facts.push("It is now in the dip set.".to_owned()),
        (true, false) => facts.push("It is no longer in the dip set.".to_owned()),
        _ => {}
    }
    facts
}

/// Two texts as one, word by word. Words that changed side by side are told as one piece, with the
/// space between them, so that a person reads phrases and not crumbs.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::from_unicode_words(old, new);
    let mut telling = Telling::default();
    for change in diff.iter_all_changes() {
        telling.tell(change.tag(), change.value());
    }
    telling.flush();
    telling.kept_back_space();
    telling.pieces
}

/// The pieces so far, and the changed words that are not yet among them.
#[derive(Debug, Default)]
struct Telling {
    pieces: Vec<Piece>,
    taken: String,
    put: String,
    /// Space that stayed after changed words: part of the change if another follows at once.
    space: String,
}

impl Telling {
    fn tell(&mut self, tag: ChangeTag, value: &str) {
        let is_changing = !self.taken.is_empty() || !self.put.is_empty();
        match tag {
            ChangeTag::Equal if is_changing && value.trim().is_empty() => self.space += value,
            ChangeTag::Equal => {
                self.flush();
                self.kept_back_space();
                self.keep(value);
            }
            ChangeTag::Delete | ChangeTag::Insert => {
                let space = std::mem::take(&mut self.space);
                self.taken += &space;
                self.put += &space;
                let side = if tag == ChangeTag::Delete { &mut self.taken } else { &mut self.put };
                *side += value;
            }
        }
    }

    /// Ends a run of changed words.
    fn flush(&mut self) {
        let (taken, put) = (std::mem::take(&mut self.taken), std::mem::take(&mut self.put));
        if !taken.is_empty() {
            self.pieces.push(Piece::Taken(taken));
        }
        if !put.is_empty() {
            self.pieces.push(Piece::Put(put));
        }
    }

    fn kept_back_space(&mut self) {
        let space = std::mem::take(&mut self.space);
        self.keep(&space);
    }

    fn keep(&mut self, value: &str) {
        match self.pieces.last_mut() {
            _ if value.is_empty() => {}
            Some(Piece::Kept(before)) => before.push_str(value),
            _ => self.pieces.push(Piece::Kept(value.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::draft::sample::{code, contents, of, standard};
    use crate::proposal::propose;

    fn side(pieces: &[Piece], leave: fn(&Piece) -> bool) -> String {
        let kept = pieces.iter().filter(|piece| !leave(piece));
        kept.map(|piece| match piece {
            Piece::Kept(text) | Piece::Taken(text) | Piece::Put(text) => text.as_str(),
        })
        .collect()
    }

    #[test]
    fn a_phrase_that_changed_is_told_as_one() {
        let found = pieces("Updated within three months.", "Updated within six weeks.");
        assert_eq!(
            found,
            [
                Piece::Kept("Updated within ".to_owned()),
                Piece::Taken("three months".to_owned()),
                Piece::Put("six weeks".to_owned()),
                Piece::Kept(".".to_owned()),
            ]
        );
        assert_eq!(pieces("", ""), []);
        assert_eq!(pieces("As it was.", "As it was."), [Piece::Kept("As it was.".to_owned())]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_back(old in "[a-c ,.\n]{0,40}", new in "[a-c ,.\n]{0,40}") {
            let pieces = pieces(&old, &new);
            prop_assert_eq!(side(&pieces, |it| matches!(it, Piece::Put(_))), old);
            prop_assert_eq!(side(&pieces, |it| matches!(it, Piece::Taken(_))), new);
        }
    }

    #[test]
    fn every_standard_is_told_once() {
        let old = contents(&["B1", "B2"]);
        let mut critical = standard("B1");
        critical.critical = true;
        critical.dip = true;
        let new = of(vec![critical, standard("B3")]);
        let links = [("B1", vec!["B1"]), ("B2", vec![])]
            .map(|(old, new)| (code(old), new.into_iter().map(code).collect()));
        let changes = changes(&old, &new, &links.into()).unwrap();
        let fates: Vec<Fate> = changes.iter().map(|change| change.thread.fate).collect();
        assert_eq!(fates, [Fate::Reworded, Fate::Dropped, Fate::New]);
        assert_eq!(changes[0].pairs[0].facts, ["It is now critical.", "It is now in the dip set."]);
        assert!(changes.iter().all(Change::is_any));
    }

    #[test]
    fn an_edition_has_no_changes_from_itself() {
        let contents = contents(&["B1", "B2"]);
        let changes = changes(&contents, &contents, &propose(&contents, &contents)).unwrap();
        assert_eq!(changes.len(), 2);
        assert!(!changes.iter().any(Change::is_any));
    }
}
