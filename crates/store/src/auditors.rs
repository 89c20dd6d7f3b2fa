//! What is known of the auditors: how much they can do, and whether they hold records.

use std::sync::Arc;

use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// What is known of the auditors.
#[derive(Debug, Clone)]
pub struct Auditors(pub(crate) Arc<Engine>);

/// What is known of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditorLine {
    /// Who.
    pub person: PersonId,
    /// Audits that they can do in a cycle; zero while they are away, none if they have not said.
    pub capacity: Option<u32>,
    /// True once somebody has said that they hold no records.
    pub holds_none: bool,
}

impl Auditors {
    /// Everybody of whom something is known.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<AuditorLine>, Fault> {
        let query = "select person_id, capacity, holds_none from auditor order by person_id";
        let rows = sql::all(&self.0.read, query, []).await?;
        rows.iter()
            .map(|row| {
                let capacity: Option<i64> = row.get("capacity")?;
                Ok(AuditorLine {
                    person: row.id("person_id", PersonId)?,
                    capacity: capacity.and_then(|capacity| u32::try_from(capacity).ok()),
                    holds_none: row.get("holds_none")?,
                })
            })
            .collect()
    }

    /// Says how much an auditor can do, and whether they hold records.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn describe(&self, stamp: &Stamp, line: &AuditorLine) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into auditor (person_id, capacity, holds_none) values ($1, $2, $3) \
             on conflict (person_id) do update set \
                 capacity = excluded.capacity, holds_none = excluded.holds_none";
        let capacity = line.capacity.map(i64::from);
        let values = [line.person.0.into(), capacity.into(), line.holds_none.into()];
        sql::run(&*change, query, values).await?;
        let payload = json!({ "capacity": capacity, "holds_none": line.holds_none });
        let on = format!("person {}", line.person);
        change.keep(Entry { deed: "auditor.describe", on, payload }).await
    }
}
