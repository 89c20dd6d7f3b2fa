//! The public half of a key, as its name, its identifier and its one-line text (a "vkey").

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::VerifyingKey;
use sha2::{Digest, Sha256};

use crate::signature::Signature;

/// Why a key's name or text cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name is empty, or has a space, a plus sign or a control character.
    #[error(
        "use the key: its name must not be empty, nor hold a space, a plus sign or a control character"
    )]
    Name,
    /// The text is not a name, an identifier and a key joined by plus signs.
    #[error(
        "read the key: it must be a name, eight hexadecimal digits and base64, joined by plus signs"
    )]
    Format,
    /// The key is for another kind of signature than the one wanted here.
    #[error("use the key: it is for another kind of signature")]
    Scheme,
    /// The identifier does not follow from the name and the key: one of them was altered.
    #[error("use the key: its identifier does not belong to its name and key")]
    Identifier,
    /// The bytes are not an Ed25519 public key, or one so weak that it accepts forged signatures.
    #[error("use the key: it is not a sound Ed25519 public key")]
    Unsound,
}

/// What a key signs; the byte is the one that C2SP signed-note assigns.
///
/// A scheme for after quantum computers (ML-DSA-44, 0x06) would be a further variant and a further
/// signature line, and would leave those that are here as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Scheme {
    /// A log's signature over a note's text.
    Note = 0x01,
    /// A witness's dated signature over a checkpoint's text.
    Cosignature = 0x04,
}

/// Whether C2SP signed-note allows the name in a key and in a signature line.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicKey {
    name: String,
    scheme: Scheme,
    key: VerifyingKey,
}

impl PublicKey {
    pub(crate) fn new(name: &str, scheme: Scheme, key: VerifyingKey) -> Result<Self, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        if key.is_weak() {
            return Err(KeyError::Unsound);
        }
        Ok(Self { name: name.to_owned(), scheme, key })
    }

    pub(crate) fn parse(text: &str, wanted: Scheme) -> Result<Self, KeyError> {
        // Base64 may hold a plus sign, a name may not, so the text is taken apart from the left.
        let [name, id, key] =
            text.splitn(3, '+').collect::<Vec<_>>().try_into().map_err(|_| KeyError::Format)?;
        let bytes = BASE64_STANDARD.decode(key).map_err(|_| KeyError::Format)?;
        let (&scheme, point) = bytes.split_first().ok_or(KeyError::Format)?;
        if scheme != wanted as u8 {
            return Err(KeyError::Scheme);
        }
        let key = VerifyingKey::try_from(point).map_err(|_| KeyError::Unsound)?;
        let read = Self::new(name, wanted, key)?;
        if id == hex(read.id()) { Ok(read) } else { Err(KeyError::Identifier) }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256 over name, newline, scheme and key.
    pub(crate) fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(&self.name)
            .chain_update(b"\n")
            .chain_update(self.encoded())
            .finalize();
        let [a, b, c, d, ..]: [u8; 32] = digest.into();
        [a, b, c, d]
    }

    /// Whether this is the key's identifier, in hexadecimal.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        id == hex(self.id())
    }

    fn encoded(&self) -> Vec<u8> {
        [&[self.scheme as u8], self.key.as_bytes().as_slice()].concat()
    }

    /// Whether a signature line says that this key made it.
    pub(crate) fn claims(&self, signature: &Signature) -> bool {
        signature.name() == self.name && signature.key_id() == self.id()
    }

    /// Whether these 64 bytes are this key's signature over the message.
    pub(crate) fn accepts(&self, message: &str, signature: &[u8]) -> bool {
        // The strict check leaves no second signature that would also pass for the same message.
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(message.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}+{}", self.name, hex(self.id()), BASE64_STANDARD.encode(self.encoded()))
    }
}

fn hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}
