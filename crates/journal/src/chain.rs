//! The entries of a journal checked one after another, whether they come from a database or a folder.

use crate::entry::{EntryLines, hex};
use crate::frontier::{Frontier, Stored};
use crate::hash::Hash;
use crate::place::Place;

/// As many sentences as one wants to read; a journal rewritten whole would give one for each entry.
const ENOUGH: usize = 20;

/// Something that is wrong with a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The entry that it is about; none where no one entry can be named.
    pub entry: Option<u64>,
    /// It, in a sentence.
    pub sentence: String,
}

/// What was kept beside an entry, and must agree with it.
pub struct Beside<'a> {
    /// Its leaf hash, where one was kept.
    pub leaf: Option<Hash>,
    /// The stored hash at a place, where one was kept.
    pub stored: &'a dyn Fn(Place) -> Option<Hash>,
}

/// The state of a check: what has been read, and what was wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    frontier: Frontier,
    next: u64,
    last: String,
    // An entry that does not follow the one before it: which of the two was changed, the next one tells.
    loose: Option<u64>,
    agreed: u64,
    disputed: bool,
    wrong: Vec<Wrong>,
}

impl Chain {
    /// A check of a journal from its first entry on.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the next entry, and gives the hashes that it makes known.
    pub fn add(
        &mut self,
        seq: u64,
        bytes: &[u8],
        lines: &EntryLines,
        beside: &Beside<'_>,
    ) -> Vec<Stored> {
        if seq != self.next {
            let missing = self.next;
            self.say(
                Some(missing),
                format!("Entry {missing} is missing: entry {seq} comes in its place."),
            );
        }
        self.next = seq + 1;
        let leaf = Hash::leaf(bytes);
        if beside.leaf.is_some_and(|kept| kept != leaf) {
            let sentence = format!("Entry {seq} was changed: its bytes do not give its hash.");
            self.say(Some(seq), sentence);
        }
        if lines.number != seq.to_string() {
            let says = &lines.number;
            let sentence = format!("Entry {seq} was moved: it says that it is entry “{says}”.");
            self.say(Some(seq), sentence);
        }
        self.follow(seq, lines.after == self.last);
        self.last = hex(leaf.as_bytes());
        let known = self.frontier.append(leaf);
        // After a gap no entry stands where the stored tree has it, which says nothing new.
        let in_place = self.frontier.size() == self.next;
        for it in known.iter().filter(|_| in_place) {
            let kept = (beside.stored)(it.place);
            if kept.is_none_or(|kept| kept == it.hash) {
                continue;
            }
            if it.place.level() == 0 {
                let sentence =
                    format!("Entry {seq} was changed: it is not the one in the stored tree.");
                self.say(Some(seq), sentence);
            } else if self.wrong.is_empty() {
                let sentence = format!(
                    "The stored tree was changed: its hash {} is not that of the entries up to {seq}.",
                    it.place.storage_index()
                );
                self.say(None, sentence);
            }
        }
        known
    }

    /// Compares the tree, if it has this size now, with a checkpoint of it. One that could have been
    /// made by whoever changed the journal does not vouch for what agrees with it.
    pub fn compare(&mut self, size: u64, root: Hash, whose: &str, vouches: bool) {
        if size != self.frontier.size() {
            return;
        }
        if root == self.frontier.root() {
            if vouches && !self.disputed {
                self.agreed = self.agreed.max(size);
            }
        } else {
            self.disputed = true;
            let agreed = self.agreed;
            let between = if size == 0 {
                String::new()
            } else {
                format!(" The first that differs is between {agreed} and {}.", size - 1)
            };
            self.say(None, format!("The first {size} entries are not those of {whose}.{between}"));
        }
    }

    /// Notes something else that is wrong.
    pub fn say(&mut self, entry: Option<u64>, sentence: String) {
        if self.wrong.len() < ENOUGH {
            self.wrong.push(Wrong { entry, sentence });
        }
    }

    fn follow(&mut self, seq: u64, follows: bool) {
        match self.loose.take() {
            // The entry before was changed as a whole: this one still follows what it was.
            Some(loose) if follows => self.broken(loose, loose.saturating_sub(1)),
            // This one does not follow either, so the one between was changed.
            Some(loose) => self.broken(loose, loose),
            None if !follows => self.loose = Some(seq),
            None => {}
        }
    }

    fn broken(&mut self, loose: u64, changed: u64) {
        let sentence = format!(
            "Entry {loose} does not follow the entry that stands before it: entry {changed} was changed."
        );
        self.say(Some(changed), sentence);
    }

    /// Ends the check. Where the head says how many entries there are and the last leaf hash, that must
    /// be the hash of the last entry; that entries are missing at the end is for the caller to say.
    pub fn end(&mut self, head: Option<(u64, &[u8])>) {
        let last = head.filter(|(size, _)| *size == self.next).map(|(_, last)| last);
        let follows = last.is_none_or(|last| hex(last) == self.last);
        match self.loose.take() {
            Some(loose) if follows && last.is_some() => {
                self.broken(loose, loose.saturating_sub(1));
            }
            Some(loose) => self.broken(loose, loose),
            None if !follows => {
                let changed = self.next.checked_sub(1);
                self.say(changed, "The last entry is not the one that the head has.".to_owned());
            }
            None => {}
        }
    }

    /// The edge of the tree of the entries so far.
    pub fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// How many of the first entries a checkpoint has vouched for.
    pub fn agreed(&self) -> u64 {
        self.agreed
    }

    /// Everything that was wrong: what can be said of one entry first, in the order of the entries.
    pub fn wrong(mut self) -> Vec<Wrong> {
        self.wrong.sort_by_key(|wrong| wrong.entry.unwrap_or(u64::MAX));
        self.wrong
    }
}
