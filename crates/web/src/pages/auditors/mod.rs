//! What is known of the auditors: how much they can do, and whether their independence can be checked.

pub mod describe;
pub mod list;
