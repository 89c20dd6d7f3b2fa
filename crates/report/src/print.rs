//! The door from a document to a file, which the program fills in.

use thiserror::Error;

use crate::document::Document;

/// Puts a document into a file and gives its bytes. The pages hold one of these for each kind of
/// file, so that they never need to know how a file is made.
pub type Printer = fn(&Document) -> Result<Vec<u8>, PrintFault>;

/// The doors that a document leaves by as a file.
#[derive(Debug, Clone, Copy)]
pub struct Printers {
    /// A tagged PDF.
    pub pdf: Printer,
    /// A Word document.
    pub docx: Printer,
    /// An Excel workbook.
    pub xlsx: Printer,
    /// One CSV file.
    pub csv: Printer,
}

/// The file could not be made. It says where in the machinery, and never quotes the document,
/// because faults are logged and documents may be private.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("print the document: {0}")]
pub struct PrintFault(pub String);
