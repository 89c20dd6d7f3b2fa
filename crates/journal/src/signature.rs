//! One signature line of a note: who signed, with which key, and the signature.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::key::is_name;

/// A signature line as C2SP signed-note writes it, without its newline; that it parses says nothing yet about who signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature {
    name: String,
    key_id: [u8; 4],
    bytes: Vec<u8>,
}

/// Why a line is not a signature line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "read the signature line: it must be a dash, a key's name and base64, with single spaces between"
)]
pub struct SignatureError;

impl Signature {
    pub(crate) fn new(name: &str, key_id: [u8; 4], bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), key_id, bytes }
    }

    /// The name of the key that is said to have signed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the key's own hash, which tell a name's keys apart.
    pub fn key_id(&self) -> [u8; 4] {
        self.key_id
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl FromStr for Signature {
    type Err = SignatureError;

    fn from_str(line: &str) -> Result<Self, SignatureError> {
        let (name, encoded) =
            line.strip_prefix("— ").and_then(|rest| rest.split_once(' ')).ok_or(SignatureError)?;
        let decoded = BASE64_STANDARD.decode(encoded).map_err(|_| SignatureError)?;
        match decoded.split_first_chunk::<4>() {
            Some((&key_id, bytes)) if is_name(name) && !bytes.is_empty() => {
                Ok(Self::new(name, key_id, bytes.to_vec()))
            }
            _ => Err(SignatureError),
        }
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoded = BASE64_STANDARD.encode([self.key_id.as_slice(), &self.bytes].concat());
        write!(f, "— {} {encoded}", self.name)
    }
}
