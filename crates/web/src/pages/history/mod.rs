//! The history: checked on the press of one button, and taken out to be checked elsewhere.

pub mod export;
pub mod show;
