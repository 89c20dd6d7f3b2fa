//! Puts a document into a file that a council can send on.

pub mod pdf;
pub mod xlsx;
