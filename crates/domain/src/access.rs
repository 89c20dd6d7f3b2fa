//! Who has which role, records that are restricted, and the one way past one's own grants.

pub mod glass;
pub mod grant;
pub mod restriction;
pub mod rights;
pub mod thresholds;
pub mod unusual;
pub mod used;
