//! Puts a document into a file that a council can send on.

// The doors of a document.
pub mod csv;
pub mod docx;
pub mod pdf;
pub mod report_xlsx;

// The door of a spreadsheet.
pub mod xlsx;

mod picture;
mod safe;
