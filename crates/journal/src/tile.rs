//! The tree's hashes as files of 256, so that an exported journal can be checked without a database.

use crate::hash::{Hash, HashError};
use crate::place::Place;
use crate::span::ReadError;

/// How many hashes a full tile holds, and how many entries a full bundle.
pub(crate) const WIDTH: u64 = 256;

// Each level of tiles stands eight levels of the tree above the one below.
const HEIGHT: u8 = 8;

// Eight levels of tiles reach beyond any number of entries that fits 64 bits.
const LEVELS: u8 = 8;

/// Up to 256 neighbouring hashes of one level of the tree (C2SP tlog-tiles).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u64,
}

impl Tile {
    /// Every tile of a tree of that size, level by level; the last of a level may be partial.
    pub fn of_tree(size: u64) -> impl Iterator<Item = Self> {
        (0..LEVELS).flat_map(move |level| {
            cut(size >> (level * HEIGHT)).map(move |(index, width)| Self { level, index, width })
        })
    }

    /// 0 for a tile of leaf hashes, and one more for each step up.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// How many tiles of its level stand to its left.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes it holds: 256 unless it is partial.
    pub fn width(&self) -> u64 {
        self.width
    }

    /// The tile's file, from the root of the export: `tile/0/x001/x234/067`, or with `.p/112` if partial.
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, number(self.index, self.width))
    }

    /// The places of its hashes, from the left: fetch them before [`Tile::contents`].
    pub fn places(&self) -> impl Iterator<Item = Place> {
        let (level, first) = (self.level * HEIGHT, self.index * WIDTH);
        (first..first + self.width).map(move |index| Place::new(level, index))
    }

    /// The tile's bytes: its hashes, one after another.
    pub fn contents(
        &self,
        mut read: impl FnMut(Place) -> Option<Hash>,
    ) -> Result<Vec<u8>, ReadError> {
        self.places().try_fold(Vec::new(), |mut bytes, place| {
            let hash = read(place).ok_or(ReadError::Missing(place.storage_index()))?;
            bytes.extend_from_slice(hash.as_bytes());
            Ok(bytes)
        })
    }

    /// Reads the tile's bytes back into its hashes; there must be exactly as many as its width.
    pub fn hashes(&self, contents: &[u8]) -> Result<Vec<Hash>, HashError> {
        let (hashes, rest) = contents.as_chunks::<32>();
        if rest.is_empty() && u64::try_from(hashes.len()) == Ok(self.width) {
            Ok(hashes.iter().copied().map(Hash::from).collect())
        } else {
            Err(HashError)
        }
    }
}

/// Cuts a row of that length into numbered pieces of 256, the last of them shorter if need be.
pub(crate) fn cut(length: u64) -> impl Iterator<Item = (u64, u64)> {
    (0..length.div_ceil(WIDTH)).map(move |index| (index, WIDTH.min(length - index * WIDTH)))
}

/// A piece's number as a path: three digits to a folder, so that no folder grows too large.
pub(crate) fn number(index: u64, width: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    if width == WIDTH { path } else { format!("{path}.p/{width}") }
}
