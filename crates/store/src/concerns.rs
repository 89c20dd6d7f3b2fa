//! Children who may be unsafe now: what was raised, what followed, and who was told.

use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::concern::clock::{Clock, Level};
use quarterlight_domain::concern::notice::Notice;
use quarterlight_domain::concern::{Acknowledged, Concern, NewConcern, Stage};
use quarterlight_domain::id::{ConcernId, PersonId};
use quarterlight_domain::stamp::{Stamp, moment_in_england};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::records::CURRENT;
use crate::sql;

mod mail;
mod read;

pub use mail::{Mailed, ToTell};

/// Children who may be unsafe now.
#[derive(Debug, Clone)]
pub struct Concerns(pub(crate) Arc<Engine>);

/// A concern as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConcernLine {
    /// The concern.
    pub concern: Concern,
    /// Its clock, as it was set when it was raised.
    pub clock: Clock,
    /// The record's reference.
    pub reference: Reference,
    /// Who raised it.
    pub raised_by: String,
    /// Who acknowledged or withdrew it.
    pub stepped_by: Option<String>,
    /// Who closed it.
    pub closed_by: Option<String>,
}

/// Somebody who was told of a concern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// At which level, and whom.
    pub notice: Notice,
    /// Their name.
    pub name: String,
    /// When they were to be told.
    pub due_at: Timestamp,
    /// When it was noted that they are.
    pub at: Timestamp,
    /// What became of their email, and when; none while none was tried.
    pub mail: Option<(Mailed, Timestamp)>,
}

impl Concerns {
    /// Keeps a concern and who is told at once, in one transaction. None if this form came before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn raise(
        &self,
        stamp: &Stamp,
        new: &NewConcern,
        clock: &Clock,
        notices: &[Notice],
    ) -> Result<Option<ConcernId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // Where the record is now, or where it was when the audit was assigned.
        let query = format!(
            "insert into concern (form_key, record_id, audit_id, after_submission, raised_by, \
             raised_at, seen, spoken_to, spoken_at, why_before, due_at, senior_at, authority_at, \
             team_id) values ($1, $2, cast($3 as bigint), $4, $5, $6, $7, cast($8 as text), \
             cast($9 as {{time}}), cast($10 as text), $11, $12, $13, coalesce( \
             (select team_id from case_list_line where record_id = $2 and case_list_id = ({CURRENT})), \
             (select line.team_id from audit join case_list_line line on line.id = audit.line_id \
             where audit.id = cast($3 as bigint)))) \
             on conflict (form_key) do nothing returning id"
        );
        let query = sql::with_types(&*change, &query);
        let spoken = new.spoken.as_ref();
        let to = spoken.map(|it| it.to.words().to_owned());
        let spoken_at = spoken.map(|it| it.at);
        let why_before = spoken.and_then(|it| it.why_before.as_ref());
        let why_before = why_before.map(|why| why.words().to_owned());
        let values = [
            new.form_key.clone().into(),
            new.record.0.into(),
            new.audit.map(|id| id.0).into(),
            new.after_submission.into(),
            sql::by(stamp),
            sql::time(stamp.at),
            new.seen.words().into(),
            to.clone().into(),
            sql::maybe_time(spoken_at),
            why_before.clone().into(),
            sql::time(clock.due),
            sql::time(clock.senior),
            sql::time(clock.authority),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(None) };
        let id = row.id("id", ConcernId)?;
        tell(&change, stamp, id, clock, notices).await?;
        let payload = json!({
            "record": new.record.0, "audit": new.audit.map(|id| id.0), "seen": new.seen.words(),
            "spoken_to": to, "spoken_at": spoken_at.map(|at| at.to_string()),
            "why_before": why_before, "due": clock.due.to_string(), "told": in_words(notices),
        });
        let on = format!("concern {id}");
        change.keep(Entry { deed: "concern.raise", on, payload }).await?;
        Ok(Some(id))
    }

    /// Tells those who have not been told at their level yet, and says how many that were: none once
    /// somebody has acknowledged the concern.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn escalate(
        &self,
        stamp: &Stamp,
        id: ConcernId,
        clock: &Clock,
        notices: &[Notice],
    ) -> Result<u64, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "select 1 as waits from concern where id = $1 and not exists ( \
             select 1 from concern_step where concern_step.concern_id = concern.id)";
        if sql::first(&*change, query, [id.0.into()]).await?.is_none() {
            return Ok(0);
        }
        let told = tell(&change, stamp, id, clock, notices).await?;
        if told == 0 {
            return Ok(0);
        }
        let payload = json!({ "told": in_words(notices), "new": told });
        let on = format!("concern {id}");
        change.keep(Entry { deed: "concern.escalate", on, payload }).await?;
        Ok(told)
    }

    /// Keeps that somebody acknowledged a concern. False if somebody else was quicker.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn acknowledge(
        &self,
        stamp: &Stamp,
        id: ConcernId,
        acknowledged: &Acknowledged,
    ) -> Result<bool, Fault> {
        let Acknowledged { by, at, doing } = acknowledged;
        self.step(stamp, id, (1, "acknowledged", "concern.acknowledge"), (*by, *at, doing.words()))
            .await
    }

    /// Keeps that a concern is closed or withdrawn. False if somebody else was quicker, or if
    /// that is no end.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end(&self, stamp: &Stamp, id: ConcernId, stage: &Stage) -> Result<bool, Fault> {
        match stage {
            Stage::Closed { by, at, outcome, .. } => {
                let step = (2, "closed", "concern.close");
                self.step(stamp, id, step, (*by, *at, outcome.words())).await
            }
            Stage::Withdrawn { by, at, why } => {
                let step = (1, "withdrawn", "concern.withdraw");
                self.step(stamp, id, step, (*by, *at, why.words())).await
            }
            Stage::Raised | Stage::Acknowledged(_) => Ok(false),
        }
    }

    /// How many concerns were raised in a quarter, and how many of them were acknowledged in time.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn counts(&self, quarter: Quarter) -> Result<(u32, u32), Fault> {
        // The moments at which the quarter and the next one begin in England.
        let begins = |quarter: Quarter| {
            moment_in_england(quarter.first_day().to_datetime(jiff::civil::Time::midnight()))
        };
        let query = "select count(*) as raised, \
             coalesce(sum(case when step.at <= concern.due_at then 1 else 0 end), 0) as in_time \
             from concern left join concern_step step on step.concern_id = concern.id \
                 and step.place = 1 and step.kind = 'acknowledged' \
             where concern.raised_at >= $1 and concern.raised_at < $2";
        let values = [sql::time(begins(quarter)), sql::time(begins(quarter.after()))];
        let row = sql::one(&self.0.read, query, values).await?;
        Ok((row.count("raised")?, row.count("in_time")?))
    }

    async fn step(
        &self,
        stamp: &Stamp,
        id: ConcernId,
        (place, kind, deed): (i64, &'static str, &'static str),
        (by, at, words): (PersonId, Timestamp, &str),
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // The second step follows an acknowledgement and nothing else.
        let query = "insert into concern_step (concern_id, place, kind, by_id, at, words) \
             select concern.id, cast($2 as bigint), $3, cast($4 as bigint), cast($5 as {time}), $6 \
             from concern where concern.id = $1 and (cast($2 as bigint) = 1 or exists ( \
                 select 1 from concern_step before where before.concern_id = concern.id \
                 and before.kind = 'acknowledged')) \
             on conflict (concern_id, place) do nothing";
        let query = sql::with_types(&*change, query);
        let values =
            [id.0.into(), place.into(), kind.into(), by.0.into(), sql::time(at), words.into()];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "words": words });
        change.keep(Entry { deed, on: format!("concern {id}"), payload }).await?;
        Ok(true)
    }
}

/// Keeps who is told, in one statement, and says how many had not been.
async fn tell(
    change: &Change<'_>,
    stamp: &Stamp,
    id: ConcernId,
    clock: &Clock,
    notices: &[Notice],
) -> Result<u64, Fault> {
    if notices.is_empty() {
        return Ok(0);
    }
    let query = format!(
        "insert into concern_notice (concern_id, level, person_id, due_at, at) values {} \
         on conflict (concern_id, level, person_id) do nothing",
        sql::tuples(&**change, notices.len(), 5)
    );
    let values = notices.iter().flat_map(|notice| {
        [
            id.0.into(),
            notice.level.code().into(),
            notice.person.0.into(),
            sql::time(clock.told_at(notice.level)),
            sql::time(stamp.at),
        ]
    });
    sql::run(&**change, &query, values).await
}

fn in_words(notices: &[Notice]) -> Vec<String> {
    notices.iter().map(|it| format!("person {} as {}", it.person, it.level.code())).collect()
}

fn level(code: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.code() == code)
}
