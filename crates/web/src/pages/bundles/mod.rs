//! Subject access: everything that is held about a record, as one bundle.

pub mod ask;
