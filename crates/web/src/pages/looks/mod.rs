//! The looks of everybody at every record: looking through them, and those that a rule points at.

pub mod search;
pub mod thresholds;
pub mod unusual;
