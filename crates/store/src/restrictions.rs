//! Records that are restricted, and why somebody opens one.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::access::restriction::{NewRestriction, Restriction};
use quarterlight_domain::id::{PersonId, RecordId, RestrictionId};
use quarterlight_domain::stamp::{Stamp, day_in_england};
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::audits::OPEN;
use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Records that are restricted.
#[derive(Debug, Clone)]
pub struct Restrictions(pub(crate) Arc<Engine>);

/// Inside a query whose `$2` is a record and `$5` a day: whether the record is restricted.
pub const IS_RESTRICTED: &str = "exists (select 1 from restriction_standing restricted \
     where restricted.record_id = $2 and restricted.from_day <= $5 \
     and (restricted.until_day is null or restricted.until_day >= $5))";

impl Restrictions {
    /// Every restriction that ever was, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<Restriction>, Fault> {
        let query = format!("{SELECT} order by restriction.id desc");
        sql::all(&self.0.read, &query, []).await?.iter().map(read).collect()
    }

    /// The restriction with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: RestrictionId) -> Result<Option<Restriction>, Fault> {
        let query = format!("{SELECT} where restriction.id = $1");
        sql::first(&self.0.read, &query, [id.0.into()]).await?.as_ref().map(read).transpose()
    }

    /// The records that are restricted on a day. One statement, for the pages that list records.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn on(&self, day: Date) -> Result<BTreeSet<RecordId>, Fault> {
        let query = "select distinct record_id from restriction_standing \
             where from_day <= $1 and (until_day is null or until_day >= $1)";
        let rows = sql::all(&self.0.read, query, [sql::day(day)]).await?;
        rows.iter().map(|row| row.id("record_id", RecordId)).collect()
    }

    /// The references of the records that are restricted on a day, for the pages that list what was
    /// written about records.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn references_on(&self, day: Date) -> Result<BTreeSet<String>, Fault> {
        let query = "select distinct record.reference from restriction_standing standing \
             join record on record.id = standing.record_id where standing.from_day <= $1 \
             and (standing.until_day is null or standing.until_day >= $1)";
        let rows = sql::all(&self.0.read, query, [sql::day(day)]).await?;
        rows.iter().map(|row| row.get("reference")).collect()
    }

    /// Restricts a record. None if it is restricted with the same words already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn restrict(
        &self,
        stamp: &Stamp,
        new: &NewRestriction,
    ) -> Result<Option<RestrictionId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into record_restriction \
             (record_id, from_day, until_day, why, by_id, at) \
             select $1, $2, cast($3 as {day}), $4, cast($5 as bigint), cast($6 as {time}) \
             where not exists (select 1 from record_restriction same \
                 where same.record_id = $1 and same.from_day = $2 and same.why = $4 \
                 and (same.until_day = $3 or same.until_day is null and cast($3 as {day}) is null) \
                 and not exists (select 1 from record_restriction_lifted lifted \
                     where lifted.restriction_id = same.id)) \
             returning id";
        let query = sql::with_types(&*change, query);
        let values = [
            new.record.0.into(),
            sql::day(new.from),
            sql::maybe_day(new.until),
            new.why.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(None) };
        let id = row.id("id", RestrictionId)?;
        let payload = json!({
            "record": new.record.0, "from": new.from.to_string(),
            "until": new.until.map(|day| day.to_string()), "why": new.why.words(),
        });
        let on = format!("restriction {id}");
        change.keep(Entry { deed: "record.restrict", on, payload }).await?;
        Ok(Some(id))
    }

    /// Keeps that a restriction is lifted. False if it is already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn lift(
        &self,
        stamp: &Stamp,
        id: RestrictionId,
        why: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into record_restriction_lifted (restriction_id, by_id, at, why) \
             values ($1, $2, $3, $4) on conflict (restriction_id) do nothing";
        let values = [id.0.into(), sql::by(stamp), sql::time(stamp.at), why.words().into()];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "why": why.words() });
        let on = format!("restriction {id}");
        change.keep(Entry { deed: "record.lift-restriction", on, payload }).await?;
        Ok(true)
    }

    /// Whether somebody has an audit of the record to make.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn is_its_auditor(&self, person: PersonId, record: RecordId) -> Result<bool, Fault> {
        let query = format!(
            "select 1 as makes from audit where audit.auditor_id = $1 and audit.record_id = $2 \
             and audit.submitted_at is null and {OPEN} limit 1"
        );
        let values = [person.0.into(), record.0.into()];
        Ok(sql::first(&self.0.read, &query, values).await?.is_some())
    }

    /// Keeps why somebody opens a restricted record, and until when that opens it. Where no such
    /// record is restricted nothing is kept, and nothing tells the difference.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn say_why(
        &self,
        stamp: &Stamp,
        (person, record): (PersonId, RecordId),
        until: Timestamp,
        why: &Reason,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = format!(
            "insert into look_reason (person_id, record_id, at, until_at, why) \
             select cast($1 as bigint), cast($2 as bigint), cast($3 as {{time}}), \
                 cast($4 as {{time}}), $6 \
             where {IS_RESTRICTED} returning id"
        );
        let query = sql::with_types(&*change, &query);
        let values = [
            person.0.into(),
            record.0.into(),
            sql::time(stamp.at),
            sql::time(until),
            sql::day(day_in_england(stamp.at)),
            why.words().into(),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(()) };
        let id: i64 = row.get("id")?;
        let payload = json!({ "record": record.0, "why": why.words(), "until": until.to_string() });
        let on = format!("look-reason {id}");
        change.keep(Entry { deed: "record.say-why", on, payload }).await
    }
}

const SELECT: &str = "select restriction.id, restriction.record_id, record.reference, \
     restriction.from_day, restriction.until_day, restriction.why, restriction.by_id, \
     person.name as by_name, lifter.name as lifter, lifted.at as lifted_at, \
     lifted.why as lifted_why from record_restriction restriction \
     join record on record.id = restriction.record_id \
     join person on person.id = restriction.by_id \
     left join record_restriction_lifted lifted on lifted.restriction_id = restriction.id \
     left join person lifter on lifter.id = lifted.by_id";

fn read(row: &Row) -> Result<Restriction, Fault> {
    Ok(Restriction {
        id: row.id("id", RestrictionId)?,
        record: row.id("record_id", RecordId)?,
        reference: row.get("reference")?,
        from: row.day("from_day")?,
        until: row.maybe_day("until_day")?,
        why: row.get("why")?,
        by: row.id("by_id", PersonId)?,
        by_name: row.get("by_name")?,
        lifted: match row.maybe_time("lifted_at")? {
            Some(at) => Some((row.get("lifter")?, at, row.get("lifted_why")?)),
            None => None,
        },
    })
}
