//! What the lines of an entry say of its place, and of the personal part that it binds.

use sha2::{Digest, Sha256};

/// The first line of every entry that this form is about.
pub const FORM: &str = "quarterlight journal entry, form 1";

/// The lines of an entry that a check needs; what is missing reads as empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryLines {
    /// Its own number, as it says it.
    pub number: String,
    /// The leaf hash of the entry before it, in hexadecimal; empty for the first.
    pub after: String,
    /// What was done.
    pub deed: String,
    /// To what.
    pub on: String,
    /// The SHA-256 of the salt and then the personal part, in hexadecimal.
    pub payload: String,
}

impl EntryLines {
    /// Reads an entry's bytes. Bytes that are no entry read as one that says nothing.
    pub fn read(entry: &[u8]) -> Self {
        let text = String::from_utf8_lossy(entry);
        let says = |word: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
            line.unwrap_or_default().to_owned()
        };
        Self {
            number: says("entry"),
            after: says("after"),
            deed: says("deed"),
            on: says("on"),
            payload: says("payload-sha256"),
        }
    }

    /// Whether these are the salt and the personal part that the entry binds.
    pub fn binds(&self, salt: &[u8], payload: &[u8]) -> bool {
        self.payload == payload_digest(salt, payload)
    }
}

/// SHA-256 of the salt and then the personal part, in hexadecimal.
pub fn payload_digest(salt: &[u8], payload: &[u8]) -> String {
    hex(&Sha256::new().chain_update(salt).chain_update(payload).finalize())
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
