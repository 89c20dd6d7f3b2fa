//! Filing: what goes where and by when, whether it is there, and what is to be put right.

pub mod check;
pub mod figures;
pub mod hours;
pub mod item;
pub mod mismatch;
pub mod outcome;
pub mod paper;
pub mod protocol;
#[cfg(test)]
pub(crate) mod sample;
