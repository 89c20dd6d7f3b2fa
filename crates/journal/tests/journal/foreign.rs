//! Agreement with programs that other people wrote from the same texts.

use proptest::prelude::*;
use quarterlight_journal::{Checkpoint, Consistency, Hash, Inclusion, Note, Signer, Tile};
use signed_note::{StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::HashReader;

use crate::sample::{Rows, entries, flipped};

fn theirs(hash: Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(*hash.as_bytes())
}

fn ours(hash: tlog_tiles::Hash) -> Hash {
    Hash::from(hash.0)
}

impl HashReader for Rows {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|&index| theirs(self.0[usize::try_from(index).unwrap()])).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn their_tree_has_our_rows_roots_and_proofs(seed: u64, size in 1_u64..=300, part: prop::sample::Index) {
        let entries = entries(seed, size);
        let (rows, frontier) = Rows::of(&entries);
        let mut their_rows = Rows(Vec::new());
        for (seq, entry) in (0..).zip(&entries) {
            let more = tlog_tiles::stored_hashes(seq, entry, &their_rows).unwrap();
            their_rows.0.extend(more.into_iter().map(ours));
        }
        prop_assert_eq!(&their_rows.0, &rows.0);
        prop_assert_eq!(ours(tlog_tiles::tree_hash(size, &rows).unwrap()), frontier.root());

        let index = part.index(entries.len()) as u64;
        let (leaf, root) = (Hash::leaf(&entries[part.index(entries.len())]), frontier.root());
        let proof = Inclusion::make(index, size, |place| rows.read(place)).unwrap();
        let path: Vec<_> = proof.path.iter().copied().map(theirs).collect();
        prop_assert_eq!(&tlog_tiles::prove_record(size, index, &rows).unwrap(), &path);
        prop_assert!(tlog_tiles::check_record(&path, size, theirs(root), index, theirs(leaf)).is_ok());

        let old = index + 1;
        let proof = Consistency::make(old, size, |place| rows.read(place)).unwrap();
        let path: Vec<_> = proof.path.iter().copied().map(theirs).collect();
        prop_assert_eq!(&tlog_tiles::prove_tree(size, old, &rows).unwrap(), &path);
        prop_assert!(tlog_tiles::check_tree(&path, size, theirs(root), old, theirs(rows.root(old))).is_ok());
    }

    #[test]
    fn their_verdict_on_an_altered_proof_is_ours(
        size in 2_u64..=40, index in 0_u64..40, said_size in 1_u64..=40, said_index in 0_u64..40, bit in 0_usize..2000,
    ) {
        let entries = entries(1, size);
        let (rows, frontier) = Rows::of(&entries);
        let index = index % size;
        let (leaf, root) = (Hash::leaf(&entries[usize::try_from(index).unwrap()]), frontier.root());
        let mut proof = Inclusion::make(index, size, |place| rows.read(place)).unwrap();
        (proof.index, proof.size) = (said_index % said_size, said_size);
        // Half of the time the path is left as it was, so that the sizes alone decide.
        if bit < 1000 && !proof.path.is_empty() {
            let at = bit % proof.path.len();
            proof.path[at] = flipped(proof.path[at], bit % 256);
        }
        let path = proof.path.iter().copied().map(theirs).collect();
        let verdict = tlog_tiles::check_record(&path, proof.size, theirs(root), proof.index, theirs(leaf));
        prop_assert_eq!(proof.verify(leaf, root).is_ok(), verdict.is_ok());

        let old = index + 1;
        let mut proof = Consistency::make(old, size, |place| rows.read(place)).unwrap();
        let said_old = 1 + said_index % said_size;
        (proof.old_size, proof.new_size) = (said_old, said_size);
        let path = proof.path.iter().copied().map(theirs).collect();
        let old_root = rows.root(old);
        let verdict = tlog_tiles::check_tree(&path, said_size, theirs(root), said_old, theirs(old_root));
        prop_assert_eq!(proof.verify(old_root, root).is_ok(), verdict.is_ok());
    }

    #[test]
    fn their_signatures_are_accepted_by_us_and_ours_by_them(seed: [u8; 32], text in "([^\u{0}-\u{1f}\u{7f}]{0,30}\n){1,5}") {
        let signer = Signer::from_seed("journal.example/log", &seed).unwrap();
        let vkey = signer.verifier().to_string();
        let note = Note::new(text.clone()).unwrap();
        let ours = note.clone().with(signer.sign(&note)).to_string();

        let verifiers = VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())]);
        let read = signed_note::Note::from_bytes(ours.as_bytes()).unwrap();
        prop_assert!(read.verify(&verifiers).is_ok());

        let mut theirs = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        theirs.add_sigs(&[&StandardSigner::new(&skey(&vkey, &seed)).unwrap()]).unwrap();
        let theirs = String::from_utf8(theirs.to_bytes()).unwrap();
        prop_assert_eq!(&theirs, &ours);
        prop_assert!(signer.verifier().verify(&theirs.parse().unwrap()).is_ok());
    }

    #[test]
    fn their_checkpoints_are_our_checkpoints(size in 0_u64..50) {
        let (_, frontier) = Rows::of(&entries(2, size));
        let text = Checkpoint::of("journal.example/log", &frontier).unwrap().to_string();
        // Their reader takes the blank line after the text as the end of it.
        let read = tlog_tiles::Checkpoint::from_reader(&mut std::io::Cursor::new(format!("{text}\n")), false).unwrap();
        prop_assert_eq!((read.origin(), read.size(), ours(*read.hash())), ("journal.example/log", size, frontier.root()));
    }
}

/// The secret key as their program writes it.
fn skey(vkey: &str, seed: &[u8; 32]) -> String {
    use base64::Engine;
    let [name, id, _] = vkey.splitn(3, '+').collect::<Vec<_>>().try_into().unwrap();
    format!(
        "PRIVATE+KEY+{name}+{id}+{}",
        base64::prelude::BASE64_STANDARD.encode([[1].as_slice(), seed].concat())
    )
}

#[test]
fn their_tiles_are_our_tiles() {
    let (rows, _) = Rows::of(&entries(3, 1000));
    for size in [1, 255, 256, 257, 700, 1000] {
        let mut mine: Vec<_> = Tile::of_tree(size)
            .map(|tile| {
                (
                    tile.path().replace("tile/", "tile/8/"),
                    tile.contents(|place| rows.read(place)).unwrap(),
                )
            })
            .collect();
        let mut yours: Vec<_> = tlog_tiles::Tile::new_tiles(8, 0, size)
            .into_iter()
            .map(|tile| (tile.path(), tile.read_data(&rows).unwrap()))
            .collect();
        mine.sort();
        yours.sort();
        assert_eq!(mine, yours, "at {size}");
    }
}
