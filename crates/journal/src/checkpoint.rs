//! What an authority signs: whose journal, how many entries, and the root that stands for them all.

use std::fmt;
use std::str::FromStr;

use crate::decimal;
use crate::frontier::Frontier;
use crate::hash::Hash;
use crate::note::{Note, NoteError};
use crate::signer::{Signer, Verifier};

/// The state of a journal in three lines (C2SP tlog-checkpoint): small enough to print in a committee paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    // Kept so that the text is printed as it was signed; ours never has any.
    extensions: Vec<String>,
}

/// Why a checkpoint cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The text is not an origin, a size and a root on lines of their own.
    #[error(
        "read the checkpoint: it must have the journal's name, its size and its root, each on its own line"
    )]
    Format,
    /// The note around it is damaged, or not signed by the key that is trusted.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// It is genuine, but it is about another journal.
    #[error("use the checkpoint: it is of the journal {found}, not of {wanted}")]
    OtherJournal {
        /// The journal that the checkpoint names.
        found: String,
        /// The journal that was asked about.
        wanted: String,
    },
}

impl Checkpoint {
    /// The state of the journal of that name, as its frontier has it.
    pub fn of(origin: &str, frontier: &Frontier) -> Result<Self, CheckpointError> {
        // The text is read back, so that no name can smuggle in a line of its own.
        let text = Self {
            origin: origin.to_owned(),
            size: frontier.size(),
            root: frontier.root(),
            extensions: Vec::new(),
        };
        let read: Self = text.to_string().parse()?;
        if read == text { Ok(read) } else { Err(CheckpointError::Format) }
    }

    /// Signs the state of the signer's own journal: its name is the journal's.
    pub fn sign(signer: &Signer, frontier: &Frontier) -> Result<Note, CheckpointError> {
        let note = Note::new(Self::of(signer.name(), frontier)?.to_string())?;
        let signature = signer.sign(&note);
        Ok(note.with(signature))
    }

    /// Gives the checkpoint in a note, only if the log that it names signed it.
    pub fn open(note: &Note, log: &Verifier) -> Result<Self, CheckpointError> {
        log.verify(note)?;
        let checkpoint: Self = note.text().parse()?;
        if checkpoint.origin == log.name() {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::OtherJournal {
                found: checkpoint.origin,
                wanted: log.name().to_owned(),
            })
        }
    }

    /// The name of the journal.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many entries the journal had.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree of those entries.
    pub fn root(&self) -> Hash {
        self.root
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    /// Reads a note's text; whether anyone signed it is for [`Checkpoint::open`].
    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<&str> =
            text.strip_suffix('\n').ok_or(CheckpointError::Format)?.split('\n').collect();
        if lines.iter().any(|line| line.is_empty() || line.contains(|c: char| c < ' ')) {
            return Err(CheckpointError::Format);
        }
        let [origin, size, root, extensions @ ..] = lines.as_slice() else {
            return Err(CheckpointError::Format);
        };
        Ok(Self {
            origin: (*origin).to_owned(),
            size: decimal::parse(size).ok_or(CheckpointError::Format)?,
            root: root.parse().map_err(|_| CheckpointError::Format)?,
            extensions: extensions.iter().map(|&line| line.to_owned()).collect(),
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
