//! Forged and damaged texts: none is accepted, none makes us panic, and none is read in two ways.

use std::sync::LazyLock;

use proptest::prelude::*;
use quarterlight_journal::{
    Checkpoint, Hash, Inclusion, Note, ProofFile, Signature, Signer, Verifier, Witness,
    WitnessVerifier,
};

use crate::sample::{Rows, entries};

struct Case {
    entry: Vec<u8>,
    log: Verifier,
    witness: WitnessVerifier,
    file: String,
}

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let signer = Signer::from_seed("audit.example.gov.uk/journal", &[1; 32]).unwrap();
    let witness = Witness::from_seed("witness.example/internal-audit", &[2; 32]).unwrap();
    let entries = entries(7, 11);
    let (rows, frontier) = Rows::of(&entries);
    let note = Checkpoint::sign(&signer, &frontier).unwrap();
    let checkpoint = Checkpoint::open(&note, &signer.verifier()).unwrap();
    let note = note.with(witness.cosign(&checkpoint, 1_795_392_000).unwrap());
    let proof = Inclusion::make(7, 11, |place| rows.read(place)).unwrap();
    Case {
        entry: entries[7].clone(),
        log: signer.verifier(),
        witness: witness.verifier(),
        file: ProofFile::new(proof, note).to_string(),
    }
});

impl Case {
    fn accepts(&self, file: &str) -> bool {
        let witnesses = std::slice::from_ref(&self.witness);
        file.parse::<ProofFile>()
            .is_ok_and(|file| file.verify(&self.entry, &self.log, witnesses).is_ok())
    }
}

#[test]
fn no_single_bit_of_a_proof_file_can_be_turned_over() {
    let case = &*CASE;
    assert!(case.accepts(&case.file));
    let bytes = case.file.as_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut other = bytes.to_vec();
        other[bit / 8] ^= 1 << (bit % 8);
        if let Ok(other) = String::from_utf8(other) {
            assert!(!case.accepts(&other), "bit {bit}: {other}");
        }
    }
}

#[test]
fn no_line_of_a_proof_file_can_be_dropped_doubled_or_moved() {
    let case = &*CASE;
    let lines: Vec<&str> = case.file.split_inclusive('\n').collect();
    // The order of the signatures, and a signature twice, say nothing else than was said.
    let signatures = lines.len() - 2..lines.len();
    for at in 0..lines.len() {
        let mut dropped = lines.clone();
        dropped.remove(at);
        assert!(!case.accepts(&dropped.concat()), "without line {at}");
        let mut doubled = lines.clone();
        doubled.insert(at, lines[at]);
        assert_eq!(case.accepts(&doubled.concat()), signatures.contains(&at), "line {at} twice");
        for to in 0..at {
            let mut swapped = lines.clone();
            swapped.swap(at, to);
            let same = signatures.contains(&to) || lines[at] == lines[to];
            assert_eq!(case.accepts(&swapped.concat()), same, "lines {at} and {to} swapped");
        }
    }
}

#[test]
fn a_proof_file_cut_short_is_refused() {
    let case = &*CASE;
    for end in (0..case.file.len()).filter(|&end| case.file.is_char_boundary(end)) {
        assert!(!case.accepts(&case.file[..end]), "cut at {end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_can_be_read_is_written_the_same_way_again(text in texts()) {
        prop_assert!(written_again::<Note>(&text));
        prop_assert!(written_again::<Checkpoint>(&text));
        prop_assert!(written_again::<ProofFile>(&text));
        prop_assert!(written_again::<Signature>(&text));
        prop_assert!(written_again::<Verifier>(&text));
        prop_assert!(written_again::<WitnessVerifier>(&text));
        prop_assert!(written_again::<Hash>(&text));
        if let Ok(hash) = Hash::from_hex(&text) {
            prop_assert_eq!(format!("{hash:x}"), text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_spliced_proof_file_is_refused(from in 0_usize..700, to in 0_usize..700, length in 1_usize..60) {
        let case = &*CASE;
        let mut bytes = case.file.clone().into_bytes();
        let piece: Vec<u8> = bytes.iter().copied().skip(from).take(length).collect();
        bytes.splice(to.min(bytes.len())..(to + length).min(bytes.len()), piece);
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert_eq!(case.accepts(&text), text == case.file);
        }
    }
}

fn written_again<T: std::str::FromStr + ToString>(text: &str) -> bool {
    text.parse::<T>().map_or(true, |read| read.to_string() == text)
}

/// Anything at all, and genuine texts with pieces of one another in them.
fn texts() -> impl Strategy<Value = String> {
    let case = &*CASE;
    let note = case.file.split_once("\n\n").map(|(_, note)| note.to_owned()).unwrap_or_default();
    let genuine = vec![
        case.log.to_string(),
        case.witness.to_string(),
        note.split_once("\n\n").map(|(text, _)| format!("{text}\n")).unwrap_or_default(),
        note.lines().last().unwrap_or_default().to_owned(),
        Hash::empty().to_string(),
        format!("{:x}", Hash::empty()),
        note,
        case.file.clone(),
    ];
    let pieces = vec![
        "\n",
        "\n\n",
        "— ",
        " ",
        "+",
        "=",
        "0",
        "extra ",
        "index ",
        "A",
        "\u{a0}",
        "\t",
        "18446744073709551615",
    ];
    let spliced = (
        proptest::sample::select(genuine),
        any::<prop::sample::Index>(),
        0_usize..4,
        proptest::sample::select(pieces),
    )
        .prop_map(|(text, at, gone, piece)| {
            let mut characters: Vec<char> = text.chars().collect();
            let at = at.index(characters.len());
            let end = (at + gone).min(characters.len());
            characters.splice(at..end, piece.chars());
            characters.into_iter().collect()
        });
    prop_oneof![spliced, any::<String>(), "[0-9a-zA-Z+/=\n — ]{0,200}"]
}
