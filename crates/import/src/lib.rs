//! Reads other people's files and lists what was wrong with them.
//!
//! Nothing read here is trusted, and nothing is kept that is not used: a date of birth is compared
//! between lists and then let go; names of children, ethnicity and postcodes are not read at all.

// What comes of reading.
pub mod account;
mod not_readable;
pub mod problem;
mod problems;
pub mod reading;

// How a workbook is opened safely.
mod archive;
mod cell;
mod date;
mod file_kind;
pub mod limits;
mod workbook;
mod xml;

// The files that are read.
pub mod annex_a;
pub mod bank_holidays;
pub mod framework;
pub mod timescales;
mod toml_text;

// What a script is given.
pub mod json;

pub use account::Account;
pub use limits::Limits;
pub use not_readable::NotReadable;
pub use problem::{Problem, Severity};
pub use reading::Reading;
