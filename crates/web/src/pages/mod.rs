//! The rooms: one folder for each noun, one pair of files for each page. Pages never import pages.

pub mod actions;
pub mod assets;
pub mod auditors;
pub mod audits;
pub mod case_lists;
pub mod challenges;
pub mod concerns;
pub mod conflicts;
pub mod copies;
pub mod coverage;
pub mod cycles;
pub mod filing;
pub mod findings;
pub mod frameworks;
pub mod home;
pub mod moderation;
pub mod programme;
pub mod records;
pub mod register;
pub mod reports;
pub mod samples;
pub mod sessions;
pub mod staffing;
pub mod themes;
pub mod timescales;
pub mod workers;
