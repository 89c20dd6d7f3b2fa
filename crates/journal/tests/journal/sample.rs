//! A small journal kept in memory, as the store keeps one in rows.

use quarterlight_journal::{Frontier, Hash, Place, stored_count};

/// Entries of a journal that differ from one another, and from those of another seed.
pub fn entries(seed: u64, count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|seq| format!("entry {seq} of journal {seed}").into_bytes()).collect()
}

/// The rows of hashes of a journal, in the order of their storage index.
pub struct Rows(pub Vec<Hash>);

impl Rows {
    /// Adds the entries one by one, and checks that each row goes where it says it belongs.
    pub fn of<E: AsRef<[u8]>>(entries: &[E]) -> (Self, Frontier) {
        let (mut rows, mut frontier) = (Vec::new(), Frontier::new());
        for entry in entries {
            for stored in frontier.append(Hash::leaf(entry.as_ref())) {
                assert_eq!(stored.place.storage_index(), rows.len() as u64);
                rows.push(stored.hash);
            }
            assert_eq!(stored_count(frontier.size()), rows.len() as u64);
        }
        (Self(rows), frontier)
    }

    /// Reads one row, as the store would.
    pub fn read(&self, place: Place) -> Option<Hash> {
        self.0.get(usize::try_from(place.storage_index()).ok()?).copied()
    }

    /// The root when the journal had that many entries.
    pub fn root(&self, size: u64) -> Hash {
        Frontier::resume(size, |place| self.read(place)).unwrap().root()
    }
}

/// The same hash with one bit turned over.
pub fn flipped(hash: Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash::from(bytes)
}
