//! One file that shows, on its own and to anyone, that an entry is in the journal.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::WitnessVerifier;
use crate::decimal;
use crate::hash::Hash;
use crate::inclusion::{Inclusion, InclusionError};
use crate::note::{Note, NoteError};
use crate::signer::Verifier;

const HEADER: &str = "c2sp.org/tlog-proof@v1\n";

// No tree that anyone can build is deeper, so a longer proof is hostile.
const LONGEST_PATH: usize = 64;

/// An entry's number, its way to the root, and the signed checkpoint with that root (C2SP tlog-proof@v1; a `.tlog-proof` file).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    extra: Option<Vec<u8>>,
    index: u64,
    path: Vec<Hash>,
    note: Note,
}

/// Why a proof file cannot be read, or does not prove what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileError {
    /// A line above the checkpoint is not as the format has it.
    #[error("read the proof file: the lines above the checkpoint are not those of a tlog-proof")]
    Format,
    /// The checkpoint's note cannot be read, or a witness's cosignature is missing or not genuine.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The checkpoint is not the log's.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The entry is not at that number of that journal.
    #[error(transparent)]
    Inclusion(#[from] InclusionError),
}

impl ProofFile {
    /// Puts together an entry's proof and the note of a checkpoint of the same size.
    pub fn new(proof: Inclusion, note: Note) -> Self {
        Self { extra: None, index: proof.index, path: proof.path, note }
    }

    /// The entry's number, counted from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The note of the checkpoint, with the signatures of the log and its witnesses.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// Accepts the file only if the log signed the checkpoint, every witness here cosigned it, and
    /// exactly these bytes are the entry of that number; gives the checkpoint that it rests on.
    pub fn verify(
        &self,
        entry: &[u8],
        log: &Verifier,
        witnesses: &[WitnessVerifier],
    ) -> Result<Checkpoint, ProofFileError> {
        let checkpoint = Checkpoint::open(&self.note, log)?;
        for witness in witnesses {
            witness.verify(&self.note)?;
        }
        let proof =
            Inclusion { index: self.index, size: checkpoint.size(), path: self.path.clone() };
        proof.verify(Hash::leaf(entry), checkpoint.root())?;
        Ok(checkpoint)
    }
}

impl FromStr for ProofFile {
    type Err = ProofFileError;

    fn from_str(text: &str) -> Result<Self, ProofFileError> {
        let body = text.strip_prefix(HEADER).ok_or(ProofFileError::Format)?;
        let (head, note) = body.split_once("\n\n").ok_or(ProofFileError::Format)?;
        let mut lines = head.split('\n').peekable();
        let extra = lines
            .next_if(|line| line.starts_with("extra "))
            .and_then(|line| line.strip_prefix("extra "))
            .map(|encoded| BASE64_STANDARD.decode(encoded))
            .transpose()
            .map_err(|_| ProofFileError::Format)?;
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .and_then(decimal::parse)
            .ok_or(ProofFileError::Format)?;
        let path: Vec<Hash> =
            lines.map(str::parse).collect::<Result<_, _>>().map_err(|_| ProofFileError::Format)?;
        if path.len() > LONGEST_PATH {
            return Err(ProofFileError::Format);
        }
        let note: Note = note.parse()?;
        // Only lines that make up a checkpoint may stand here, so that no file reads in two ways.
        note.text().parse::<Checkpoint>()?;
        Ok(Self { extra, index, path, note })
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        // Extra data is signed by nobody: it is passed on as it came, and never read.
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64_STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}
