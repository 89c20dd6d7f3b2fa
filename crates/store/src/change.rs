//! The one way to write: a transaction that cannot be kept without its line in the journal.

use std::ops::Deref;

use quarterlight_domain::stamp::Stamp;
use sea_orm::DatabaseTransaction;
use serde_json::Value;

use crate::engine::Engine;
use crate::fault::Fault;
use crate::journal;

/// What the journal says of a change.
pub struct Entry {
    /// What was done, as noun and verb: `audit.answer`.
    pub deed: &'static str,
    /// To what, by its id: `audit 12`.
    pub on: String,
    /// The personal part: what was said before and after. It can be removed by retention.
    pub payload: Value,
}

/// A change under way. Dropped without [`Change::keep`], it never happened.
pub struct Change<'a> {
    stamp: &'a Stamp,
    engine: &'a Engine,
    transaction: DatabaseTransaction,
}

impl<'a> Change<'a> {
    /// Begins a change.
    pub async fn begin(engine: &'a Engine, stamp: &'a Stamp) -> Result<Self, Fault> {
        Ok(Self { stamp, engine, transaction: engine.begin().await? })
    }

    /// Writes a line in the journal where one change has several. They are kept with the last one.
    pub async fn note(&self, entry: &Entry) -> Result<(), Fault> {
        journal::append(&self.transaction, self.stamp, entry, (self.engine.chance)()).await
    }

    /// Writes the line in the journal and keeps both, or neither.
    pub async fn keep(self, entry: Entry) -> Result<(), Fault> {
        journal::append(&self.transaction, self.stamp, &entry, (self.engine.chance)()).await?;
        self.transaction.commit().await?;
        Ok(())
    }
}

/// Statements run inside the change.
impl Deref for Change<'_> {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}
