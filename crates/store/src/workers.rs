//! The workers who hold records.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::id::{PersonId, PlaceId, WorkerId};
use quarterlight_domain::record::Worker;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::ties::Supervision;
use serde_json::json;

use crate::case_lists;
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

    /// The team of each worker whose registration is known, by that registration: the one that lists
    /// say, or else the only one whose records they hold on the list in use; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn teams_by_registration(&self) -> Result<BTreeMap<String, PlaceId>, Fault> {
        let query = format!(
            "select registration, coalesce({}, (select max(team_id) from case_list_line line \
                 where line.worker_id = worker.id and line.case_list_id = ( \
                     select id from case_list where taken_in_at is not null \
                     order by as_at desc, id desc limit 1) \
                 group by line.worker_id having count(distinct team_id) = 1)) as team_id \
             from worker where registration is not null order by id",
            case_lists::team_named("worker.team_name")
        );
        let mut teams = BTreeMap::new();
        for row in sql::all(&self.0.read, &query, []).await? {
            if let Some(team) = row.maybe_id("team_id", PlaceId)? {
                teams.insert(row.get::<String>("registration")?.to_ascii_uppercase(), team);
            }
        }
        Ok(teams)
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

    /// Every line of supervision that is recorded, the ended ones included; the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn lines(&self) -> Result<Vec<Supervision>, Fault> {
        let query = "select supervisor_id, worker_id, from_day, until_day from supervision \
             order by from_day desc, id desc";
        sql::all(&self.0.read, query, []).await?.iter().map(line).collect()
    }

    /// Says who supervises a worker from today on; nobody, to end it. Whoever did until now has
    /// done so until yesterday, and that goes on counting for as long as the rule says.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn supervise(
        &self,
        stamp: &Stamp,
        worker: WorkerId,
        supervisor: Option<PersonId>,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let is_there = "select count(*) as lines from supervision where worker_id = $1 \
             and until_day is null and (cast($2 as bigint) is null or supervisor_id = $2)";
        let values = [worker.0.into(), supervisor.map(|id| id.0).into()];
        let lines = sql::one(&*change, is_there, values).await?.count("lines")?;
        if (lines > 0) == supervisor.is_some() {
            return Ok(false);
        }
        let query = "update supervision set until_day = $2 \
             where worker_id = $1 and until_day is null";
        let yesterday = stamp.day().saturating_sub(1.day());
        sql::run(&*change, query, [worker.0.into(), sql::day(yesterday)]).await?;
        if let Some(supervisor) = supervisor {
            let query = "insert into supervision (supervisor_id, worker_id, from_day) \
                 values ($1, $2, $3)";
            let values = [supervisor.0.into(), worker.0.into(), sql::day(stamp.day())];
            sql::run(&*change, query, values).await?;
        }
        let payload = json!({ "supervisor": supervisor.map(|id| id.0) });
        let on = format!("worker {worker}");
        change.keep(Entry { deed: "worker.supervise", on, payload }).await?;
        Ok(true)
    }
}

fn line(row: &Row) -> Result<Supervision, Fault> {
    Ok(Supervision {
        supervisor: row.id("supervisor_id", PersonId)?,
        worker: row.id("worker_id", WorkerId)?,
        from: row.day("from_day")?,
        until: row.maybe_day("until_day")?,
    })
}

fn worker(row: &Row) -> Result<Worker, Fault> {
    Ok(Worker {
        id: row.id("id", WorkerId)?,
        name: row.get("name")?,
        experience: row.code("experience", Experience::from_code)?,
        person: row.maybe_id("person_id", PersonId)?,
    })
}
