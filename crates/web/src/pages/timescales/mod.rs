//! Rules about time: those in force, and one of them with its changes and the form to make another.

pub mod list;
pub mod overruled;
pub mod show;
#[cfg(test)]
mod tests;
pub mod vary;
