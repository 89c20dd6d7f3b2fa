//! The workers who hold records.

use std::sync::Arc;

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::id::{PersonId, WorkerId};
use quarterlight_domain::record::Worker;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// The workers who hold records. They come with a case list; what it cannot say is added here.
#[derive(Debug, Clone)]
pub struct Workers(pub(crate) Arc<Engine>);

impl Workers {
    /// Every worker, by name.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<Worker>, Fault> {
        let query = "select id, name, experience, person_id from worker order by name";
        sql::all(&self.0.read, query, []).await?.iter().map(worker).collect()
    }

    /// Says how experienced a worker is, and whom they sign in as.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn describe(
        &self,
        stamp: &Stamp,
        id: WorkerId,
        experience: Experience,
        person: Option<PersonId>,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update worker set experience = $2, person_id = $3, \
             experience_by_hand = true where id = $1";
        let values = [id.0.into(), experience.code().into(), person.map(|id| id.0).into()];
        sql::run(&*change, query, values).await?;
        let payload = json!({ "experience": experience.code(), "person": person.map(|id| id.0) });
        change.keep(Entry { deed: "worker.describe", on: format!("worker {id}"), payload }).await
    }
}

fn worker(row: &Row) -> Result<Worker, Fault> {
    Ok(Worker {
        id: row.id("id", WorkerId)?,
        name: row.get("name")?,
        experience: row.code("experience", Experience::from_code)?,
        person: row.maybe_id("person_id", PersonId)?,
    })
}
