//! The people who may sign in, the roles that they hold, and what those let them do.

pub mod change;
pub mod give;
pub mod list;
pub mod roles;
pub mod sample;
pub mod show;
pub mod unused;
