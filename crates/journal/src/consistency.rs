//! The proof that the journal has only grown: an older tree is the beginning of a newer one.

use crate::hash::Hash;
use crate::place::Place;
use crate::span::{ReadError, Span};

/// About `log2(new_size)` hashes that rebuild an older root and a newer one together (RFC 9162, section 2.1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency {
    /// How many entries the older tree had.
    pub old_size: u64,
    /// How many entries the newer tree has.
    pub new_size: u64,
    /// The hashes, from the end of the older tree up.
    pub path: Vec<Hash>,
}

/// Why the newer tree could not be shown to continue the older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsistencyError {
    /// The newer tree has fewer entries than the older: something was cut off.
    #[error("prove that the journal only grew: it went from {old_size} entries to {new_size}")]
    Shrunk {
        /// The older tree's size.
        old_size: u64,
        /// The newer tree's size.
        new_size: u64,
    },
    /// A stored hash was not to be had.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The proof has not the number of hashes that these two sizes need.
    #[error(
        "accept the proof that the journal only grew: it has {hashes} hashes, which does not fit {old_size} and {new_size} entries"
    )]
    Length {
        /// The older tree's size.
        old_size: u64,
        /// The newer tree's size.
        new_size: u64,
        /// How many hashes the proof has.
        hashes: usize,
    },
    /// The hashes lead to another older root: what was there before was changed.
    #[error(
        "accept the proof that the journal only grew: its first {old_size} entries are not what they were"
    )]
    OtherOldRoot {
        /// The older tree's size.
        old_size: u64,
    },
    /// The hashes lead to another newer root.
    #[error(
        "accept the proof that the journal only grew: it leads to another root at {new_size} entries"
    )]
    OtherNewRoot {
        /// The newer tree's size.
        new_size: u64,
    },
}

impl Consistency {
    /// The places that [`Consistency::make`] will read: fetch them first, in one query.
    pub fn places(old_size: u64, new_size: u64) -> Result<Vec<Place>, ConsistencyError> {
        Ok(spans(old_size, new_size)?.into_iter().flat_map(Span::places).collect())
    }

    /// Makes the proof between the tree at `old_size` entries and at `new_size`.
    pub fn make(
        old_size: u64,
        new_size: u64,
        mut read: impl FnMut(Place) -> Option<Hash>,
    ) -> Result<Self, ConsistencyError> {
        let path = spans(old_size, new_size)?
            .into_iter()
            .map(|span| span.hash(&mut read))
            .collect::<Result<_, _>>()?;
        Ok(Self { old_size, new_size, path })
    }

    /// Accepts the proof only if it leads to both roots.
    ///
    /// Take each size with its root from a checkpoint whose signature was verified.
    /// Every tree continues the empty one, so from size 0 there is nothing to prove.
    pub fn verify(&self, old_root: Hash, new_root: Hash) -> Result<(), ConsistencyError> {
        let &Self { old_size, new_size, ref path } = self;
        let length = ConsistencyError::Length { old_size, new_size, hashes: path.len() };
        if old_size > new_size {
            return Err(ConsistencyError::Shrunk { old_size, new_size });
        }
        if old_size == 0 || old_size == new_size {
            let old = if old_size == 0 { Hash::empty() } else { new_root };
            let new = if new_size == old_size { old } else { new_root };
            return if path.is_empty() {
                self.compare((old, new), (old_root, new_root))
            } else {
                Err(length)
            };
        }

        // RFC 9162's own loop, on purpose not the recursion by which proofs are made here.
        let settled = (old_size - 1).trailing_ones();
        let (mut here, mut last) = ((old_size - 1) >> settled, (new_size - 1) >> settled);
        let (start, rest) = match path.split_first() {
            // An older tree that is complete is a part of the newer one, and is not sent again.
            Some(_) if old_size.is_power_of_two() => (old_root, path.as_slice()),
            Some((&first, rest)) => (first, rest),
            None => return Err(length),
        };
        let (mut old, mut new) = (start, start);
        for &sibling in rest {
            if last == 0 {
                return Err(length);
            }
            if here % 2 == 1 || here == last {
                (old, new) = (Hash::node(sibling, old), Hash::node(sibling, new));
                let carried = here.trailing_zeros();
                (here, last) = (here >> carried, last >> carried);
            } else {
                new = Hash::node(new, sibling);
            }
            (here, last) = (here / 2, last / 2);
        }
        if last == 0 { self.compare((old, new), (old_root, new_root)) } else { Err(length) }
    }

    fn compare(&self, found: (Hash, Hash), claimed: (Hash, Hash)) -> Result<(), ConsistencyError> {
        if found.0 != claimed.0 {
            Err(ConsistencyError::OtherOldRoot { old_size: self.old_size })
        } else if found.1 != claimed.1 {
            Err(ConsistencyError::OtherNewRoot { new_size: self.new_size })
        } else {
            Ok(())
        }
    }
}

/// The runs of entries from which both roots follow, from the end of the older tree up.
fn spans(old_size: u64, new_size: u64) -> Result<Vec<Span>, ConsistencyError> {
    let mut here = Span::tree(new_size)?;
    if old_size > new_size {
        return Err(ConsistencyError::Shrunk { old_size, new_size });
    }
    let mut needed = Vec::new();
    while old_size > 0 && here.end != old_size {
        let (left, right) = here.split();
        let (within, without) = if old_size <= left.end { (left, right) } else { (right, left) };
        needed.push(without);
        here = within;
    }
    // A run that begins at the first entry is the whole older tree, whose root the reader has.
    if old_size > 0 && here.start > 0 {
        needed.push(here);
    }
    needed.reverse();
    Ok(needed)
}
