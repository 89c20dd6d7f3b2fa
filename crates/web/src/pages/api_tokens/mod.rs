//! What other programs show to be let in: making tokens, and ending them.

pub mod list;
