//! The themes that auditors choose from, kept by the quality lead.

pub mod list;
