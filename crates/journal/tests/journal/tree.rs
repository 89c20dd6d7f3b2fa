//! The tree, its stored rows and its tiles, against the plain words of RFC 6962.

use quarterlight_journal::{
    Bundle, BundleError, Frontier, Hash, MAX_SIZE, ReadError, Tile, stored_count,
};
use sha2::{Digest, Sha256};

use crate::sample::{Rows, entries};

/// The root as RFC 6962, section 2.1 defines it, with the prefixes given.
fn defined_root(entries: &[Vec<u8>], leaf: u8, node: u8) -> Hash {
    let digest = match entries {
        [] => Sha256::digest([]),
        [entry] => Sha256::digest([&[leaf], entry.as_slice()].concat()),
        _ => {
            let (left, right) = entries.split_at(entries.len().next_power_of_two() / 2);
            let (left, right) = (defined_root(left, leaf, node), defined_root(right, leaf, node));
            Sha256::digest([&[node], left.as_bytes().as_slice(), right.as_bytes()].concat())
        }
    };
    Hash::from(<[u8; 32]>::from(digest))
}

#[test]
fn the_root_of_every_size_is_the_defined_one() {
    let entries = entries(1, 300);
    let mut frontier = Frontier::new();
    assert_eq!(frontier.root(), defined_root(&[], 0, 1));
    for (before, entry) in entries.iter().enumerate() {
        frontier.push(Hash::leaf(entry));
        assert_eq!(frontier.root(), defined_root(&entries[..=before], 0, 1));
    }
}

#[test]
fn a_wrong_prefix_gives_another_root() {
    let entries = entries(1, 11);
    let root = Rows::of(&entries).1.root();
    assert_eq!(root, defined_root(&entries, 0, 1));
    assert_ne!(root, defined_root(&entries, 0, 0));
    assert_ne!(root, defined_root(&entries, 0, 2));
    assert_ne!(root, defined_root(&entries, 1, 1));
}

#[test]
fn a_changed_swapped_or_missing_entry_gives_another_root() {
    let genuine = entries(1, 11);
    let root = Rows::of(&genuine).1.root();
    for at in 0..genuine.len() {
        let (mut changed, mut missing, mut swapped) =
            (genuine.clone(), genuine.clone(), genuine.clone());
        changed[at][0] ^= 1;
        missing.remove(at);
        swapped.swap(at, (at + 1) % genuine.len());
        for other in [changed, missing, swapped] {
            assert_ne!(Rows::of(&other).1.root(), root);
        }
    }
}

#[test]
fn an_entry_stores_one_row_and_one_more_for_each_trailing_one_bit_of_its_number() {
    let mut frontier = Frontier::new();
    for (seq, entry) in (0_u64..).zip(entries(2, 600)) {
        assert_eq!(frontier.append(Hash::leaf(&entry)).len(), 1 + seq.trailing_ones() as usize);
    }
}

#[test]
fn a_journal_resumed_from_its_rows_grows_as_if_it_had_never_stopped() {
    let entries = entries(3, 100);
    let (rows, whole) = Rows::of(&entries);
    for size in 0..=entries.len() {
        let places = Frontier::places(size as u64).unwrap();
        assert_eq!(places.len(), size.count_ones() as usize);
        let mut resumed = Frontier::resume(size as u64, |place| {
            places.contains(&place).then(|| rows.read(place)).flatten()
        })
        .unwrap();
        entries[size..].iter().for_each(|entry| resumed.push(Hash::leaf(entry)));
        assert_eq!(resumed, whole);
    }
}

#[test]
fn a_missing_row_is_named() {
    let rows = Rows::of(&entries(3, 7)).0;
    let gap = |place: quarterlight_journal::Place| {
        (place.storage_index() != 9).then(|| rows.read(place)).flatten()
    };
    assert_eq!(Frontier::resume(7, gap).unwrap_err(), ReadError::Missing(9));
    assert!(Frontier::resume(7, |place| rows.read(place)).is_ok());
}

#[test]
fn the_largest_journal_fits_a_signed_column_and_a_larger_one_is_refused() {
    let most = Frontier::places(MAX_SIZE).unwrap();
    assert_eq!(most[0].storage_index() + 1, stored_count(MAX_SIZE));
    assert!(i64::try_from(stored_count(MAX_SIZE)).is_ok());
    assert_eq!(Frontier::places(MAX_SIZE + 1).unwrap_err(), ReadError::TooLarge(MAX_SIZE + 1));
    assert!(Frontier::places(u64::MAX).is_err());
}

#[test]
fn tiles_hold_the_defined_roots_and_can_be_read_back() {
    let entries = entries(4, 700);
    let (rows, _) = Rows::of(&entries);
    let tiles: Vec<Tile> = Tile::of_tree(700).collect();
    let paths: Vec<String> = tiles.iter().map(Tile::path).collect();
    assert_eq!(paths, ["tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"]);

    let contents = tiles[3].contents(|place| rows.read(place)).unwrap();
    let hashes = tiles[3].hashes(&contents).unwrap();
    assert_eq!(
        hashes,
        [defined_root(&entries[..256], 0, 1), defined_root(&entries[256..512], 0, 1)]
    );
    assert!(tiles[3].hashes(&contents[..63]).is_err());
    assert!(tiles[3].hashes(&contents[..32]).is_err());
    assert_eq!(tiles[2].contents(|_| None).unwrap_err(), ReadError::Missing(stored_count(512)));
}

#[test]
fn no_size_makes_tiles_or_rows_panic() {
    for size in [MAX_SIZE, MAX_SIZE + 1, u64::MAX - 1, u64::MAX] {
        assert!(stored_count(size) > 0);
        for tile in Tile::of_tree(size).take(3) {
            assert!(tile.contents(|_| None).is_err());
        }
    }
    assert_eq!(Tile::of_tree(0).count(), 0);
}

#[test]
fn bundles_hold_the_entries_and_can_be_read_back() {
    let entries = entries(5, 300);
    let bundles: Vec<Bundle> = Bundle::of_tree(300).collect();
    assert_eq!(
        bundles.iter().map(Bundle::path).collect::<Vec<_>>(),
        ["tile/entries/000", "tile/entries/001.p/44"]
    );
    let mut back = Vec::new();
    for bundle in &bundles {
        let theirs: Vec<&[u8]> =
            bundle.entries().map(|seq| entries[usize::try_from(seq).unwrap()].as_slice()).collect();
        let contents = bundle.contents(theirs).unwrap();
        back.extend(bundle.read(&contents).unwrap().into_iter().map(<[u8]>::to_vec));
        for cut in 0..contents.len() {
            assert!(bundle.read(&contents[..cut]).is_err());
        }
        assert!(bundle.read(&[contents.as_slice(), &[0, 0]].concat()).is_err());
    }
    assert_eq!(back, entries);
}

#[test]
fn an_entry_too_long_for_a_bundle_is_refused() {
    let bundle = Bundle::of_tree(1).next().unwrap();
    let longest = vec![7; 65_535];
    assert_eq!(
        bundle.read(&bundle.contents([longest.as_slice()]).unwrap()).unwrap(),
        [longest.as_slice()]
    );
    let longer = vec![7; 65_536];
    assert_eq!(bundle.contents([longer.as_slice()]).unwrap_err(), BundleError::TooLong(65_536));
    assert_eq!(bundle.contents([]).unwrap_err(), BundleError::Count(1));
}
