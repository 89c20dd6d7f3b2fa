//! What stands in the files, read back from them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot read what it printed has failed"
)]

#[path = "export/docx.rs"]
mod docx;
#[path = "export/pdf.rs"]
mod pdf;
#[path = "export/quarter.rs"]
mod quarter;
#[path = "export/sheets.rs"]
mod sheets;
