//! Any text as what a journal or a witness writes: what can be read is written the same way again, and
//! nothing is believed that nobody signed.
#![no_main]

use std::str::FromStr;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use quarterlight_journal::{
    AddCheckpoint, Checkpoint, Hash, Note, ProofFile, Signature, Signer, Verifier, WitnessVerifier,
};

static LOG: LazyLock<Verifier> =
    LazyLock::new(|| Signer::from_seed("larkmoor.example/journal", &[1; 32]).unwrap().verifier());

fn again<T: FromStr + ToString>(text: &str) {
    if let Ok(read) = text.parse::<T>() {
        assert_eq!(read.to_string(), text);
    }
}

fuzz_target!(|text: &str| {
    again::<Note>(text);
    again::<Checkpoint>(text);
    again::<ProofFile>(text);
    again::<Signature>(text);
    again::<Verifier>(text);
    again::<WitnessVerifier>(text);
    again::<Hash>(text);
    if let Ok(note) = text.parse::<Note>() {
        assert!(Checkpoint::open(&note, &LOG).is_err());
    }
    if let Ok(proof) = text.parse::<ProofFile>() {
        assert!(proof.verify(b"an entry", &LOG, &[]).is_err());
    }
    if let Ok(asked) = text.parse::<AddCheckpoint>() {
        assert!(asked.accept(&LOG, None).is_err());
        assert!(asked.accept(&LOG, Some((3, Hash::empty()))).is_err());
    }
});
