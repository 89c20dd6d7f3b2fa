//! The machine failed, or what is kept is damaged.

use sea_orm::{DbErr, SqlErr};

/// Why something could not be read or kept. It completes the words "could not …".
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database did not do what was asked.
    #[error("ask the database: {0}")]
    Database(#[from] DbErr),
    /// A row says something that cannot be.
    #[error("read a damaged row: {what} in column {column}")]
    Damaged {
        /// The column.
        column: String,
        /// What is wrong with it. Never the value itself, which may be personal.
        what: &'static str,
    },
    /// The database is set up so that it could lose what was saved.
    #[error("open a database that could lose what was saved: {0}")]
    Unsafe(String),
    /// The address of the database is not one that we know.
    #[error("open the database: give its address as sqlite:FILE or postgres://…")]
    Address,
    /// An export could not be written or taken in. The words say what.
    #[error("take everything out or in: {0}")]
    Export(String),
    /// The schema is newer than this program.
    #[error("open a database that a newer Quarterlight has changed: use that one, or a backup")]
    Newer,
}

impl Fault {
    /// True if the same thing was there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(
            self,
            Self::Database(error)
                if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
        )
    }

    pub(crate) fn damaged(column: &str, what: &'static str) -> Self {
        Self::Damaged { column: column.to_owned(), what }
    }
}
