//! What the journal's formats promise, shown by oracles, at random, and against other people's programs.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test's helpers stop where the test would"
)]

#[path = "journal/sample.rs"]
mod sample;

#[path = "journal/foreign.rs"]
mod foreign;
#[path = "journal/hostile.rs"]
mod hostile;
#[path = "journal/oracles.rs"]
mod oracles;
#[path = "journal/proofs.rs"]
mod proofs;
#[path = "journal/texts.rs"]
mod texts;
#[path = "journal/tree.rs"]
mod tree;
#[path = "journal/witness.rs"]
mod witness;
