//! What became of teams, their staff month by month, and the allocation protocol with its reasons.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::id::{PersonId, PlaceId, RecordId};
use quarterlight_domain::staffing::Staff;
use quarterlight_domain::staffing::exceptions::ForTheChild;
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

mod events;
mod protocols;

pub use events::KeptEvent as KeptPlaceEvent;
pub(crate) use events::history;
pub(crate) use protocols::all as all_protocols;
pub use protocols::{KeptAllocationProtocol, NewAllocationProtocol};

/// Teams, staff and who is advised to hold which records.
#[derive(Debug, Clone)]
pub struct Staffing(pub(crate) Arc<Engine>);

/// Staff of a month as they were given, with who gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenStaff {
    /// What was given.
    pub staff: Staff,
    /// Who gave it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// Why it was given.
    pub why: String,
    /// When.
    pub at: Timestamp,
    /// True if a later word on this month holds.
    pub is_superseded: bool,
}

/// A reason as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReason {
    /// The record.
    pub record: RecordId,
    /// To which advice, by its code.
    pub advice: String,
    /// What was said.
    pub why: ForTheChild,
    /// Who said it.
    pub by: Option<(PersonId, String)>,
    /// When.
    pub at: Timestamp,
}

impl Staffing {
    /// Keeps numbers of staff, each with its source. False if this form was kept before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn give(
        &self,
        stamp: &Stamp,
        staff: &[Staff],
        why: &Reason,
        form_key: &str,
    ) -> Result<bool, Fault> {
        if staff.is_empty() {
            return Ok(false);
        }
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into staff_given (form_key, why, kept_by, kept_at) \
             values ($1, $2, $3, $4) on conflict (form_key) do nothing returning id";
        let values = [form_key.into(), why.words().into(), sql::by(stamp), sql::time(stamp.at)];
        let Some(row) = sql::first(&*change, query, values).await? else { return Ok(false) };
        let given: i64 = row.get("id")?;
        let query = format!(
            "insert into staff_month (given_id, team_id, month, full_time, source) values {}",
            sql::tuples(&*change, staff.len(), 5)
        );
        let values = staff.iter().flat_map(|it| -> [Value; 5] {
            [
                given.into(),
                it.team.0.into(),
                sql::day(it.month),
                it.full_time.map(|it| i64::from(it.0)).into(),
                it.source.clone().into(),
            ]
        });
        sql::run(&*change, &query, values.collect::<Vec<_>>()).await?;
        let months = staff.iter().map(|it| {
            json!({
                "team": it.team.0, "month": it.month.to_string(), "source": it.source,
                "full_time": it.full_time.map(|it| it.to_string()),
            })
        });
        let payload = json!({ "why": why.words(), "staff": months.collect::<Vec<_>>() });
        let on = format!("staff given {given}");
        change.keep(Entry { deed: "staff.give", on, payload }).await?;
        Ok(true)
    }

    /// The staff of every team in the months of these days, as was last said; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn staff(&self, from: Date, until: Date) -> Result<Vec<Staff>, Fault> {
        staff(&self.0.read, from, until).await
    }

    /// The latest two hundred numbers that were given, those that were corrected included; one
    /// statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn given(&self) -> Result<Vec<GivenStaff>, Fault> {
        let query = "select month.team_id, month.month, month.full_time, month.source, \
             given.why, given.kept_at, person.name as kept_by, \
             exists (select 1 from staff_month later where later.team_id = month.team_id \
                 and later.month = month.month and later.given_id > month.given_id) as superseded \
             from staff_month month join staff_given given on given.id = month.given_id \
             left join person on person.id = given.kept_by \
             order by month.given_id desc, month.month desc, month.team_id limit 200";
        let row = |row: &Row| {
            Ok(GivenStaff {
                staff: read_staff(row)?,
                by: row.get("kept_by")?,
                why: row.get("why")?,
                at: row.time("kept_at")?,
                is_superseded: row.get("superseded")?,
            })
        };
        sql::all(&self.0.read, query, []).await?.iter().map(row).collect()
    }

    /// Keeps why a record is held otherwise than is advised. False if this form was kept before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn give_reason(
        &self,
        stamp: &Stamp,
        (record, advice): (RecordId, &str),
        why: &ForTheChild,
        form_key: &str,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into allocation_reason \
             (form_key, record_id, advice, reason, review_on, kept_by, kept_at) \
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (form_key) do nothing returning id";
        let values = [
            form_key.into(),
            record.0.into(),
            advice.into(),
            why.reason.words().into(),
            sql::day(why.review_on),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        let Some(row) = sql::first(&*change, query, values).await? else { return Ok(false) };
        let id: i64 = row.get("id")?;
        let payload = json!({
            "record": record.0, "advice": advice, "reason": why.reason.words(),
            "review_on": why.review_on.to_string(),
        });
        let on = format!("allocation reason {id}");
        change.keep(Entry { deed: "allocation.reason", on, payload }).await?;
        Ok(true)
    }

    /// The latest reason for each record and advice; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn reasons(&self) -> Result<Vec<KeptReason>, Fault> {
        reasons(&self.0.read).await
    }
}

/// The latest reason for each record and advice.
pub(crate) async fn reasons(on: &impl ConnectionTrait) -> Result<Vec<KeptReason>, Fault> {
    let query = "select said.record_id, said.advice, said.reason, said.review_on, said.kept_at, \
         said.kept_by, person.name from allocation_reason said \
         left join person on person.id = said.kept_by \
         where not exists (select 1 from allocation_reason later \
             where later.record_id = said.record_id and later.advice = said.advice \
             and later.id > said.id) order by said.id";
    let row = |row: &Row| {
        let by = row.maybe_id("kept_by", PersonId)?;
        let name: Option<String> = row.get("name")?;
        let reason = row.parse("reason", Reason::new)?;
        Ok(KeptReason {
            record: row.id("record_id", RecordId)?,
            advice: row.get("advice")?,
            why: ForTheChild { reason, review_on: row.day("review_on")? },
            by: by.zip(name),
            at: row.time("kept_at")?,
        })
    };
    sql::all(on, query, []).await?.iter().map(row).collect()
}

/// The staff of every team in the months of these days, as was last said.
pub(crate) async fn staff(
    on: &impl ConnectionTrait,
    from: Date,
    until: Date,
) -> Result<Vec<Staff>, Fault> {
    let query = "select month.team_id, month.month, month.full_time, month.source \
         from staff_month month where month.month >= $1 and month.month <= $2 \
         and not exists (select 1 from staff_month later where later.team_id = month.team_id \
             and later.month = month.month and later.given_id > month.given_id) \
         order by month.month, month.team_id";
    let values = [sql::day(from.first_of_month()), sql::day(until)];
    sql::all(on, query, values).await?.iter().map(read_staff).collect()
}

fn read_staff(row: &Row) -> Result<Staff, Fault> {
    Ok(Staff {
        team: row.id("team_id", PlaceId)?,
        month: row.day("month")?,
        full_time: hundredths(row, "full_time")?,
        source: row.get("source")?,
    })
}

/// A number in hundredths that may be missing.
fn hundredths(row: &Row, column: &str) -> Result<Option<Hundredths>, Fault> {
    let Some(number) = row.get::<Option<i64>>(column)? else { return Ok(None) };
    let number =
        u32::try_from(number).map_err(|_| Fault::damaged(column, "a number is out of range"))?;
    Ok(Some(Hundredths(number)))
}
