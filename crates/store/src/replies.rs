//! What workers say to the audits of their records, and what moderators decide about challenges.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{AuditId, PersonId, ReplyId};
use quarterlight_domain::reply::{Decided, Meant, NewReply, Outcome, Reply};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// What workers say to audits.
#[derive(Debug, Clone)]
pub struct Replies(pub(crate) Arc<Engine>);

/// A challenge as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeLine {
    /// The reply.
    pub id: ReplyId,
    /// The audit.
    pub audit: AuditId,
    /// The record's reference.
    pub reference: Reference,
    /// The quarter.
    pub quarter: Quarter,
    /// The standard.
    pub standard: StandardCode,
    /// Who made the audit.
    pub auditor: PersonId,
    /// When it was challenged; in a list of decided ones, when that was.
    pub at: Timestamp,
    /// What was decided; none while it waits.
    pub outcome: Option<Outcome>,
}

/// An audit of a record of theirs that has started, as a worker is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedLine {
    /// The audit.
    pub audit: AuditId,
    /// Who holds the record.
    pub holder: PersonId,
    /// The record's reference.
    pub reference: Reference,
    /// The day by which the audit is due.
    pub due: Date,
}

impl Replies {
    /// What was said to an audit, the first said first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(&self, audit: AuditId) -> Result<Vec<Reply>, Fault> {
        let query = format!("{REPLY} where audit_reply.audit_id = $1 order by audit_reply.id");
        sql::all(&self.0.read, &query, [audit.0.into()]).await?.iter().map(reply).collect()
    }

    /// The audit that a reply is about; none where there is no such reply.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn audit_of(&self, id: ReplyId) -> Result<Option<AuditId>, Fault> {
        let query = "select audit_id from audit_reply where id = $1";
        let row = sql::first(&self.0.read, query, [id.0.into()]).await?;
        row.map(|row| row.id("audit_id", AuditId)).transpose()
    }

    /// Every challenge, those that wait first and of them the oldest; two hundred at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn challenges(&self) -> Result<Vec<ChallengeLine>, Fault> {
        let query = "select audit_reply.id, audit_reply.audit_id, audit_reply.standard, \
             audit_reply.at, record.reference, cycle.quarter, audit.auditor_id, \
             challenge_decided.outcome \
             from audit_reply join audit on audit.id = audit_reply.audit_id \
             join record on record.id = audit.record_id \
             join cycle on cycle.id = audit.cycle_id \
             left join challenge_decided on challenge_decided.reply_id = audit_reply.id \
             where audit_reply.meant = 'challenge' \
             order by case when challenge_decided.outcome is null then 0 else 1 end, \
                 audit_reply.id limit 200";
        sql::all(&self.0.read, query, []).await?.iter().map(challenge).collect()
    }

    /// The audits that have started and are not submitted, of records whose worker signs in: of
    /// one worker, or of all. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn started(&self, holder: Option<PersonId>) -> Result<Vec<StartedLine>, Fault> {
        let query = "select audit.id, worker.person_id, line.reference, audit.due \
             from audit join case_list_line line on line.id = audit.line_id \
             join worker on worker.id = line.worker_id \
             where audit.started_at is not null and audit.submitted_at is null \
             and audit.missed_on is null and worker.person_id is not null \
             and (cast($1 as bigint) is null or worker.person_id = $1) \
             order by audit.due, audit.id";
        let rows = sql::all(&self.0.read, query, [holder.map(|id| id.0).into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(StartedLine {
                    audit: row.id("id", AuditId)?,
                    holder: row.id("person_id", PersonId)?,
                    reference: row.parse("reference", Reference::new)?,
                    due: row.day("due")?,
                })
            })
            .collect()
    }

    /// The challenges decided since a moment that somebody made, or that are of an audit that they
    /// made: the latest first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn decided(
        &self,
        person: PersonId,
        since: Timestamp,
    ) -> Result<Vec<ChallengeLine>, Fault> {
        let query = "select audit_reply.id, audit_reply.audit_id, audit_reply.standard, \
             challenge_decided.at, record.reference, cycle.quarter, audit.auditor_id, \
             challenge_decided.outcome \
             from challenge_decided \
             join audit_reply on audit_reply.id = challenge_decided.reply_id \
             join audit on audit.id = audit_reply.audit_id \
             join record on record.id = audit.record_id \
             join cycle on cycle.id = audit.cycle_id \
             where challenge_decided.at >= $2 and audit.submitted_at is not null \
             and (audit_reply.by_id = $1 or audit.auditor_id = $1) \
             order by challenge_decided.at desc, audit_reply.id limit 50";
        let values = [person.0.into(), sql::time(since)];
        sql::all(&self.0.read, query, values).await?.iter().map(challenge).collect()
    }

    /// Keeps a reply. False if its form came before, and if the standard is challenged already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn say(
        &self,
        stamp: &Stamp,
        audit: AuditId,
        new: &NewReply,
        form_key: &str,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // The audit's row, so that of two challenges of one standard one comes first.
        let hold = "update audit set started_at = started_at \
             where id = $1 and submitted_at is not null";
        if sql::run(&*change, hold, [audit.0.into()]).await? == 0 {
            return Ok(false);
        }
        let query = "insert into audit_reply \
             (audit_id, standard, meant, words, by_id, at, form_key) \
             select audit.id, $2, $3, $4, cast($5 as bigint), cast($6 as {time}), $7 from audit \
             where audit.id = $1 and ($3 <> 'challenge' or not exists ( \
                 select 1 from audit_reply other \
                 left join challenge_decided on challenge_decided.reply_id = other.id \
                 where other.audit_id = $1 and other.standard = $2 \
                 and other.meant = 'challenge' and challenge_decided.reply_id is null)) \
             on conflict (form_key) do nothing returning id";
        let query = sql::with_types(&*change, query);
        let values = [
            audit.0.into(),
            new.standard.as_str().into(),
            new.meant.code().into(),
            new.words.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
            form_key.into(),
        ];
        let Some(row) = sql::first(&*change, &query, values).await? else { return Ok(false) };
        let id = row.id("id", ReplyId)?;
        let payload = json!({
            "reply": id.0, "standard": new.standard.as_str(), "meant": new.meant.code(),
            "words": new.words.words(),
        });
        change.keep(Entry { deed: "audit.reply", on: format!("audit {audit}"), payload }).await?;
        Ok(true)
    }

    /// Keeps what a moderator decided about a challenge. False if it was decided before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn decide(
        &self,
        stamp: &Stamp,
        id: ReplyId,
        (outcome, reason): (Outcome, &Reason),
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into challenge_decided (reply_id, outcome, reason, by_id, at) \
             values ($1, $2, $3, $4, $5) on conflict (reply_id) do nothing";
        let values = [
            id.0.into(),
            outcome.code().into(),
            reason.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "outcome": outcome.code(), "reason": reason.words() });
        change.keep(Entry { deed: "challenge.decide", on: format!("reply {id}"), payload }).await?;
        Ok(true)
    }
}

const REPLY: &str = "select audit_reply.id, audit_reply.standard, audit_reply.meant, \
     audit_reply.words, audit_reply.at, writer.name as writer, challenge_decided.outcome, \
     challenge_decided.reason, challenge_decided.at as decided_at, decider.name as decider \
     from audit_reply join person writer on writer.id = audit_reply.by_id \
     left join challenge_decided on challenge_decided.reply_id = audit_reply.id \
     left join person decider on decider.id = challenge_decided.by_id";

fn reply(row: &Row) -> Result<Reply, Fault> {
    let decided = match row.maybe_code("outcome", Outcome::from_code)? {
        Some(outcome) => Some(Decided {
            outcome,
            reason: row.parse("reason", Reason::new)?,
            by: row.get("decider")?,
            at: row.time("decided_at")?,
        }),
        None => None,
    };
    Ok(Reply {
        id: row.id("id", ReplyId)?,
        standard: row.parse("standard", StandardCode::new)?,
        meant: row.code("meant", Meant::from_code)?,
        words: row.parse("words", Reason::new)?,
        by: row.get("writer")?,
        at: row.time("at")?,
        decided,
    })
}

fn challenge(row: &Row) -> Result<ChallengeLine, Fault> {
    Ok(ChallengeLine {
        id: row.id("id", ReplyId)?,
        audit: row.id("audit_id", AuditId)?,
        reference: row.parse("reference", Reference::new)?,
        quarter: row.parse("quarter", str::parse)?,
        standard: row.parse("standard", StandardCode::new)?,
        auditor: row.id("auditor_id", PersonId)?,
        at: row.time("at")?,
        outcome: row.maybe_code("outcome", Outcome::from_code)?,
    })
}
