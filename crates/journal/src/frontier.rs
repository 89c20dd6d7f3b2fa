//! The growing edge of the tree: enough to add entries and to give the root, and no more.

use crate::hash::Hash;
use crate::place::Place;
use crate::span::{ReadError, Span};

/// The tree as one who reads entries in order needs it: at most 62 hashes, however long the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    // The complete parts that nothing has completed further, largest first.
    peaks: Vec<Hash>,
}

/// A hash that became final when an entry was added, and the place where the store keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Where it stands in the tree.
    pub place: Place,
    /// The hash itself.
    pub hash: Hash,
}

impl Frontier {
    /// The edge of a journal without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// The places that [`Frontier::resume`] will read: fetch them first, in one query.
    pub fn places(size: u64) -> Result<Vec<Place>, ReadError> {
        Ok(Span::tree(size)?.places().collect())
    }

    /// The edge of a journal that already has `size` entries, from its stored hashes.
    pub fn resume(
        size: u64,
        mut read: impl FnMut(Place) -> Option<Hash>,
    ) -> Result<Self, ReadError> {
        let peaks = Span::tree(size)?
            .places()
            .map(|place| read(place).ok_or(ReadError::Missing(place.storage_index())))
            .collect::<Result<_, _>>()?;
        Ok(Self { size, peaks })
    }

    /// Adds the next entry by its leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        self.grow(leaf, |_| ());
    }

    /// Adds the next entry by its leaf hash, and gives the hashes to store, in the order of their rows.
    pub fn append(&mut self, leaf: Hash) -> Vec<Stored> {
        let mut stored = Vec::new();
        self.grow(leaf, |row| stored.push(row));
        stored
    }

    fn grow(&mut self, leaf: Hash, mut keep: impl FnMut(Stored)) {
        let (mut place, mut hash) = (Place::of_entry(self.size), leaf);
        keep(Stored { place, hash });
        while place.is_right()
            && let Some(left) = self.peaks.pop()
        {
            (place, hash) = (place.parent(), Hash::node(left, hash));
            keep(Stored { place, hash });
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// How many entries have been added.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The one hash that stands for every entry so far, and for their order.
    pub fn root(&self) -> Hash {
        let whole = self.peaks.iter().copied().rev().reduce(|right, left| Hash::node(left, right));
        whole.unwrap_or_else(Hash::empty)
    }
}
