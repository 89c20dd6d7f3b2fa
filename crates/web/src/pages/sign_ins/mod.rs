//! What is noted of signing in, and who signs in with what.

pub mod list;
pub mod people;
pub mod reset;
