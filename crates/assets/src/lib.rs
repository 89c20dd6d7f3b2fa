//! The design system's files as its makers publish them, with our look over them, inside the program.
//!
//! `build.rs` fetches and joins them; what lies in `own/` is ours.

mod embedded;

#[cfg(test)]
mod contrast;

pub use embedded::{Asset, find, icon, script, standby, stylesheet};
