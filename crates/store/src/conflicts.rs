//! What keeps auditors from records: conflicts as they were declared.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::conflict::{Conflict, Declaration, Subject};
use quarterlight_domain::id::{ConflictId, PersonId, PlaceId, RecordId, WorkerId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_domain::ties::Ties;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};
use crate::workers::Workers;

/// What keeps auditors from records.
#[derive(Debug, Clone)]
pub struct Conflicts(pub(crate) Arc<Engine>);

/// A conflict as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredConflict {
    /// The conflict.
    pub conflict: Conflict,
    /// Who keeps away.
    pub person: String,
    /// From what: a record's reference, a worker's name or a place's.
    pub subject: String,
}

impl Conflicts {
    /// All that is recorded of who is close to which records, for finding somebody independent: two
    /// statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn ties(&self) -> Result<Ties, Fault> {
        let query = format!("{SELECT} order by conflict.id");
        let rows = sql::all(&self.0.read, &query, []).await?;
        let conflicts = rows.iter().map(|row| Ok(line(row)?.conflict));
        let conflicts = conflicts.collect::<Result<_, Fault>>()?;
        Ok(Ties { conflicts, lines: Workers(Arc::clone(&self.0)).lines().await? })
    }

    /// Everybody's conflicts, or one person's; the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn list(&self, person: Option<PersonId>) -> Result<Vec<DeclaredConflict>, Fault> {
        let query = format!(
            "{SELECT} where (cast($1 as bigint) is null or conflict.person_id = $1) \
             order by conflict.from_day desc, conflict.id desc"
        );
        let values = [person.map(|id| id.0).into()];
        sql::all(&self.0.read, &query, values).await?.iter().map(line).collect()
    }

    /// The conflict with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: ConflictId) -> Result<Option<DeclaredConflict>, Fault> {
        let query = format!("{SELECT} where conflict.id = $1");
        sql::first(&self.0.read, &query, [id.0.into()]).await?.as_ref().map(line).transpose()
    }

    /// Keeps a conflict. None if the very same one is kept already: the form came twice.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn declare(
        &self,
        stamp: &Stamp,
        new: &Declaration,
    ) -> Result<Option<ConflictId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // Taken first, so that two of the same wait for one another.
        let taken = "update person set name = name where id = $1";
        sql::run(&*change, taken, [new.person.0.into()]).await?;
        let (mut record, mut worker, mut place) = (None, None, None);
        match new.subject {
            Subject::Record(id) => record = Some(id.0),
            Subject::Worker(id) => worker = Some(id.0),
            Subject::Place(id) => place = Some(id.0),
        }
        let query = "insert into conflict \
             (person_id, record_id, worker_id, place_id, from_day, until_day, why) \
             select $1, cast($2 as bigint), cast($3 as bigint), cast($4 as bigint), $5, \
                 cast($6 as {day}), cast($7 as text) \
             where not exists (select 1 from conflict where person_id = $1 \
                 and coalesce(record_id, 0) = coalesce(cast($2 as bigint), 0) \
                 and coalesce(worker_id, 0) = coalesce(cast($3 as bigint), 0) \
                 and coalesce(place_id, 0) = coalesce(cast($4 as bigint), 0) \
                 and from_day = $5 and coalesce(why, '') = coalesce(cast($7 as text), '') \
                 and (until_day is null and cast($6 as {day}) is null or until_day = $6)) \
             returning id";
        let query = sql::with_types(&*change, query);
        let why = new.why.as_ref().map(|why| why.words().to_owned());
        let values = [
            new.person.0.into(),
            record.into(),
            worker.into(),
            place.into(),
            sql::day(new.from),
            sql::maybe_day(new.until),
            why.clone().into(),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(None) };
        let id = row.id("id", ConflictId)?;
        let payload = json!({
            "person": new.person.0, "record": record, "worker": worker, "place": place,
            "from": new.from.to_string(), "until": new.until.map(|day| day.to_string()), "why": why,
        });
        change
            .keep(Entry { deed: "conflict.declare", on: format!("conflict {id}"), payload })
            .await?;
        Ok(Some(id))
    }

    /// Says on which day a conflict counts for the last time. False if it has that end already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end(
        &self,
        stamp: &Stamp,
        id: ConflictId,
        until: Date,
        because: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "update conflict set until_day = $2 \
             where id = $1 and (until_day is null or until_day > $2)";
        if sql::run(&*change, query, [id.0.into(), sql::day(until)]).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "until": until.to_string(), "because": because.words() });
        change.keep(Entry { deed: "conflict.end", on: format!("conflict {id}"), payload }).await?;
        Ok(true)
    }
}

const SELECT: &str = "select conflict.id, conflict.person_id, person.name as person, \
     conflict.record_id, conflict.worker_id, conflict.place_id, conflict.from_day, \
     conflict.until_day, conflict.why, \
     coalesce(record.reference, worker.name, place.name) as subject \
     from conflict join person on person.id = conflict.person_id \
     left join record on record.id = conflict.record_id \
     left join worker on worker.id = conflict.worker_id \
     left join place on place.id = conflict.place_id";

fn line(row: &Row) -> Result<DeclaredConflict, Fault> {
    let record = row.maybe_id("record_id", RecordId)?.map(Subject::Record);
    let worker = row.maybe_id("worker_id", WorkerId)?.map(Subject::Worker);
    let place = row.maybe_id("place_id", PlaceId)?.map(Subject::Place);
    let why = row.get::<Option<String>>("why")?;
    Ok(DeclaredConflict {
        conflict: Conflict {
            id: row.id("id", ConflictId)?,
            declared: Declaration {
                person: row.id("person_id", PersonId)?,
                subject: record
                    .or(worker)
                    .or(place)
                    .ok_or_else(|| Fault::damaged("subject", "a conflict is with nothing"))?,
                from: row.day("from_day")?,
                until: row.maybe_day("until_day")?,
                why: why.and_then(|why| Reason::new(&why).ok()),
            },
        },
        person: row.get("person")?,
        subject: row.get("subject")?,
    })
}
