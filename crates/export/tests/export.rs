//! What stands in the files, read back from them.

#![expect(clippy::unwrap_used, reason = "a test that cannot read what it printed has failed")]

#[path = "export/pdf.rs"]
mod pdf;
#[path = "export/quarter.rs"]
mod quarter;
