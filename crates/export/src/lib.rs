//! Puts a document into a file that a council can send on.

// The doors of a document.
pub mod csv;
pub mod docx;
pub mod pdf;
pub mod report_xlsx;

// The door of a spreadsheet.
pub mod xlsx;

// The door of several files at once.
pub mod folder;

mod picture;
