//! What SQLite and PostgreSQL must do differently: opening, settings, and the start of a write.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::fault::Fault;
use crate::sql;

/// How long a program waits for its turn at a file that others have.
const TURN: Duration = Duration::from_secs(5);

/// Gives random bytes. Only the program has the system's randomness; it hands it on through this.
pub type Chance = fn() -> [u8; 32];

/// Whether a save waits for the disk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Durability {
    /// What was acknowledged is on the disk, power cut or not.
    #[default]
    Full,
    /// Nothing waits for the disk: for a database that is thrown away when its making fails.
    Throwaway,
}

/// How to open a database.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:FILE` or `postgres://…`.
    pub address: String,
    /// Whether a save waits for the disk.
    pub durability: Durability,
    /// Where salts come from.
    pub chance: Chance,
}

/// An open database. SQLite has one connection that writes and several that read.
#[derive(Debug)]
pub struct Engine {
    pub(crate) read: DatabaseConnection,
    pub(crate) write: DatabaseConnection,
    pub(crate) chance: Chance,
}

/// Called with each statement's SQL, for counting them.
pub type Watcher = Arc<dyn Fn(&str) + Send + Sync>;

impl Engine {
    /// Opens the database and checks that it cannot lose what was saved.
    pub async fn open(settings: &Settings, watcher: Option<Watcher>) -> Result<Self, Fault> {
        let address = &settings.address;
        let (mut read, mut write) = if address.starts_with("sqlite:") {
            let write = connect(sqlite(settings, 1)).await?;
            (connect(sqlite(settings, 4)).await?, write)
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let pool = connect(postgres(settings)).await?;
            (pool.clone(), pool)
        } else {
            return Err(Fault::Address);
        };
        check_settings(&write, settings.durability).await?;
        if let Some(watcher) = watcher {
            for connection in [&mut read, &mut write] {
                let watcher = Arc::clone(&watcher);
                connection.set_metric_callback(move |info| watcher(&info.statement.sql));
            }
        }
        Ok(Self { read, write, chance: settings.chance })
    }

    /// Begins a write. On SQLite it takes the lock at once: one that takes it later fails under
    /// contention, because what it has read may no longer be true.
    pub async fn begin(&self) -> Result<DatabaseTransaction, Fault> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }
}

/// Connects, and takes its turn where several programs make one new file at the same moment: SQLite
/// turns its journal to WAL with a lock for which it lets nobody wait.
async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, Fault> {
    let since = Instant::now();
    loop {
        match Database::connect(options.clone()).await {
            Err(error) if is_locked(&error) && since.elapsed() < TURN => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            ended => return Ok(ended?),
        }
    }
}

/// True if SQLite says that somebody else has the file: busy, or busy with putting it right again
/// (SQLite, *Result and Error Codes*, 5 and 261).
fn is_locked(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else { return false };
    let code = error.as_database_error().and_then(DatabaseError::code);
    matches!(code.as_deref(), Some("5" | "261"))
}

fn sqlite(settings: &Settings, connections: u32) -> ConnectOptions {
    let synchronous = match settings.durability {
        Durability::Full => "FULL",
        Durability::Throwaway => "OFF",
    };
    let mut options = quiet(&settings.address);
    options.max_connections(connections).min_connections(1).map_sqlx_sqlite_opts(move |options| {
        options
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(TURN)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", synchronous)
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .pragma("cell_size_check", "ON")
            .pragma("cache_size", "-8000")
    });
    // SQLite ends a transaction by itself when the disk is full, and the library goes on as if it
    // were open: what it begins next is a part of one that nobody ends, and what is saved in that is
    // seen by nobody and gone with the process. Such a connection is closed, and not used again.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.before_acquire(|connection, _| {
            Box::pin(async move { Ok(!connection.is_in_transaction()) })
        })
    });
    options
}

fn postgres(settings: &Settings) -> ConnectOptions {
    let mut options = quiet(&settings.address);
    options.max_connections(10).set_application_name("quarterlight");
    options
}

/// Statements carry personal values, so they are not logged.
fn quiet(address: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(address);
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .acquire_timeout(Duration::from_secs(10));
    options
}

async fn check_settings(on: &DatabaseConnection, durability: Durability) -> Result<(), Fault> {
    if durability == Durability::Throwaway {
        return Ok(());
    }
    let refuse = |why: &str| Err(Fault::Unsafe(why.to_owned()));
    if on.get_database_backend() == DbBackend::Sqlite {
        let row = sql::one(on, "select synchronous as level from pragma_synchronous", []).await?;
        if row.get::<i64>("level")? < 2 {
            return refuse("SQLite's synchronous setting is below FULL");
        }
        let row = sql::one(on, "select journal_mode as mode from pragma_journal_mode", []).await?;
        if row.get::<String>("mode")? != "wal" {
            return refuse("SQLite's journal is not in WAL mode: is the file on a network drive?");
        }
    } else {
        for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
            let value = sql::one(on, "select current_setting($1) as value", [setting.into()]);
            let value: String = value.await?.get("value")?;
            if !matches!(value.as_str(), "on" | "remote_apply") {
                return refuse(&format!("PostgreSQL's {setting} is {value}"));
            }
        }
    }
    Ok(())
}
