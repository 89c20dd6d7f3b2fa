//! The workers who hold records: whom each signs in as, and who supervises them.

pub mod describe;
pub mod list;
