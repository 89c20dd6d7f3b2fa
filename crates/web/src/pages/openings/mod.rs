//! Break-glass: opening one record that no grant reaches, and what others say to it.

pub mod list;
pub mod open;
pub mod sample;
pub mod show;
