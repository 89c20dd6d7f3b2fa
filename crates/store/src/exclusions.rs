//! Records that are excluded by name from a cycle's draw, each with a reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::id::{CycleId, ExclusionId, RecordId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::cycles;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::records::CURRENT;
use crate::sql::{self, Row};

/// Records that are excluded by name from draws.
#[derive(Debug, Clone)]
pub struct Exclusions(pub(crate) Arc<Engine>);

/// A record that was excluded by name, and whether it still is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludedLine {
    /// The exclusion.
    pub id: ExclusionId,
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// Why, as it is published.
    pub reason: SwapReason,
    /// Why, in words.
    pub words: String,
    /// Who excluded it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// The day on which they did.
    pub on: Date,
    /// Why it was taken back, by whom and when; none while it stands.
    pub ended: Option<(String, Option<String>, Date)>,
}

/// True of an exclusion that was not taken back, for a query that names the table `excluded`.
pub const STANDS: &str = "not exists (select 1 from record_exclusion_ended ended \
     where ended.exclusion_id = excluded.id)";

impl Exclusions {
    /// Excludes an open record from the draw of a cycle. False if the sample is drawn, if the
    /// record is excluded already, or if it is not open.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing has changed.
    pub async fn exclude(
        &self,
        stamp: &Stamp,
        (cycle, record): (CycleId, RecordId),
        (reason, words): (SwapReason, &Reason),
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        cycles::hold(&*change, cycle).await?;
        let query = format!(
            "insert into record_exclusion \
             (cycle_id, record_id, reason, words, excluded_by, excluded_on) \
             select cycle.id, line.record_id, $3, $4, cast($5 as bigint), $6 \
             from cycle join case_list_line line \
             on line.record_id = $2 and line.case_list_id = ({CURRENT}) \
             where cycle.id = $1 \
             and not exists (select 1 from draw where draw.cycle_id = cycle.id) \
             and not exists (select 1 from record_exclusion excluded \
                 where excluded.cycle_id = cycle.id and excluded.record_id = line.record_id \
                 and {STANDS}) returning id"
        );
        let values = [
            cycle.0.into(),
            record.0.into(),
            reason.code().into(),
            words.words().into(),
            sql::by(stamp),
            sql::day(stamp.day()),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(false) };
        let id = row.id("id", ExclusionId)?;
        let payload = json!({ "cycle": cycle.0, "record": record.0, "reason": reason.code(), "words": words.words() });
        change
            .keep(Entry { deed: "record.exclude", on: format!("exclusion {id}"), payload })
            .await?;
        Ok(true)
    }

    /// Takes an exclusion back, so that the record can be drawn. False if the cycle has no such
    /// exclusion, if it was taken back before, or if the sample is drawn.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing has changed.
    pub async fn end(
        &self,
        stamp: &Stamp,
        (cycle, exclusion): (CycleId, ExclusionId),
        words: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        cycles::hold(&*change, cycle).await?;
        let query = format!(
            "insert into record_exclusion_ended (exclusion_id, words, ended_by, ended_on) \
             select excluded.id, $3, cast($4 as bigint), $5 from record_exclusion excluded \
             where excluded.id = $2 and excluded.cycle_id = $1 and {STANDS} \
             and not exists (select 1 from draw where draw.cycle_id = $1)"
        );
        let values = [
            cycle.0.into(),
            exclusion.0.into(),
            words.words().into(),
            sql::by(stamp),
            sql::day(stamp.day()),
        ];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let on = format!("exclusion {exclusion}");
        let payload = json!({ "cycle": cycle.0, "words": words.words() });
        change.keep(Entry { deed: "record.include", on, payload }).await?;
        Ok(true)
    }

    /// Every exclusion of a cycle, the earliest first, those taken back too.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_cycle(&self, cycle: CycleId) -> Result<Vec<ExcludedLine>, Fault> {
        let query = "select excluded.id, excluded.record_id, record.reference, excluded.reason, \
             excluded.words, person.name as by_name, excluded.excluded_on, \
             ended.words as ended_words, ender.name as ended_name, ended.ended_on \
             from record_exclusion excluded \
             join record on record.id = excluded.record_id \
             left join person on person.id = excluded.excluded_by \
             left join record_exclusion_ended ended on ended.exclusion_id = excluded.id \
             left join person ender on ender.id = ended.ended_by \
             where excluded.cycle_id = $1 order by excluded.id";
        sql::all(&self.0.read, query, [cycle.0.into()]).await?.iter().map(line).collect()
    }
}

/// The open records that are excluded from a cycle's draw now, and why.
pub async fn standing(
    on: &impl ConnectionTrait,
    cycle: CycleId,
) -> Result<BTreeMap<Reference, SwapReason>, Fault> {
    let query = format!(
        "select line.reference, excluded.reason from record_exclusion excluded \
         join case_list_line line on line.record_id = excluded.record_id \
         and line.case_list_id = ({CURRENT}) where excluded.cycle_id = $1 and {STANDS}"
    );
    let pair = |row: &Row| {
        Ok((row.parse("reference", Reference::new)?, row.code("reason", SwapReason::from_code)?))
    };
    sql::all(on, &query, [cycle.0.into()]).await?.iter().map(pair).collect()
}

fn line(row: &Row) -> Result<ExcludedLine, Fault> {
    let ended = match row.get::<Option<String>>("ended_words")? {
        Some(words) => Some((words, row.get("ended_name")?, row.day("ended_on")?)),
        None => None,
    };
    Ok(ExcludedLine {
        id: row.id("id", ExclusionId)?,
        record: row.id("record_id", RecordId)?,
        reference: row.parse("reference", Reference::new)?,
        reason: row.code("reason", SwapReason::from_code)?,
        words: row.get("words")?,
        by: row.get("by_name")?,
        on: row.day("excluded_on")?,
        ended,
    })
}
