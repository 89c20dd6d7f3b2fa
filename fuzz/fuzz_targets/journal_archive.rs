//! Any bytes as the files of an exported journal whose checkpoint is signed: it is checked to its end,
//! and found wrong unless it is the one that was exported.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use quarterlight_journal::{Bundle, Checkpoint, Folder, Frontier, Hash, Note, Signer, Verifier, check_archive};

struct Case {
    log: Verifier,
    note: Note,
}

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let signer = Signer::from_seed("larkmoor.example/journal", &[1; 32]).unwrap();
    let mut frontier = Frontier::new();
    for entry in [&b"one"[..], b"two", b"three"] {
        frontier.push(Hash::leaf(entry));
    }
    let note = Checkpoint::sign(&signer, &frontier).unwrap();
    Case { log: signer.verifier(), note }
});

/// The bytes, cut at zeros, in the order in which files are asked for.
struct Sent<'b>(Vec<&'b [u8]>);

impl Folder for Sent<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        if path == "checkpoint" {
            return Some(CASE.note.to_string().into_bytes());
        }
        let at = path.bytes().map(usize::from).sum::<usize>() % self.0.len().max(1);
        self.0.get(at).map(|bytes| bytes.to_vec())
    }

    fn checkpoints(&self) -> Vec<String> {
        vec!["1".to_owned(), "2".to_owned()]
    }
}

fuzz_target!(|bytes: &[u8]| {
    let sent = Sent(bytes.split(|byte| *byte == 0).collect());
    let checked = check_archive(&sent, &CASE.log, &[], &[]);
    assert!(!checked.wrong.is_empty());
    for bundle in Bundle::of_tree(3) {
        if let Ok(entries) = bundle.read(bytes) {
            assert_eq!(entries.len() as u64, 3);
            assert_eq!(bundle.contents(entries).as_deref(), Ok(bytes));
        }
    }
});
