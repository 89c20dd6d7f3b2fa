//! The entries themselves as files of 256, beside the tiles of their hashes.

use std::ops::Range;

use crate::tile::{WIDTH, cut, number};

/// Up to 256 neighbouring entries of the journal (C2SP tlog-tiles, "entry bundles").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bundle {
    index: u64,
    width: u64,
}

/// Why entries cannot be put in a bundle or taken out of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// An entry is longer than the format can say.
    #[error("export an entry of {0} bytes: the format takes at most 65,535")]
    TooLong(usize),
    /// There are more or fewer entries than the bundle has, or the last is cut short.
    #[error("read the entries: the bundle must hold exactly {0} whole ones")]
    Count(u64),
}

impl Bundle {
    /// Every bundle of a journal of that many entries; the last may be partial.
    pub fn of_tree(size: u64) -> impl Iterator<Item = Self> {
        cut(size).map(|(index, width)| Self { index, width })
    }

    /// The numbers of its entries, counted from 0.
    pub fn entries(&self) -> Range<u64> {
        let first = self.index * WIDTH;
        first..first + self.width
    }

    /// The bundle's file, from the root of the export: `tile/entries/000.p/11`.
    pub fn path(&self) -> String {
        format!("tile/entries/{}", number(self.index, self.width))
    }

    /// The bundle's bytes: each entry after its length as two bytes, the higher first.
    pub fn contents<'e>(
        &self,
        entries: impl IntoIterator<Item = &'e [u8]>,
    ) -> Result<Vec<u8>, BundleError> {
        let (mut bytes, mut count) = (Vec::new(), 0);
        for entry in entries {
            let length =
                u16::try_from(entry.len()).map_err(|_| BundleError::TooLong(entry.len()))?;
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(entry);
            count += 1;
        }
        if count == self.width { Ok(bytes) } else { Err(BundleError::Count(self.width)) }
    }

    /// Reads the bundle's bytes back into its entries.
    pub fn read<'c>(&self, contents: &'c [u8]) -> Result<Vec<&'c [u8]>, BundleError> {
        let cut_short = BundleError::Count(self.width);
        let mut rest = contents;
        let mut entries = Vec::new();
        while !rest.is_empty() {
            let (&length, after) = rest.split_first_chunk::<2>().ok_or(cut_short)?;
            let (entry, after) =
                after.split_at_checked(u16::from_be_bytes(length).into()).ok_or(cut_short)?;
            entries.push(entry);
            rest = after;
        }
        if u64::try_from(entries.len()) == Ok(self.width) { Ok(entries) } else { Err(cut_short) }
    }
}
