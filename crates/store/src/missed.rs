//! Closed cycles, and the audits that were not made in them.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{CycleId, RecordId};
use quarterlight_domain::missed::{Closing, Missed, MissedBecause};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::cycles;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Closed cycles, and the audits that were not made in them.
#[derive(Debug, Clone)]
pub struct MissedAudits(pub(crate) Arc<Engine>);

/// A drawn record whose audit is not submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// Who has its audit, if somebody has.
    pub auditor: Option<String>,
}

/// A cycle that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The day on which it was.
    pub on: Date,
    /// The audits that were not made, by reference.
    pub missed: Vec<(Reference, Missed)>,
}

impl MissedAudits {
    /// The records in the sample of a cycle whose audits are not submitted, by reference.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn undone(&self, cycle: CycleId) -> Result<Vec<Undone>, Fault> {
        let query = format!(
            "select record.id, record.reference, person.name as auditor {UNDONE} \
             order by record.reference"
        );
        let rows = sql::all(&self.0.read, &query, [cycle.0.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Undone {
                    record: row.id("id", RecordId)?,
                    reference: row.parse("reference", Reference::new)?,
                    auditor: row.get("auditor")?,
                })
            })
            .collect()
    }

    /// How a cycle was closed; none while it is open. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn closed(&self, cycle: CycleId) -> Result<Option<Closed>, Fault> {
        let query = "select closed_on from cycle_closed where cycle_id = $1";
        let row = sql::first(&self.0.read, query, [cycle.0.into()]).await?;
        let query = "select record.id, record.reference, audit_missed.why, audit_missed.words \
             from audit_missed join record on record.id = audit_missed.record_id \
             where audit_missed.cycle_id = $1 order by record.reference";
        let rows = sql::all(&self.0.read, query, [cycle.0.into()]).await?;
        let Some(row) = row else { return Ok(None) };
        let missed = rows.iter().map(missed).collect::<Result<_, Fault>>()?;
        Ok(Some(Closed { on: row.day("closed_on")?, missed }))
    }

    /// Closes a cycle. False if it was closed before, or if what is not made has changed since it
    /// was looked at; then nothing happens.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn close(
        &self,
        stamp: &Stamp,
        cycle: CycleId,
        closing: &Closing,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // Takes the cycle, so that nothing is assigned meanwhile, and every audit that is not
        // submitted, so that none of them can be.
        cycles::hold(&*change, cycle).await?;
        let query = "update audit set missed_on = $2 \
             where cycle_id = $1 and submitted_at is null and missed_on is null";
        sql::run(&*change, query, [cycle.0.into(), sql::day(stamp.day())]).await?;
        let query = "insert into cycle_closed (cycle_id, closed_on, closed_by) \
             values ($1, $2, $3) on conflict (cycle_id) do nothing";
        let values = [cycle.0.into(), sql::day(stamp.day()), sql::by(stamp)];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let query = format!("select record.id, audit.id as audit_id {UNDONE}");
        let undone = sql::all(&*change, &query, [cycle.0.into()]).await?;
        if undone.len() != closing.missed.len() {
            return Ok(false);
        }
        let mut said = Vec::new();
        for row in &undone {
            let record = row.id("id", RecordId)?;
            let Some(missed) = closing.missed.iter().find(|it| it.record == record) else {
                return Ok(false);
            };
            let words = missed.words.as_ref().map(|words| words.words().to_owned());
            let query = "insert into audit_missed (cycle_id, record_id, audit_id, why, words) \
                 values ($1, $2, $3, $4, $5)";
            let values = [
                cycle.0.into(),
                record.0.into(),
                row.get::<Option<i64>>("audit_id")?.into(),
                missed.why.code().into(),
                words.clone().into(),
            ];
            sql::run(&*change, query, values).await?;
            said.push(json!({ "record": record.0, "why": missed.why.code(), "words": words }));
        }
        let payload = json!({ "missed": said });
        change.keep(Entry { deed: "cycle.close", on: format!("cycle {cycle}"), payload }).await?;
        Ok(true)
    }
}

/// The records in the sample of a cycle whose audits are not submitted.
const UNDONE: &str = "from sampled join record on record.id = sampled.record_id \
     left join audit on audit.cycle_id = sampled.cycle_id \
         and audit.record_id = sampled.record_id \
     left join person on person.id = audit.auditor_id \
     where sampled.cycle_id = $1 and audit.submitted_at is null";

fn missed(row: &Row) -> Result<(Reference, Missed), Fault> {
    let words: Option<String> = row.get("words")?;
    let missed = Missed {
        record: row.id("id", RecordId)?,
        why: row.code("why", MissedBecause::from_code)?,
        words: words.and_then(|words| Reason::new(&words).ok()),
    };
    Ok((row.parse("reference", Reference::new)?, missed))
}
