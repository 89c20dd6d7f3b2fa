//! The borough, made on both engines and looked at from every side.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

#[macro_use]
mod made;

mod days;
mod keeping;
mod stories;
