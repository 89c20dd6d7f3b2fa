//! What keeps people from records: declaring a conflict, and saying that it has ended.

pub mod end;
pub mod list;
pub mod sample;
