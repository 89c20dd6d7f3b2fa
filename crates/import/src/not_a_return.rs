//! Why a file cannot be read as a statutory return, as a sentence for the person who chose it.

use thiserror::Error;

/// The file is no return that can be read. Each says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAReturn {
    /// It is something else.
    #[error(
        "This is not {expected}: {how}. Choose the file that the case system made for the \
         Department for Education."
    )]
    Another {
        /// What it should be.
        expected: &'static str,
        /// How it is seen that it is not.
        how: String,
    },
    /// It is cut short, or is not what it says that it is.
    #[error(
        "The file is damaged from line {line} on: {what}. Export it again from the case system, \
         then choose the new file."
    )]
    Damaged {
        /// What is wrong.
        what: String,
        /// The line, from 1.
        line: u32,
    },
    /// It holds what could do harm.
    #[error(
        "The file holds {0}, which no case system writes into a return, so it was not read. Export \
         it again from the case system, then choose the new file."
    )]
    Unsafe(&'static str),
    /// Larger than the limits.
    #[error("The file is too large: {0}. Choose the return of one authority for one year.")]
    TooLarge(String),
    /// A message from one machine to another.
    #[error(
        "This is a message of the Department for Education's Child Social Care API, which a case \
         system sends by itself; it has names of children in it, and was not read. Choose the \
         children in need census and the SSDA903 return of the same system: they say as much of \
         each record."
    )]
    Message,
}
