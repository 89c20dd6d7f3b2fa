//! A fresh, empty database on either engine.

use tempfile::TempDir;

use crate::postgres;

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The one for several servers.
    Postgres,
}

/// A fresh database, which is gone when this is dropped or the tests end.
#[derive(Debug)]
pub struct Fresh {
    /// Its address, as `--database` takes it.
    pub address: String,
    folder: Option<TempDir>,
}

impl Fresh {
    /// An empty database.
    ///
    /// # Panics
    /// Stops the test, with a sentence that says what to install, if PostgreSQL is not there.
    pub fn on(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = TempDir::new().expect("a temporary folder");
                let address = format!("sqlite:{}", folder.path().join("test.sqlite").display());
                Self { address, folder: Some(folder) }
            }
            Engine::Postgres => Self { address: postgres::fresh_database(), folder: None },
        }
    }

    /// A database that somebody else made, and keeps.
    pub fn at(address: impl Into<String>) -> Self {
        Self { address: address.into(), folder: None }
    }

    /// The database's file, on SQLite.
    pub fn file(&self) -> Option<std::path::PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().join("test.sqlite"))
    }
}
