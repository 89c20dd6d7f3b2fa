//! The log's own key: who signs checkpoints, and how others know that they are genuine.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer as _, SigningKey};

use crate::key::{KeyError, PublicKey, Scheme};
use crate::note::{Note, NoteError};
use crate::secret;
use crate::signature::Signature;

/// The secret key with which an authority signs its journal; it is never printed, only its public half is.
#[derive(Debug, Clone)]
pub struct Signer {
    secret: SigningKey,
    public: PublicKey,
}

/// The public key by which anyone knows the authority's signature; its text is a C2SP verifier key of type 0x01.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier(PublicKey);

impl Signer {
    /// The key made from 32 secret random bytes (RFC 8032, section 5.1.5) under a name.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let public = PublicKey::new(name, Scheme::Note, secret.verifying_key())?;
        Ok(Self { secret, public })
    }

    /// The secret key as the line of text that its file holds: whoever has it signs as this log.
    pub fn to_secret_text(&self) -> String {
        let seed = self.secret.to_bytes();
        secret::text(self.name(), self.public.id(), Scheme::Note, &seed)
    }

    /// Reads the line that a key's file holds.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        let (name, id, seed) = secret::parse(text, Scheme::Note)?;
        let read = Self::from_seed(name, &seed)?;
        if read.public.has_id(id) { Ok(read) } else { Err(KeyError::Identifier) }
    }

    /// The name under which it signs.
    pub fn name(&self) -> &str {
        self.public.name()
    }

    /// The public half, to be given away.
    pub fn verifier(&self) -> Verifier {
        Verifier(self.public.clone())
    }

    /// Signs a note's text with Ed25519.
    pub fn sign(&self, note: &Note) -> Signature {
        let signed = self.secret.sign(note.text().as_bytes());
        Signature::new(self.name(), self.public.id(), signed.to_bytes().to_vec())
    }
}

impl Verifier {
    /// The name under which the key signs.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Accepts a note only if this key signed it, and no line falsely claims that it did.
    pub fn verify(&self, note: &Note) -> Result<(), NoteError> {
        let mut signed = false;
        for signature in note.signatures().iter().filter(|signature| self.0.claims(signature)) {
            if !self.0.accepts(note.text(), signature.bytes()) {
                return Err(NoteError::NotGenuine(self.name().to_owned()));
            }
            signed = true;
        }
        if signed { Ok(()) } else { Err(NoteError::NotSigned(self.name().to_owned())) }
    }
}

impl FromStr for Verifier {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        PublicKey::parse(text, Scheme::Note).map(Self)
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
