//! A text with the signatures beneath it, as C2SP signed-note writes it.

use std::fmt;
use std::str::FromStr;

use crate::signature::{Signature, SignatureError};

// The format asks for at least 16; a limit keeps a hostile note from costing us a long afternoon.
const MOST_SIGNATURES: usize = 100;

/// A text and its signature lines; nothing in it is to be believed before a verifier has accepted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

/// Why a note cannot be read, or is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The text does not end in a newline, or has a control character in it.
    #[error("use the note: its text must end in a newline and hold no control characters")]
    Text,
    /// There is no blank line with signature lines beneath it.
    #[error("read the note: it has no signatures beneath its text")]
    NoSignatures,
    /// There are more signature lines than anyone has a use for.
    #[error("read the note: it has more than 100 signatures")]
    TooManySignatures,
    /// A line among the signatures is not one.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Nobody who is trusted here has signed.
    #[error("believe the note: {0} has not signed it")]
    NotSigned(String),
    /// A signature in the name of a trusted key is not that key's.
    #[error("believe the note: the signature of {0} is not genuine")]
    NotGenuine(String),
}

impl Note {
    /// A text that is still to be signed: lines, each with its newline.
    pub fn new(text: impl Into<String>) -> Result<Self, NoteError> {
        let text = text.into();
        let controls = text.contains(|c: char| c < ' ' && c != '\n');
        if controls || !text.ends_with('\n') {
            Err(NoteError::Text)
        } else {
            Ok(Self { text, signatures: Vec::new() })
        }
    }

    /// Puts a signature beneath those already there.
    #[must_use]
    pub fn with(mut self, signature: Signature) -> Self {
        self.signatures.push(signature);
        self
    }

    /// What was signed, with its last newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, in their order.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        // The text may have blank lines of its own, so the last one divides.
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::NoSignatures)?;
        let mut read = Self::new(format!("{text}\n"))?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::NoSignatures)?;
        for line in lines.split('\n') {
            if read.signatures.len() == MOST_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            read.signatures.push(line.parse()?);
        }
        Ok(read)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}
