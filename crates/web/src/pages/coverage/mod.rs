//! Who audits which records, and where nobody does.

pub mod count_link;
pub mod show;
