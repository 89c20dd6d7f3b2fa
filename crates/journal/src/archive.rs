//! A whole journal as a folder, checked without a database: the layout of tlog-tiles, and a little beside it.
//!
//! `docs/journal-format.md` says what stands where. Whoever checks brings the log's public key, and
//! the checkpoints that were kept elsewhere; nothing in the folder is believed for itself.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::bundle::Bundle;
use crate::chain::{Beside, Chain, Wrong};
use crate::checkpoint::Checkpoint;
use crate::cosignature::WitnessVerifier;
use crate::entry::{EntryLines, hex};
use crate::hash::{Hash, unhex};
use crate::note::Note;
use crate::place::Place;
use crate::signer::Verifier;
use crate::tile::Tile;

/// A folder that holds an exported journal, wherever it lies.
pub trait Folder {
    /// The bytes of a file, by its path from the folder's root; none if there is no such file.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
    /// The names of the files in `checkpoints`.
    fn checkpoints(&self) -> Vec<String>;
}

/// A checkpoint from elsewhere: how many entries, the root, and in words whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// How many entries the journal had.
    pub size: u64,
    /// The root then.
    pub root: Hash,
    /// Whose it is, as in *the checkpoint taken then*.
    pub whose: String,
}

/// The personal part of an entry, as the file `payloads` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// The entry.
    pub entry: u64,
    /// The salt.
    pub salt: Vec<u8>,
    /// The personal part itself.
    pub words: Vec<u8>,
}

impl Payload {
    /// The line of the file: the number, the salt in hexadecimal, and the personal part in base64.
    pub fn line(&self) -> String {
        format!("{} {} {}\n", self.entry, hex(&self.salt), BASE64_STANDARD.encode(&self.words))
    }

    fn read(line: &str) -> Option<Self> {
        let [entry, salt, words] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let salt = unhex(salt)?;
        Some(Self { entry: entry.parse().ok()?, salt, words: BASE64_STANDARD.decode(words).ok()? })
    }
}

/// What a check of a folder came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How many entries the folder's checkpoint says that there are.
    pub size: u64,
    /// Its root, where the checkpoint could be read.
    pub root: Option<Hash>,
    /// How many personal parts were there and were right.
    pub payloads: usize,
    /// What is wrong; what can be said of one entry comes first.
    pub wrong: Vec<Wrong>,
}

/// Checks a folder: the log signed its checkpoint, each of these witnesses cosigned it, the entries
/// give its root, every tile is that of the entries, every personal part is the one its entry binds,
/// and no checkpoint, in the folder or from elsewhere, has another history.
pub fn check_archive(
    folder: &impl Folder,
    log: &Verifier,
    witnesses: &[WitnessVerifier],
    others: &[Other],
) -> Checked {
    let mut chain = Chain::new();
    let head = match latest(folder, log, witnesses) {
        Ok(head) => head,
        Err(sentence) => {
            let wrong = vec![Wrong { entry: None, sentence }];
            return Checked { size: 0, root: None, payloads: 0, wrong };
        }
    };
    let mut known = others.to_vec();
    known.extend(earlier(folder, log, &mut chain));
    let (size, root, whose) = (head.size(), head.root(), "the signed checkpoint".to_owned());
    known.push(Other { size, root, whose });
    known.sort_by_key(|other| other.size);

    let mut payloads = read_payloads(folder, &mut chain);
    let (mut hashes, mut right) = (BTreeMap::new(), 0);
    compare(&mut chain, &known, others);
    for bundle in Bundle::of_tree(size) {
        let path = bundle.path();
        let contents = folder.read(&path).unwrap_or_default();
        let Ok(entries) = bundle.read(&contents) else {
            let first = bundle.entries().start;
            chain
                .say(None, format!("The file {path} is missing or damaged: entries from {first}."));
            break;
        };
        for (seq, entry) in bundle.entries().zip(entries) {
            let lines = EntryLines::read(entry);
            let beside = Beside { leaf: None, stored: &|_| None };
            for stored in chain.add(seq, entry, &lines, &beside) {
                hashes.insert(stored.place, stored.hash);
            }
            if let Some(payload) = payloads.remove(&seq) {
                if lines.binds(&payload.salt, &payload.words) {
                    right += 1;
                } else {
                    chain.say(Some(seq), format!("The personal part of entry {seq} was changed."));
                }
            }
            compare(&mut chain, &known, others);
        }
    }
    chain.end(None);
    tiles(folder, size, &hashes, &mut chain);
    let read = chain.frontier().size();
    for other in known.iter().filter(|other| other.size > read) {
        let sentence =
            format!("{} entries were known to {}, and {read} are here.", other.size, other.whose);
        chain.say(None, sentence);
    }
    for entry in payloads.keys() {
        chain.say(None, format!("There is a personal part of entry {entry}, which is not here."));
    }
    Checked { size, root: Some(root), payloads: right, wrong: chain.wrong() }
}

fn latest(
    folder: &impl Folder,
    log: &Verifier,
    witnesses: &[WitnessVerifier],
) -> Result<Checkpoint, String> {
    let note = folder.read("checkpoint").ok_or("There is no file “checkpoint”.")?;
    let note = String::from_utf8(note).map_err(|_| "The checkpoint is not text.")?;
    let note: Note = note.parse().map_err(|error| format!("Could not {error}."))?;
    for witness in witnesses {
        witness.verify(&note).map_err(|error| format!("Could not {error}."))?;
    }
    Checkpoint::open(&note, log).map_err(|error| format!("Could not {error}."))
}

fn earlier(folder: &impl Folder, log: &Verifier, chain: &mut Chain) -> Vec<Other> {
    let mut found = Vec::new();
    for name in folder.checkpoints() {
        let text = folder.read(&format!("checkpoints/{name}")).unwrap_or_default();
        let note = String::from_utf8_lossy(&text).parse::<Note>();
        let opened = note
            .map_err(|error| error.to_string())
            .and_then(|note| Checkpoint::open(&note, log).map_err(|error| error.to_string()));
        match opened {
            Ok(it) => {
                let whose = format!("the checkpoint of {} entries", it.size());
                found.push(Other { size: it.size(), root: it.root(), whose });
            }
            Err(error) => chain.say(None, format!("Checkpoint {name}: could not {error}.")),
        }
    }
    found
}

fn compare(chain: &mut Chain, known: &[Other], outside: &[Other]) {
    let size = chain.frontier().size();
    for other in known.iter().filter(|other| other.size == size) {
        let vouches = outside.is_empty() || outside.contains(other);
        chain.compare(other.size, other.root, &other.whose, vouches);
    }
}

fn read_payloads(folder: &impl Folder, chain: &mut Chain) -> BTreeMap<u64, Payload> {
    let text = folder.read("payloads").unwrap_or_default();
    let mut found = BTreeMap::new();
    for (number, line) in (1..).zip(String::from_utf8_lossy(&text).lines()) {
        match Payload::read(line) {
            Some(payload) => {
                found.insert(payload.entry, payload);
            }
            None => chain.say(None, format!("Line {number} of the file “payloads” is damaged.")),
        }
    }
    found
}

fn tiles(folder: &impl Folder, size: u64, hashes: &BTreeMap<Place, Hash>, chain: &mut Chain) {
    for tile in Tile::of_tree(size) {
        let path = tile.path();
        let Ok(wanted) = tile.contents(|place| hashes.get(&place).copied()) else { return };
        if folder.read(&path).is_none_or(|bytes| bytes != wanted) {
            chain.say(None, format!("The file {path} is missing, or is not that of the entries."));
        }
    }
}
