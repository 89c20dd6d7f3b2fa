//! The proof that one entry is in the journal, at its number.

use crate::hash::Hash;
use crate::place::Place;
use crate::span::{ReadError, Span};

/// About `log2(size)` hashes that lead from one entry's leaf hash to the root (RFC 9162, section 2.1.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The entry's number, counted from 0.
    pub index: u64,
    /// How many entries the tree had.
    pub size: u64,
    /// The hashes, from the entry's neighbour up.
    pub path: Vec<Hash>,
}

/// Why an entry could not be shown to be in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InclusionError {
    /// The tree has no entry of that number.
    #[error("prove entry {index}: the journal has only {size} entries")]
    NoSuchEntry {
        /// The entry's number.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// A stored hash was not to be had.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The proof has not the number of hashes that this entry of this tree needs.
    #[error(
        "accept the proof of entry {index}: it has {hashes} hashes, which does not fit a journal of {size} entries"
    )]
    Length {
        /// The entry's number.
        index: u64,
        /// The tree's size.
        size: u64,
        /// How many hashes the proof has.
        hashes: usize,
    },
    /// The hashes lead to another root: the entry, its number, the proof or the root is not genuine.
    #[error("accept the proof of entry {index}: it leads to another root")]
    OtherRoot {
        /// The entry's number.
        index: u64,
    },
}

impl Inclusion {
    /// The places that [`Inclusion::make`] will read: fetch them first, in one query.
    pub fn places(index: u64, size: u64) -> Result<Vec<Place>, InclusionError> {
        Ok(spans(index, size)?.into_iter().flat_map(Span::places).collect())
    }

    /// Makes the proof for one entry of the tree as it stood at `size` entries.
    pub fn make(
        index: u64,
        size: u64,
        mut read: impl FnMut(Place) -> Option<Hash>,
    ) -> Result<Self, InclusionError> {
        let path = spans(index, size)?
            .into_iter()
            .map(|span| span.hash(&mut read))
            .collect::<Result<_, _>>()?;
        Ok(Self { index, size, path })
    }

    /// Accepts the proof only if it leads from the leaf hash to the root.
    ///
    /// Take `size` and `root` from one checkpoint whose signature was verified: trees of two sizes
    /// can have the same shape above an entry, so the proof alone does not settle the size.
    pub fn verify(&self, leaf: Hash, root: Hash) -> Result<(), InclusionError> {
        let &Self { index, size, ref path } = self;
        if index >= size {
            return Err(InclusionError::NoSuchEntry { index, size });
        }
        let length = InclusionError::Length { index, size, hashes: path.len() };

        // RFC 9162's own loop, on purpose not the recursion by which proofs are made here.
        let (mut here, mut last, mut hash) = (index, size - 1, leaf);
        for &sibling in path {
            if last == 0 {
                return Err(length);
            }
            if here % 2 == 1 || here == last {
                hash = Hash::node(sibling, hash);
                // A part at the right edge that has no neighbour is carried up as it is.
                let carried = here.trailing_zeros();
                (here, last) = (here >> carried, last >> carried);
            } else {
                hash = Hash::node(hash, sibling);
            }
            (here, last) = (here / 2, last / 2);
        }
        if last != 0 {
            return Err(length);
        }
        if hash == root { Ok(()) } else { Err(InclusionError::OtherRoot { index }) }
    }
}

/// The runs of entries beside the way from the entry to the root, from the entry's neighbour up.
fn spans(index: u64, size: u64) -> Result<Vec<Span>, InclusionError> {
    let mut here = Span::tree(size)?;
    if index >= size {
        return Err(InclusionError::NoSuchEntry { index, size });
    }
    let mut beside = Vec::new();
    while here.len() > 1 {
        let (left, right) = here.split();
        let (within, without) = if index < left.end { (left, right) } else { (right, left) };
        beside.push(without);
        here = within;
    }
    beside.reverse();
    Ok(beside)
}
