//! A run of entries that the tree hashes as one, and how its hash comes from stored ones.

use crate::hash::Hash;
use crate::place::{MAX_SIZE, Place};

/// Why hashes could not be had from the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The tree is said to be larger than a journal can be.
    #[error("read a journal of {0} entries: that is more than a journal can hold")]
    TooLarge(u64),
    /// A row of the store is missing.
    #[error("find the journal's stored hash {0}")]
    Missing(u64),
}

/// Entries `start..end`, where `start` is a multiple of a power of two no smaller than the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

impl Span {
    /// All the entries of a tree.
    pub(crate) fn tree(size: u64) -> Result<Self, ReadError> {
        if size > MAX_SIZE {
            Err(ReadError::TooLarge(size))
        } else {
            Ok(Self { start: 0, end: size })
        }
    }

    pub(crate) fn len(self) -> u64 {
        self.end - self.start
    }

    /// Where the tree divides a run of two or more: after the largest power of two short of its end.
    pub(crate) fn split(self) -> (Self, Self) {
        let middle = self.start + (1 << (self.len() - 1).ilog2());
        (Self { end: middle, ..self }, Self { start: middle, ..self })
    }

    /// The complete parts that make up the run, largest first.
    pub(crate) fn places(self) -> impl DoubleEndedIterator<Item = Place> {
        let len = self.len();
        (0..=62_u8).rev().filter(move |level| len >> level & 1 == 1).map(move |level| {
            // The parts before this one are the larger powers of two in the length.
            let before = len & !((2 << level) - 1);
            Place::new(level, (self.start + before) >> level)
        })
    }

    /// The hash of the run, from the stored hashes of its parts.
    pub(crate) fn hash(
        self,
        mut read: impl FnMut(Place) -> Option<Hash>,
    ) -> Result<Hash, ReadError> {
        let mut found = |place: Place| read(place).ok_or(ReadError::Missing(place.storage_index()));
        let mut whole = None;
        for place in self.places().rev() {
            let left = found(place)?;
            whole = Some(whole.map_or(left, |right| Hash::node(left, right)));
        }
        Ok(whole.unwrap_or_else(Hash::empty))
    }
}
