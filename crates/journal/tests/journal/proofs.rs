//! Proofs of random trees are accepted, and nothing that was altered in them is.

use proptest::prelude::*;
use quarterlight_journal::{
    Consistency, ConsistencyError, Frontier, Hash, Inclusion, InclusionError, Place, ReadError,
};

use crate::sample::{Rows, entries, flipped};

/// A tree's size up to 300, and a number below it.
fn size_and_index() -> impl Strategy<Value = (u64, u64)> {
    (1_u64..=300).prop_flat_map(|size| (Just(size), 0..size))
}

/// Every path that differs from this one in a bit, in length or in order.
fn altered(path: &[Hash]) -> Vec<Vec<Hash>> {
    let mut others = Vec::new();
    let mut keep = |other: Vec<Hash>| {
        if other != path {
            others.push(other);
        }
    };
    for at in 0..path.len() {
        for bit in 0..256 {
            let mut other = path.to_vec();
            other[at] = flipped(other[at], bit);
            keep(other);
        }
        keep([&path[..at], &path[at + 1..]].concat());
        for to in 0..at {
            let mut other = path.to_vec();
            other.swap(at, to);
            keep(other);
        }
    }
    for at in 0..=path.len() {
        for hash in path.iter().copied().chain([Hash::empty()]) {
            keep([&path[..at], &[hash], &path[at..]].concat());
        }
        keep(path[..at].to_vec());
    }
    keep(path.iter().rev().copied().collect());
    others
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn an_entry_is_shown_to_be_there_and_no_altered_proof_passes(seed: u64, (size, index) in size_and_index()) {
        let entries = entries(seed, size);
        let (rows, frontier) = Rows::of(&entries);
        let (leaf, root) = (Hash::leaf(&entries[usize::try_from(index).unwrap()]), frontier.root());
        let proof = Inclusion::make(index, size, |place| rows.read(place)).unwrap();
        prop_assert_eq!(proof.verify(leaf, root), Ok(()));

        for bit in 0..256 {
            prop_assert!(proof.verify(flipped(leaf, bit), root).is_err());
            prop_assert!(proof.verify(leaf, flipped(root, bit)).is_err());
        }
        for path in altered(&proof.path) {
            let altered = Inclusion { path, ..proof };
            prop_assert!(altered.verify(leaf, root).is_err());
        }
        for index in (0..size + 3).filter(|&other| other != index) {
            let altered = Inclusion { index, ..proof.clone() };
            prop_assert!(altered.verify(leaf, root).is_err());
        }
        for (at, other) in entries.iter().enumerate() {
            let accepted = proof.verify(Hash::leaf(other), root).is_ok();
            prop_assert_eq!(accepted, u64::try_from(at) == Ok(index));
        }
    }

    #[test]
    fn a_journal_is_shown_to_have_only_grown_and_no_altered_proof_passes(seed: u64, (new, old) in size_and_index()) {
        let old = old + 1;
        let (rows, _) = Rows::of(&entries(seed, new));
        let (old_root, new_root) = (rows.root(old), rows.root(new));
        let proof = Consistency::make(old, new, |place| rows.read(place)).unwrap();
        prop_assert_eq!(proof.verify(old_root, new_root), Ok(()));

        for bit in 0..256 {
            prop_assert!(proof.verify(flipped(old_root, bit), new_root).is_err());
            prop_assert!(proof.verify(old_root, flipped(new_root, bit)).is_err());
        }
        for path in altered(&proof.path) {
            let altered = Consistency { path, ..proof };
            prop_assert!(altered.verify(old_root, new_root).is_err());
        }
        if old < new {
            let back = Consistency { old_size: new, new_size: old, path: proof.path.clone() };
            prop_assert_eq!(back.verify(new_root, old_root), Err(ConsistencyError::Shrunk { old_size: new, new_size: old }));
            prop_assert!(proof.verify(new_root, old_root).is_err());
        }
    }

    #[test]
    fn a_rewritten_entry_breaks_every_proof_across_it(seed: u64, (new, seq) in size_and_index()) {
        let genuine = entries(seed, new);
        let mut rewritten = genuine.clone();
        rewritten[usize::try_from(seq).unwrap()].push(b' ');
        let (genuine, (rewritten, _)) = (Rows::of(&genuine).0, Rows::of(&rewritten));
        for old in 1..=new {
            // The forger has every hash of the new history, and makes the best proof there is.
            let forged = Consistency::make(old, new, |place| rewritten.read(place)).unwrap();
            let accepted = forged.verify(genuine.root(old), rewritten.root(new)).is_ok();
            prop_assert_eq!(accepted, seq >= old);
        }
    }

    #[test]
    fn the_places_asked_for_are_those_that_are_read((size, index) in size_and_index()) {
        let (rows, _) = Rows::of(&entries(1, size));
        let only = |places: &[Place], place: Place| places.contains(&place).then(|| rows.read(place)).flatten();
        let places = Inclusion::places(index, size).unwrap();
        prop_assert!(Inclusion::make(index, size, |place| only(&places, place)).is_ok());
        let places = Consistency::places(index, size).unwrap();
        prop_assert!(Consistency::make(index, size, |place| only(&places, place)).is_ok());
        for gone in places {
            let gap = Consistency::make(index, size, |place| (place != gone).then(|| rows.read(place)).flatten());
            prop_assert_eq!(gap, Err(ConsistencyError::Read(ReadError::Missing(gone.storage_index()))));
        }
    }

    #[test]
    fn hostile_sizes_and_paths_are_refused_without_panic(
        sizes in (any_size(), any_size()),
        path in proptest::collection::vec(any::<[u8; 32]>().prop_map(Hash::from), 0..130),
        roots: ([u8; 32], [u8; 32]),
    ) {
        let (first, second) = (Hash::from(roots.0), Hash::from(roots.1));
        let inclusion = Inclusion { index: sizes.0, size: sizes.1, path: path.clone() };
        prop_assert!(inclusion.verify(first, second).is_err());
        let consistency = Consistency { old_size: sizes.0, new_size: sizes.1, path: path.clone() };
        prop_assert!(consistency.verify(first, second).is_err());
        let _ = Inclusion::make(sizes.0, sizes.1, |_| None);
        let _ = Consistency::make(sizes.0, sizes.1, |_| None);
        let _ = Frontier::resume(sizes.0, |_| None);
    }
}

fn any_size() -> impl Strategy<Value = u64> {
    let edge = (0_u32..64, 0_u64..3)
        .prop_map(|(bit, more)| (1_u64 << bit).wrapping_add(more).wrapping_sub(1));
    prop_oneof![edge, any::<u64>(), Just(u64::MAX), Just(0)]
}

#[test]
fn every_pair_of_sizes_up_to_eighty_is_provable() {
    let entries = entries(9, 80);
    let (rows, _) = Rows::of(&entries);
    for size in 1..=80 {
        for other in 0..=size {
            let (old_root, new_root) = (rows.root(other), rows.root(size));
            let grown = Consistency::make(other, size, |place| rows.read(place)).unwrap();
            assert_eq!(grown.verify(old_root, new_root), Ok(()));
            if let Some(entry) =
                entries[..usize::try_from(size).unwrap()].get(usize::try_from(other).unwrap())
            {
                let there = Inclusion::make(other, size, |place| rows.read(place)).unwrap();
                assert_eq!(there.verify(Hash::leaf(entry), new_root), Ok(()));
            }
        }
    }
}

#[test]
fn every_journal_continues_the_empty_one_and_nothing_else_of_size_nought() {
    let root = Rows::of(&entries(1, 5)).1.root();
    let from_empty = Consistency::make(0, 5, |_| None).unwrap();
    assert_eq!(from_empty.verify(Hash::empty(), root), Ok(()));
    assert_eq!(from_empty.verify(root, root), Err(ConsistencyError::OtherOldRoot { old_size: 0 }));
    let never_grew = Consistency::make(0, 0, |_| None).unwrap();
    assert_eq!(never_grew.verify(Hash::empty(), Hash::empty()), Ok(()));
    assert_eq!(
        never_grew.verify(Hash::empty(), root),
        Err(ConsistencyError::OtherNewRoot { new_size: 0 })
    );
    let padded = Consistency { path: vec![root], ..from_empty };
    assert!(matches!(padded.verify(Hash::empty(), root), Err(ConsistencyError::Length { .. })));
}

#[test]
fn what_cannot_be_proved_is_said_in_words() {
    assert_eq!(
        Inclusion::make(8, 8, |_| None).unwrap_err().to_string(),
        "prove entry 8: the journal has only 8 entries"
    );
    assert_eq!(
        Inclusion::make(0, 0, |_| None).unwrap_err(),
        InclusionError::NoSuchEntry { index: 0, size: 0 }
    );
    assert_eq!(
        Consistency::make(8, 6, |_| None).unwrap_err().to_string(),
        "prove that the journal only grew: it went from 8 entries to 6"
    );
}
