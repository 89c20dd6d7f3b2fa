//! Everything at once: copied as it is, or read out and taken in again as lines of text.
//!
//! Lines are the same for both engines, so that what one read out the other takes in, and nothing
//! is lost on the way: the journal keeps its root.

mod load;
mod read;
mod tables;

use std::path::Path;
use std::sync::Arc;

use sea_orm::DbBackend;

pub use self::load::Lines;
pub use self::tables::{Column, Kind, Table};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::{migrator, sql};

/// Everything that is kept.
#[derive(Debug, Clone)]
pub struct Whole(pub(crate) Arc<Engine>);

/// How many rows a table has, and the last number that it gave to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRows {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// The last number that the database gave, where it numbers rows: a number is never given twice.
    pub last_id: Option<i64>,
}

impl Whole {
    /// True on SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.0.read.get_database_backend() == DbBackend::Sqlite
    }

    /// The names of this program's steps, in order.
    pub fn steps_known() -> Vec<&'static str> {
        migrator::names()
    }

    /// True if the database has no table at all.
    ///
    /// # Errors
    /// Fails if the database cannot be asked.
    pub async fn is_empty(&self) -> Result<bool, Fault> {
        let query = if self.is_sqlite() {
            "select count(*) as tables from sqlite_master where name not like 'sqlite_%'"
        } else {
            "select count(*) as tables from pg_tables where schemaname = current_schema()"
        };
        Ok(sql::one(&self.0.read, query, []).await?.count("tables")? == 0)
    }

    /// Copies a SQLite database into a new file while it is in use: one read transaction, in which
    /// every row of every table is read and written anew, so that a damaged page is found and not
    /// copied. Nobody waits for it.
    ///
    /// # Errors
    /// Fails if the file is there already, on a full disk, and on a damaged database.
    pub async fn copy_to(&self, file: &Path) -> Result<(), Fault> {
        let name = file.display().to_string();
        sql::run(&self.0.read, "vacuum into $1", [name.into()]).await?;
        Ok(())
    }

    /// What the engine's own checks find wrong, each a sentence. PostgreSQL checks when it restores.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn wrong(&self) -> Result<Vec<String>, Fault> {
        if !self.is_sqlite() {
            return Ok(Vec::new());
        }
        let mut wrong = Vec::new();
        let query = "select integrity_check as said from pragma_integrity_check";
        for row in sql::all(&self.0.read, query, []).await? {
            let said: String = row.get("said")?;
            if said != "ok" {
                wrong.push(format!("The database is damaged: {said}."));
            }
        }
        let query = "select distinct \"table\" as name from pragma_foreign_key_check";
        for row in sql::all(&self.0.read, query, []).await? {
            let name: String = row.get("name")?;
            wrong.push(format!("A row of {name} belongs to something that is not there."));
        }
        Ok(wrong)
    }

    /// How many rows each table has, by its name.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn counts(&self) -> Result<Vec<(String, u64)>, Fault> {
        let tables = tables::described(&migrator::applied(&self.0.read).await?).await?;
        let each = tables.iter().map(|table| {
            let name = &table.name;
            format!("select '{name}' as name, count(*) as rows from \"{name}\"")
        });
        let query = each.collect::<Vec<_>>().join(" union all ");
        let rows = sql::all(&self.0.read, &format!("{query} order by 1"), []).await?;
        let count = |row: &sql::Row| {
            let rows: i64 = row.get("rows")?;
            Ok((row.get("name")?, rows.unsigned_abs()))
        };
        rows.iter().map(count).collect()
    }

    /// The version of PostgreSQL, as 15 or 17.
    ///
    /// # Errors
    /// Fails if the server cannot be asked.
    pub async fn postgres_version(&self) -> Result<u32, Fault> {
        let query = "select current_setting('server_version_num')::bigint / 10000 as version";
        sql::one(&self.0.read, query, []).await?.count("version")
    }

    /// Makes another, empty database on the same server.
    ///
    /// # Errors
    /// Fails if the role may not make one.
    pub async fn make_database(&self, name: &str) -> Result<(), Fault> {
        sql::run(&self.0.write, &format!("create database \"{name}\""), []).await?;
        Ok(())
    }

    /// Removes a database that [`Whole::make_database`] made.
    ///
    /// # Errors
    /// Fails if somebody else is using it.
    pub async fn remove_database(&self, name: &str) -> Result<(), Fault> {
        sql::run(&self.0.write, &format!("drop database if exists \"{name}\""), []).await?;
        Ok(())
    }
}
