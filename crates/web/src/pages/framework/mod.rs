//! The framework: what the authority has agreed that a record must show.

pub mod show;
