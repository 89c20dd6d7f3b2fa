//! How the database is running and what waits in it, for whoever looks after the program.

use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::hex::hex;
use sea_orm::DbBackend;

use crate::engine::Engine;
use crate::fault::Fault;
use crate::{migrator, sql};

/// How the database is running, and what waits in it.
#[derive(Debug, Clone)]
pub struct Operations(pub(crate) Arc<Engine>);

/// What there is to say of it. Counts and moments; nothing of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// *SQLite 3.50.2*, or *PostgreSQL 15.14*.
    pub engine: String,
    /// The last step of the schema.
    pub schema: String,
    /// Steps by which the schema is behind this program.
    pub steps_behind: usize,
    /// Reminders in the queue.
    pub reminders: u32,
    /// Concerns that nobody has acknowledged.
    pub concerns: u32,
    /// Emails about those that were not sent yet.
    pub concern_mails: u32,
    /// Case lists that were read and wait to be taken in.
    pub case_lists: u32,
    /// Entries of the journal.
    pub entries: u32,
    /// The journal's last checkpoint: its size, and when it was taken.
    pub checkpoint: Option<(u32, Timestamp)>,
}

/// An entry of the journal without what it says of anybody: the very bytes that were hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenEntry {
    /// Its number.
    pub seq: i64,
    /// Its text.
    pub entry: String,
    /// Its leaf hash, in hexadecimal.
    pub leaf: String,
}

impl Operations {
    /// True if the database answers.
    ///
    /// # Errors
    /// Fails if it does not.
    pub async fn answers(&self) -> Result<(), Fault> {
        sql::one(&self.0.read, "select 1 as one", []).await?;
        Ok(())
    }

    /// How it is running. Three statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn standing(&self) -> Result<Standing, Fault> {
        let on = &self.0.read;
        let version = match self.0.read.get_database_backend() {
            DbBackend::Sqlite => "select sqlite_version() as version",
            _ => "select current_setting('server_version') as version",
        };
        let version: String = sql::one(on, version, []).await?.get("version")?;
        let name = match self.0.read.get_database_backend() {
            DbBackend::Sqlite => "SQLite",
            _ => "PostgreSQL",
        };
        let waits = "not exists (select 1 from concern_step step \
             where step.concern_id = concern.id)";
        let query = format!(
            "select (select max(version) from seaql_migrations) as step, \
             (select count(*) from reminder where outcome = 'queued') as reminders, \
             (select count(*) from concern where {waits}) as concerns, \
             (select count(*) from concern_notice notice \
                 join concern on concern.id = notice.concern_id \
                 left join concern_mail mail on mail.concern_id = notice.concern_id \
                 and mail.level = notice.level and mail.person_id = notice.person_id \
                 where {waits} and (mail.outcome is null or mail.outcome in ('waiting', 'taken'))) \
                 as concern_mails, \
             (select count(*) from case_list where taken_in_at is null and id > \
                 coalesce((select max(id) from case_list where taken_in_at is not null), 0)) \
                 as case_lists, \
             (select size from journal_head where id = 1) as entries, \
             (select max(size) from journal_checkpoint) as checkpoint_size, \
             (select max(made_at) from journal_checkpoint) as checkpoint_at"
        );
        let row = sql::one(on, &query, []).await?;
        let size = row.get::<Option<i64>>("checkpoint_size")?;
        let size = size.and_then(|it| u32::try_from(it).ok());
        Ok(Standing {
            engine: format!("{name} {version}"),
            schema: row.get("step")?,
            steps_behind: migrator::missing(&self.0.write).await?,
            reminders: row.count("reminders")?,
            concerns: row.count("concerns")?,
            concern_mails: row.count("concern_mails")?,
            case_lists: row.count("case_lists")?,
            entries: row.count("entries")?,
            checkpoint: size.zip(row.maybe_time("checkpoint_at")?),
        })
    }

    /// Entries of the journal from a number on, without what they say of anybody.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn entries(&self, from: i64, most: i64) -> Result<Vec<OpenEntry>, Fault> {
        let query = "select seq, entry, leaf from journal_entry where seq >= $1 \
             order by seq limit $2";
        let rows = sql::all(&self.0.read, query, [from.into(), most.into()]).await?;
        rows.iter()
            .map(|row| {
                let bytes: Vec<u8> = row.get("entry")?;
                Ok(OpenEntry {
                    seq: row.get("seq")?,
                    entry: String::from_utf8_lossy(&bytes).into_owned(),
                    leaf: hex(&row.get::<Vec<u8>>("leaf")?),
                })
            })
            .collect()
    }

    /// The journal's last checkpoint: its size, its root in hexadecimal, and when it was taken.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn checkpoint(&self) -> Result<Option<(u32, String, Timestamp)>, Fault> {
        let query = "select size, root, made_at from journal_checkpoint \
             order by size desc limit 1";
        let Some(row) = sql::first(&self.0.read, query, []).await? else { return Ok(None) };
        let root: Vec<u8> = row.get("root")?;
        Ok(Some((row.count("size")?, hex(&root), row.time("made_at")?)))
    }
}
