//! Where a hash stands in the tree, and in which row the store keeps it.

/// The most entries a journal may hold: 2^62, so that every storage index fits a signed 64-bit column.
pub const MAX_SIZE: u64 = 1 << 62;

/// The place of a complete part of the tree: `2^level` entries, the `index`-th such part from the left.
///
/// Level 0 is the entries themselves. A hash at a place never changes once it is known, so the store
/// keeps these and no others; the root of any size, and every proof, is put together from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    level: u8,
    index: u64,
}

impl Place {
    pub(crate) fn new(level: u8, index: u64) -> Self {
        Self { level, index }
    }

    /// The place of entry number `seq`, counted from 0.
    pub(crate) fn of_entry(seq: u64) -> Self {
        Self::new(0, seq)
    }

    /// The place of the part of which this one is half.
    pub(crate) fn parent(self) -> Self {
        Self::new(self.level + 1, self.index / 2)
    }

    /// Whether this place is the right half of its parent, and so completes it.
    pub(crate) fn is_right(self) -> bool {
        self.index % 2 == 1
    }

    /// How many times the tree doubled to make this part: it covers `2^level` entries.
    pub fn level(self) -> u8 {
        self.level
    }

    /// How many parts of the same level stand to its left.
    pub fn index(self) -> u64 {
        self.index
    }

    /// The row in which the store keeps this hash, counted from 0 without gaps.
    ///
    /// Rows are in the order in which hashes become known: an entry's own hash, then each part of the
    /// tree which that entry completes, smallest first (the order of Go's checksum database; Crosby
    /// and Wallach 2009, section 3.3). An entry adds rows and changes none.
    pub fn storage_index(self) -> u64 {
        let last_entry = self.index << self.level | ((1 << self.level) - 1);
        stored_count(last_entry) + u64::from(self.level)
    }
}

/// How many rows of hashes the store keeps for a journal of `size` entries, up to [`MAX_SIZE`].
pub fn stored_count(size: u64) -> u64 {
    size.saturating_mul(2) - u64::from(size.count_ones())
}
