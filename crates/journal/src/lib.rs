//! The journal's open formats: Merkle trees, proofs, checkpoints and their signatures.
//!
//! The formats are public, so that a council can check its journal with programs that are not ours:
//! the tree of RFC 6962 and RFC 9162 with SHA-256, and the texts of C2SP (c2sp.org): signed-note,
//! tlog-checkpoint, tlog-cosignature v1, tlog-proof@v1, tlog-tiles, and what a tlog-witness is asked.
//! Nothing here knows of audits, databases, clocks or randomness.

// The tree.
mod frontier;
mod hash;
mod place;
mod span;

// What shows that the tree holds an entry, and that it only ever grew.
mod consistency;
mod inclusion;

// What a log and its witnesses sign.
mod checkpoint;
mod cosignature;
mod key;
mod note;
mod secret;
mod signature;
mod signer;

// What leaves the authority: one proof, or the whole journal.
mod bundle;
mod proof_file;
mod tile;

// How a whole journal is checked, and what a witness is asked.
mod archive;
mod chain;
mod entry;
mod request;

// How the texts write a number.
mod decimal;

pub use archive::{Checked, Folder, Other, Payload, check_archive};
pub use bundle::{Bundle, BundleError};
pub use chain::{Beside, Chain, Wrong};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use consistency::{Consistency, ConsistencyError};
pub use cosignature::{CosignatureError, Witness, WitnessVerifier};
pub use entry::{EntryLines, FORM, payload_digest};
pub use frontier::{Frontier, Stored};
pub use hash::{Hash, HashError};
pub use inclusion::{Inclusion, InclusionError};
pub use key::KeyError;
pub use note::{Note, NoteError};
pub use place::{MAX_SIZE, Place, stored_count};
pub use proof_file::{ProofFile, ProofFileError};
pub use request::{AddCheckpoint, Refused, RequestError};
pub use signature::{Signature, SignatureError};
pub use signer::{Signer, Verifier};
pub use span::ReadError;
pub use tile::Tile;
