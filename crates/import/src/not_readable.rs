//! Why a file cannot be read at all, as a sentence for the person who chose it.

use thiserror::Error;

pub use crate::not_a_return::NotAReturn;

/// The file is no workbook that can be read. Each says what the file is and how to save it again.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotReadable {
    /// No bytes at all.
    #[error("The file is empty. Export it again from the case system, then choose the new file.")]
    Empty,
    /// Encrypted by Excel.
    #[error(
        "The workbook is protected by a password. Open it in Excel, choose File, Info, Protect \
         Workbook, Encrypt with Password, clear the password, save it, then choose it again."
    )]
    PasswordProtected,
    /// Excel 97 to 2003.
    #[error(
        "This is a workbook of the older kind (.xls). Open it in Excel, choose Save As, Excel \
         Workbook (.xlsx), then choose the new file."
    )]
    OlderExcel,
    /// Excel's binary kind.
    #[error(
        "This is a binary workbook (.xlsb). Open it in Excel, choose Save As, Excel Workbook \
         (.xlsx), then choose the new file."
    )]
    BinaryExcel,
    /// With programs inside.
    #[error(
        "This workbook has macros in it (.xlsm). Open it in Excel, choose Save As, Excel Workbook \
         (.xlsx), which leaves them out, then choose the new file."
    )]
    Macros,
    /// LibreOffice's own kind.
    #[error(
        "This is an OpenDocument file (.ods). Open it, choose Save As, Excel Workbook (.xlsx), \
         then choose the new file."
    )]
    OpenDocument,
    /// Word, PowerPoint or some other document.
    #[error(
        "This is {0}, not a list. Choose a workbook, saved as Excel Workbook (.xlsx), or a list saved \
         as CSV."
    )]
    AnotherFile(&'static str),
    /// Text with commas or tabs.
    #[error(
        "This is a text file, perhaps a CSV file, whatever its name says. Open it in Excel, choose \
         Save As, Excel Workbook (.xlsx), then choose the new file."
    )]
    Text,
    /// A web page that a case system calls a workbook.
    #[error(
        "This is a web page, whatever its name says; some case systems export their lists so. Open \
         it in Excel, choose Save As, Excel Workbook (.xlsx), then choose the new file."
    )]
    WebPage,
    /// Excel 2003 as XML.
    #[error(
        "This is an XML file, whatever its name says. Open it in Excel, choose Save As, Excel \
         Workbook (.xlsx), then choose the new file."
    )]
    Xml,
    /// A zip archive that ends too early.
    #[error(
        "The workbook is not complete: its end is missing. Download or copy it again, then choose \
         the new file."
    )]
    Truncated,
    /// A zip archive of something else.
    #[error(
        "This is a zip archive, but not an Excel workbook. If the workbook is inside it, unpack it \
         first, then choose the workbook."
    )]
    AnotherArchive,
    /// It cannot be made sense of.
    #[error(
        "The file is damaged: {0}. Open it in the program that made it, save it under a new name, \
         then choose the new file."
    )]
    Damaged(String),
    /// It holds what no spreadsheet program writes.
    #[error(
        "The workbook holds {0}, which no spreadsheet program writes, so it was not read. Open it \
         in Excel, save it under a new name, then choose the new file."
    )]
    Unsafe(&'static str),
    /// Larger than the limits.
    #[error(
        "The file is too large: {what}. Take out the sheets and columns that no list needs, or \
         divide it, then choose it again."
    )]
    TooLarge {
        /// What there is too much of, and the limit.
        what: String,
    },
    /// A workbook, with nothing in it.
    #[error(
        "The file has no rows in it. Export it again from the case system, then choose the new \
         file."
    )]
    NothingInIt,
    /// Too many at once.
    #[error("The files are too many or too large together: {what}. Choose them in two parts.")]
    TooMany {
        /// What there is too much of, and the limit.
        what: String,
    },
    /// A text or workbook in which no row can be headings.
    #[error(
        "This file has no row of headings, so that nobody can say what its columns are. Choose a \
         list with a heading above each column."
    )]
    NoHeadings,
    /// Texts of another kind.
    #[error(
        "None of these files ({files}) has the headings of the tables that were looked for. The \
         first row of each must be its headings; choose the files that have them."
    )]
    NoTables {
        /// The files' names, the first few.
        files: String,
    },
    /// A workbook of another kind.
    #[error(
        "This is a workbook, but none of its sheets ({sheets}) has the headings of a list of \
         Ofsted's Annex A. Choose the Annex A workbook; its headings can be in any order, and \
         titles above them do no harm."
    )]
    NoLists {
        /// The sheets' names, the first few.
        sheets: String,
    },
    /// It is not the return that it should be.
    #[error(transparent)]
    NotAReturn(#[from] NotAReturn),
}
