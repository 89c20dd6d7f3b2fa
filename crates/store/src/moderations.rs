//! Second readings: opened by one moderator, and kept step by step.

mod ending;
mod read;
mod returns;
mod rules;

use std::sync::Arc;

use quarterlight_domain::id::{AuditId, ModerationId};
use quarterlight_domain::moderation::pick::Why;
use quarterlight_domain::moderation::reading::Step;
use quarterlight_domain::moderation::second_reader::SecondReader;
use quarterlight_domain::stamp::Stamp;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

pub use read::InModeration;
pub use returns::Earlier;
pub use rules::KeptRule;

/// Second readings, and what came of them.
#[derive(Debug, Clone)]
pub struct Moderations(pub(crate) Arc<Engine>);

/// Finds something where a note of a moderator on the audit `$1` is not cleared.
pub const NOT_CLEARED: &str = "select 1 from moderation_note note \
     join moderation on moderation.id = note.moderation_id \
     left join moderation_note_done done on done.note_id = note.id \
     where moderation.audit_id = $1 and done.note_id is null";

/// Takes the audit's row, so that of two who change what becomes of it one comes first.
async fn hold(on: &impl ConnectionTrait, audit: AuditId) -> Result<(), Fault> {
    let query = "update audit set due = due where id = $1";
    sql::run(on, query, [audit.0.into()]).await?;
    Ok(())
}

/// Which submission of the audit `$1` is the next to be ended, from 1.
const ROUND: &str = "select count(*) + 1 from audit_earlier where audit_earlier.audit_id = $1";

impl Moderations {
    /// Opens the second reading of a submitted audit. None if somebody opened it before, or if the
    /// audit was taken back in between.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn open(
        &self,
        stamp: &Stamp,
        reader: &SecondReader,
        why: Why,
    ) -> Result<Option<ModerationId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let audit = reader.audit();
        hold(&*change, audit).await?;
        let query = format!(
            "insert into moderation (audit_id, round, why, blind, moderator_id, opened_at) \
             select audit.id, ({ROUND}), $2, $3, cast($4 as bigint), cast($5 as {{time}}) from audit \
             where audit.id = $1 and audit.submitted_at is not null \
             on conflict (audit_id, round) do nothing returning id"
        );
        let query = sql::with_types(&*change, &query);
        let values = [
            audit.0.into(),
            why.code().into(),
            reader.is_blind().into(),
            reader.person().0.into(),
            sql::time(stamp.at),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(None) };
        let id = row.id("id", ModerationId)?;
        let payload = json!({
            "audit": audit.0, "why": why.code(), "blind": reader.is_blind(),
            "moderator": reader.person().0,
        });
        let on = format!("moderation {id}");
        change.keep(Entry { deed: "moderation.open", on, payload }).await?;
        Ok(Some(id))
    }

    /// Keeps a step of a second reading. False if it has ended, if the standard was read before by
    /// another form, or if somebody else reads it.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn step(
        &self,
        stamp: &Stamp,
        (id, audit): (ModerationId, AuditId),
        step: &Step,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        hold(&*change, audit).await?;
        let goes_on = "select 1 from moderation where moderation.id = $1 and moderator_id = $2 \
             and not exists (select 1 from moderation_ended ended where ended.moderation_id = $1)";
        let values = [id.0.into(), sql::by(stamp)];
        if sql::first(&*change, goes_on, values).await?.is_none() {
            return Ok(false);
        }
        if let Some(reading) = &step.reading {
            let query = "insert into moderation_reading \
                 (moderation_id, standard, theirs, mine, words, version, at) \
                 values ($1, $2, $3, $4, $5, $6, $7) \
                 on conflict (moderation_id, standard) do nothing";
            let values = [
                id.0.into(),
                reading.standard.as_str().into(),
                reading.theirs.code().into(),
                reading.mine.code().into(),
                reading.words.clone().into(),
                i64::from(reading.version).into(),
                sql::time(stamp.at),
            ];
            if sql::run(&*change, query, values).await? == 0 {
                return Ok(false);
            }
        }
        if let Some(outcome) = &step.outcome {
            let query = "insert into moderation_outcome \
                 (moderation_id, standard, stands, judgement, why, version, at) \
                 values ($1, $2, $3, $4, $5, $6, $7)";
            let values = [
                id.0.into(),
                outcome.standard.as_str().into(),
                outcome.stands.code().into(),
                outcome.judgement.code().into(),
                outcome.why.as_ref().map(|why| why.words().to_owned()).into(),
                i64::from(outcome.version).into(),
                sql::time(stamp.at),
            ];
            sql::run(&*change, query, values).await?;
        }
        let payload = json!({
            "reading": step.reading.as_ref().map(|it| json!({
                "standard": it.standard.as_str(), "theirs": it.theirs.code(),
                "mine": it.mine.code(), "words": it.words, "version": it.version,
            })),
            "outcome": step.outcome.as_ref().map(|it| json!({
                "standard": it.standard.as_str(), "stands": it.stands.code(),
                "judgement": it.judgement.code(), "version": it.version,
                "why": it.why.as_ref().map(|why| why.words().to_owned()),
            })),
        });
        let on = format!("moderation {id}");
        change.keep(Entry { deed: "moderation.read", on, payload }).await?;
        Ok(true)
    }
}
