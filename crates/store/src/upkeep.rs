//! What was done to keep the database itself, and whether it went well.

use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// Backups, test restores, exports and the like.
#[derive(Debug, Clone)]
pub struct Upkeep(pub(crate) Arc<Engine>);

/// A kind of upkeep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpkeepKind {
    /// A backup was made, and restored to try it.
    Backup,
    /// A backup was restored as a drill, or in earnest.
    Restore,
    /// Everything was exported as open files.
    Export,
}

impl UpkeepKind {
    /// As it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Restore => "restore_test",
            Self::Export => "export",
        }
    }

    fn deed(self) -> &'static str {
        match self {
            Self::Backup => "upkeep.backup",
            Self::Restore => "upkeep.restore",
            Self::Export => "upkeep.export",
        }
    }
}

/// One piece of upkeep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// When.
    pub at: Timestamp,
    /// Whether it went well.
    pub ok: bool,
    /// What came of it.
    pub detail: String,
}

impl Upkeep {
    /// Notes what was done.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn note(
        &self,
        stamp: &Stamp,
        kind: UpkeepKind,
        ok: bool,
        detail: &str,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query =
            "insert into upkeep (kind, at, ok, detail) values ($1, $2, $3, $4) returning id";
        let values = [kind.code().into(), sql::time(stamp.at), ok.into(), detail.into()];
        let id: i64 = sql::one(&*change, query, values).await?.get("id")?;
        let payload = json!({ "ok": ok, "detail": detail });
        change.keep(Entry { deed: kind.deed(), on: format!("upkeep {id}"), payload }).await
    }

    /// The last of its kind, whether it went well or not.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn last(&self, kind: UpkeepKind) -> Result<Option<Kept>, Fault> {
        self.newest(kind, "").await
    }

    /// The last of its kind that went well.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn last_good(&self, kind: UpkeepKind) -> Result<Option<Kept>, Fault> {
        self.newest(kind, "and ok").await
    }

    async fn newest(&self, kind: UpkeepKind, and: &str) -> Result<Option<Kept>, Fault> {
        let query = format!(
            "select at, ok, detail from upkeep where kind = $1 {and} order by id desc limit 1"
        );
        let row = sql::first(&self.0.read, &query, [kind.code().into()]).await?;
        let kept = |row: &sql::Row| -> Result<Kept, Fault> {
            Ok(Kept { at: row.time("at")?, ok: row.get("ok")?, detail: row.get("detail")? })
        };
        row.as_ref().map(kept).transpose()
    }
}
