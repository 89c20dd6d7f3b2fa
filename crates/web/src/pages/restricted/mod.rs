//! The records that are restricted: who may not be looked at without saying why.

pub mod list;
