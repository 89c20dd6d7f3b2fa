//! A witness's word: at this time, this was the largest journal that I had seen, and it only grew.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer as _, SigningKey};

use crate::checkpoint::Checkpoint;
use crate::key::{KeyError, PublicKey, Scheme};
use crate::note::{Note, NoteError};
use crate::secret;
use crate::signature::Signature;

// The format keeps times within a signed 64-bit number.
const LATEST: u64 = i64::MAX.unsigned_abs();

/// The secret key with which a witness cosigns checkpoints (C2SP tlog-cosignature v1); it is never printed.
#[derive(Debug, Clone)]
pub struct Witness {
    secret: SigningKey,
    public: PublicKey,
}

/// The public key by which anyone knows a witness's cosignature; its text is a C2SP verifier key of type 0x04.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessVerifier(PublicKey);

/// Why a cosignature cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cosign at {0} seconds: the time is out of range")]
pub struct CosignatureError(u64);

impl Witness {
    /// The key made from 32 secret random bytes under a name; no log's key may be made from the same bytes.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(seed);
        let public = PublicKey::new(name, Scheme::Cosignature, secret.verifying_key())?;
        Ok(Self { secret, public })
    }

    /// The secret key as the line of text that its file holds: whoever has it cosigns as this witness.
    pub fn to_secret_text(&self) -> String {
        let seed = self.secret.to_bytes();
        secret::text(self.name(), self.public.id(), Scheme::Cosignature, &seed)
    }

    /// Reads the line that a key's file holds.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        let (name, id, seed) = secret::parse(text, Scheme::Cosignature)?;
        let read = Self::from_seed(name, &seed)?;
        if read.public.has_id(id) { Ok(read) } else { Err(KeyError::Identifier) }
    }

    /// The name under which it cosigns.
    pub fn name(&self) -> &str {
        self.public.name()
    }

    /// The public half, to be given away.
    pub fn verifier(&self) -> WitnessVerifier {
        WitnessVerifier(self.public.clone())
    }

    /// Cosigns a checkpoint at a time, in seconds since 1970 (UTC).
    ///
    /// The caller has first verified the log's signature and the proof of consistency with the last
    /// checkpoint that this witness cosigned: a cosignature says no less.
    pub fn cosign(&self, checkpoint: &Checkpoint, at: u64) -> Result<Signature, CosignatureError> {
        if at > LATEST {
            return Err(CosignatureError(at));
        }
        let signed = self.secret.sign(message(&checkpoint.to_string(), at).as_bytes());
        let bytes = [at.to_be_bytes().as_slice(), &signed.to_bytes()].concat();
        Ok(Signature::new(self.name(), self.public.id(), bytes))
    }
}

impl WitnessVerifier {
    /// The name under which the key cosigns.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Accepts a checkpoint's note only if this witness cosigned it, and gives the latest time at
    /// which it did, in seconds since 1970 (UTC).
    pub fn verify(&self, note: &Note) -> Result<u64, NoteError> {
        let mut latest = None;
        for signature in note.signatures().iter().filter(|signature| self.0.claims(signature)) {
            let at = self.time(note.text(), signature.bytes());
            latest =
                latest.max(Some(at.ok_or_else(|| NoteError::NotGenuine(self.name().to_owned()))?));
        }
        latest.ok_or_else(|| NoteError::NotSigned(self.name().to_owned()))
    }

    fn time(&self, text: &str, bytes: &[u8]) -> Option<u64> {
        let (&at, signature) = bytes.split_first_chunk::<8>()?;
        let at = u64::from_be_bytes(at);
        (at <= LATEST && self.0.accepts(&message(text, at), signature)).then_some(at)
    }
}

fn message(checkpoint: &str, at: u64) -> String {
    format!("cosignature/v1\ntime {at}\n{checkpoint}")
}

impl FromStr for WitnessVerifier {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        PublicKey::parse(text, Scheme::Cosignature).map(Self)
    }
}

impl fmt::Display for WitnessVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
