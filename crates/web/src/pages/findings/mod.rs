//! Findings beside one another: those alike, those nobody sees to, their themes, and good practice.

pub mod join;
pub mod list;
pub mod practice;
pub mod repairs;
mod sample;
pub mod themes;
