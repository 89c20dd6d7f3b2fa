//! Reads other people's files and lists what was wrong with them.
//!
//! Nothing read here is trusted, and nothing is kept that is not used. The date of birth is kept, for
//! rules that go by age and to show where two lists differ on it. Of the ethnicity, only whether it
//! was obtained is kept. Names of children and postcodes are not kept at all.

// What comes of reading.
pub mod account;
mod not_a_return;
mod not_readable;
pub mod problem;
mod problems;
pub mod reading;

// How a workbook or a text is opened safely.
mod archive;
mod cell;
mod cells;
mod date;
mod delimited;
mod encoding;
mod file_kind;
mod grid;
pub mod limits;
pub mod retention;
mod return_values;
mod row;
mod workbook;
mod xml;
mod xml_blocks;
mod xml_events;
mod xml_notes;
mod xml_text;

// The files that are read.
pub mod annex_a;
pub mod audit_form;
pub mod bank_holidays;
pub mod cin_census;
pub mod filing_protocol;
pub mod framework;
pub mod framework_sheet;
pub mod groups;
pub mod indicators;
pub mod local_list;
pub mod recognise;
pub mod social_care_api;
pub mod ssd;
pub mod ssda903;
pub mod staff_list;
pub mod timescales;
mod toml_text;
pub mod workforce_census;

// What a script is given.
pub mod json;

pub use account::Account;
pub use limits::Limits;
pub use not_readable::{NotAReturn, NotReadable};
pub use problem::{Problem, Severity};
pub use reading::{Reading, SourceReading};
