//! What the rules about unusual looking ask of each look, and what somebody found of those pointed at.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use quarterlight_domain::access::unusual::{LookingRule, Pointed, Seen};
use quarterlight_domain::conflict::Subject;
use quarterlight_domain::id::{PersonId, RecordId, WorkerId};
use quarterlight_domain::person::{Person, Role};
use quarterlight_domain::stamp::{Stamp, day_in_england, moment_in_england};
use quarterlight_domain::text::Reason;
use quarterlight_domain::ties::Ties;
use serde_json::json;

use super::Looks;
use crate::change::{Change, Entry};
use crate::conflicts::Conflicts;
use crate::fault::Fault;
use crate::line;
use crate::people::People;
use crate::records::CURRENT;
use crate::sql::{self, Row};

/// What somebody found of looks that a rule had pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledLook {
    /// The rule.
    pub rule: LookingRule,
    /// The day.
    pub day: Date,
    /// Who had looked.
    pub person: PersonId,
    /// At which record; none where it was about several.
    pub record: Option<RecordId>,
    /// Who looked into it.
    pub by: String,
    /// What they found.
    pub words: String,
}

impl Looks {
    /// The looks from one day to another, with all that the rules ask. Five statements, however many looks.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn seen(&self, from: Date, until: Date) -> Result<Vec<Seen>, Fault> {
        let query = format!(
            "select look.person_id, look.record_id, look.at, look.glass_id, look.reason_id, \
             line.worker_id, worker.person_id as holder, {}, \
             cast(case when exists (select 1 from audit where audit.record_id = look.record_id \
                 and audit.auditor_id = look.person_id) then 1 else 0 end as bigint) as audits, \
             cast(case when exists (select 1 from audit where audit.record_id = look.record_id) \
                 or exists (select 1 from concern where concern.record_id = look.record_id) \
                 or exists (select 1 from filing_check where filing_check.record_id = look.record_id) \
                 then 1 else 0 end as bigint) as worked_on \
             from look left join case_list_line line on line.record_id = look.record_id \
                 and line.case_list_id = ({CURRENT}) \
             left join worker on worker.id = line.worker_id \
             left join team_path path on path.team_id = line.team_id \
             where look.at >= $1 and look.at < $2 order by look.id",
            line::PATH
        );
        let midnight = |day: Date| sql::time(moment_in_england(day.to_datetime(Time::midnight())));
        let until = until.tomorrow().unwrap_or(until);
        let rows = sql::all(&self.0.read, &query, [midnight(from), midnight(until)]).await?;
        let ties = Conflicts(Arc::clone(&self.0)).ties().await?;
        let people = People(Arc::clone(&self.0)).all().await?.into_iter();
        let people: BTreeMap<PersonId, Person> =
            people.map(|line| (line.person.id, line.person)).collect();
        rows.iter().map(|row| seen(row, &ties, &people)).collect()
    }

    /// The references of the records that were looked at from one day to another.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn references(
        &self,
        from: Date,
        until: Date,
    ) -> Result<BTreeMap<RecordId, String>, Fault> {
        let query = "select distinct record.id, record.reference from look \
             join record on record.id = look.record_id where look.at >= $1 and look.at < $2";
        let midnight = |day: Date| sql::time(moment_in_england(day.to_datetime(Time::midnight())));
        let until = until.tomorrow().unwrap_or(until);
        let rows = sql::all(&self.0.read, query, [midnight(from), midnight(until)]).await?;
        rows.iter().map(|row| Ok((row.id("id", RecordId)?, row.get("reference")?))).collect()
    }

    /// What somebody found of looks on these days.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn settled(&self, from: Date, until: Date) -> Result<Vec<SettledLook>, Fault> {
        let query = "select settled.rule, settled.day, settled.person_id, settled.record, \
             person.name as by_name, settled.words from unusual_settled settled \
             join person on person.id = settled.by_id \
             where settled.day >= $1 and settled.day <= $2 order by settled.id";
        let rows = sql::all(&self.0.read, query, [sql::day(from), sql::day(until)]).await?;
        rows.iter()
            .map(|row| {
                Ok(SettledLook {
                    rule: row.code("rule", LookingRule::from_code)?,
                    day: row.day("day")?,
                    person: row.id("person_id", PersonId)?,
                    record: Some(row.id("record", RecordId)?).filter(|id| id.0 != 0),
                    by: row.get("by_name")?,
                    words: row.get("words")?,
                })
            })
            .collect()
    }

    /// Keeps what somebody found of looks that a rule had pointed at. False if somebody was quicker, or
    /// if the looks are their own.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn settle(
        &self,
        stamp: &Stamp,
        pointed: &Pointed,
        words: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let record = pointed.record.map_or(0, |id| id.0);
        let query = "insert into unusual_settled \
             (rule, day, person_id, record, by_id, at, words) \
             select $1, $2, cast($3 as bigint), cast($4 as bigint), cast($5 as bigint), \
                 cast($6 as {time}), $7 where cast($3 as bigint) <> cast($5 as bigint) \
             on conflict (rule, day, person_id, record) do nothing returning id";
        let query = sql::with_types(&*change, query);
        let values = [
            pointed.rule.code().into(),
            sql::day(pointed.day),
            pointed.person.0.into(),
            record.into(),
            sql::by(stamp),
            sql::time(stamp.at),
            words.words().into(),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(false) };
        let id: i64 = row.get("id")?;
        let payload = json!({
            "rule": pointed.rule.code(), "day": pointed.day.to_string(),
            "person": pointed.person.0, "record": record, "words": words.words(),
        });
        let on = format!("unusual look {id}");
        change.keep(Entry { deed: "look.settle", on, payload }).await?;
        Ok(true)
    }
}

fn seen(row: &Row, ties: &Ties, people: &BTreeMap<PersonId, Person>) -> Result<Seen, Fault> {
    let person = row.id("person_id", PersonId)?;
    let record = row.id("record_id", RecordId)?;
    let at = row.time("at")?;
    let day = day_in_england(at);
    let worker = row.maybe_id("worker_id", WorkerId)?;
    let whereabouts = line::whereabouts(row)?;
    let conflict = ties.conflicts.iter().any(|conflict| {
        conflict.declared.person == person
            && conflict.counts_on(day)
            && match conflict.declared.subject {
                Subject::Record(id) => id == record,
                Subject::Worker(id) => worker == Some(id),
                Subject::Place(id) => whereabouts.is_within(id),
            }
    });
    let audits = row.get::<i64>("audits")? == 1;
    let manages = people
        .get(&person)
        .is_some_and(|person| person.is_over(Role::ServiceManager, &whereabouts, day));
    let holds = row.maybe_id("holder", PersonId)? == Some(person);
    Ok(Seen {
        person,
        record,
        at,
        by_glass: row.get::<Option<i64>>("glass_id")?.is_some(),
        restricted: row.get::<Option<i64>>("reason_id")?.is_some(),
        conflict,
        audits,
        has_task: holds || manages || row.get::<i64>("worked_on")? == 1,
    })
}
