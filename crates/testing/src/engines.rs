//! A fresh, empty database on either engine.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::OnceLock;
use std::thread;

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

    /// The same, closed by whoever made it, to be copied as often as anybody likes.
    ///
    /// # Panics
    /// Stops the test if its file cannot be read.
    pub fn as_mould(&self) -> Mould {
        match self.file() {
            Some(file) => Mould::Sqlite(fs::read(file).expect("a database that was closed")),
            None => Mould::Postgres(self.address.clone()),
        }
    }

    /// The database's file, on SQLite.
    pub fn file(&self) -> Option<std::path::PathBuf> {
        self.folder.as_ref().map(|folder| folder.path().join("test.sqlite"))
    }
}

/// What is made once on each engine, however many tests ask for it.
#[derive(Debug)]
pub struct OnEach<T> {
    sqlite: OnceLock<T>,
    postgres: OnceLock<T>,
}

impl<T: Send> OnEach<T> {
    /// Nothing is made yet.
    pub const fn new() -> Self {
        Self { sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// What was made on an engine, or is made now: on a thread of its own, because the connections
    /// of a runtime end with it, and a test may run in one.
    ///
    /// # Panics
    /// Stops the test if it cannot be made.
    pub fn of(&self, engine: Engine, make: impl FnOnce() -> T + Send) -> &T {
        let place = match engine {
            Engine::Sqlite => &self.sqlite,
            Engine::Postgres => &self.postgres,
        };
        place.get_or_init(|| {
            let made = thread::scope(|scope| scope.spawn(make).join());
            made.expect("what every test has a copy of")
        })
    }
}

impl<T: Send> Default for OnEach<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// A database as it stood once. Making it takes seconds and copying it takes none, so that every test
/// has one of its own that no other test has touched.
#[derive(Debug)]
pub enum Mould {
    /// What stands in its file.
    Sqlite(Vec<u8>),
    /// Its address. Nobody may be connected to it while it is copied.
    Postgres(String),
}

impl Mould {
    /// A copy, which only its owner can read.
    ///
    /// # Panics
    /// Stops the test if it cannot be copied.
    pub fn copy(&self) -> Fresh {
        match self {
            Mould::Sqlite(bytes) => {
                let fresh = Fresh::on(Engine::Sqlite);
                let file = fresh.file().expect("a database in a file");
                fs::write(&file, bytes).expect("room for a copy");
                let owner_alone = fs::Permissions::from_mode(0o600);
                fs::set_permissions(&file, owner_alone).expect("a file of our own");
                fresh
            }
            Mould::Postgres(address) => Fresh::at(postgres::copy_of(address)),
        }
    }
}
