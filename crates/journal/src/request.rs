//! What a witness is asked, and what it refuses (C2SP tlog-witness, `add-checkpoint`).

use std::fmt;
use std::str::FromStr;

use crate::checkpoint::Checkpoint;
use crate::consistency::Consistency;
use crate::decimal;
use crate::hash::Hash;
use crate::note::Note;
use crate::signer::Verifier;

// A longer proof is refused by the format itself.
const LONGEST_PROOF: usize = 63;

/// A checkpoint for a witness to cosign, with the proof that it continues the last one it cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// How many entries the journal had when the witness last cosigned; 0 if it never has.
    pub old: u64,
    /// The proof from there.
    pub proof: Vec<Hash>,
    /// The checkpoint, as the log signed it.
    pub note: Note,
}

/// Why a text is not such a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "read the request: it must be the old size, the proof, a blank line and a signed checkpoint"
)]
pub struct RequestError;

/// Why a witness does not cosign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The checkpoint is of a journal that this witness does not know, or is none.
    #[error("The witness does not know this journal.")]
    OtherJournal,
    /// The log's key has not signed it.
    #[error("The journal’s own key has not signed this checkpoint.")]
    NotSigned,
    /// The old size is larger than the new one.
    #[error("The checkpoint has fewer entries than the size that it is said to continue.")]
    Backwards,
    /// The witness last cosigned another size, or another root of this size.
    #[error("The witness last cosigned {0} entries, and not what this continues.")]
    Stale(u64),
    /// The proof does not lead from the last checkpoint to this one.
    #[error("The proof does not show that this continues what the witness last cosigned.")]
    Inconsistent,
}

impl Refused {
    /// The status of the HTTP answer, as the format has it.
    pub const fn status(self) -> u16 {
        match self {
            Self::OtherJournal => 404,
            Self::NotSigned => 403,
            Self::Backwards => 400,
            Self::Stale(_) => 409,
            Self::Inconsistent => 422,
        }
    }
}

impl AddCheckpoint {
    /// Gives the checkpoint to be cosigned, if it continues the one that the witness last cosigned.
    pub fn accept(&self, log: &Verifier, last: Option<(u64, Hash)>) -> Result<Checkpoint, Refused> {
        let said: Checkpoint = self.note.text().parse().map_err(|_| Refused::OtherJournal)?;
        if said.origin() != log.name() {
            return Err(Refused::OtherJournal);
        }
        let new = Checkpoint::open(&self.note, log).map_err(|_| Refused::NotSigned)?;
        let (size, root) = last.unwrap_or((0, Hash::empty()));
        if self.old > new.size() {
            return Err(Refused::Backwards);
        }
        if self.old != size || size == new.size() && root != new.root() {
            return Err(Refused::Stale(size));
        }
        let path = self.proof.clone();
        let proof = Consistency { old_size: size, new_size: new.size(), path };
        proof.verify(root, new.root()).map_err(|_| Refused::Inconsistent)?;
        Ok(new)
    }
}

impl FromStr for AddCheckpoint {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<Self, RequestError> {
        let (head, note) = text.split_once("\n\n").ok_or(RequestError)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).ok_or(RequestError)?;
        let old = decimal::parse(old).ok_or(RequestError)?;
        let proof: Vec<Hash> =
            lines.map(str::parse).collect::<Result<_, _>>().map_err(|_| RequestError)?;
        if proof.len() > LONGEST_PROOF {
            return Err(RequestError);
        }
        Ok(Self { old, proof, note: note.parse().map_err(|_| RequestError)? })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}
