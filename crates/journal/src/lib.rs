//! The journal's open formats: Merkle trees, proofs, checkpoints and their signatures.
