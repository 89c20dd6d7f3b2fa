//! Audits that went back to their auditors: what was submitted is kept, and the notes are cleared.

use jiff::Timestamp;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::id::{AuditId, ReturnNoteId};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::moderation::send_back::{KeptNote, Note};
use quarterlight_domain::moderation::take_back::TakenBack;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{Moderations, ROUND, hold};
use crate::audits;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A submission that was taken back or returned, as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Which submission it was, from 1.
    pub round: u32,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// The grade that it had.
    pub grade: Grade,
    /// Its reasons.
    pub reasons: String,
    /// True if a moderator returned it; its auditor took it back otherwise.
    pub returned: bool,
    /// Its answers.
    pub answers: Vec<Answer>,
}

impl Moderations {
    /// Takes an audit back. False if a moderator opened it in between, its cycle was closed, or it
    /// is not theirs and submitted.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn take_back(&self, stamp: &Stamp, taken: &TakenBack) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let audit = taken.audit;
        hold(&*change, audit).await?;
        let query = format!(
            "select 1 from audit where audit.id = $1 and audit.auditor_id = $2 \
             and audit.submitted_at is not null \
             and not exists (select 1 from moderation where moderation.audit_id = $1 \
                 and moderation.round = ({ROUND})) \
             and not exists (select 1 from cycle_closed \
                 where cycle_closed.cycle_id = audit.cycle_id)"
        );
        let values = [audit.0.into(), sql::by(stamp)];
        if sql::first(&*change, &query, values).await?.is_none() {
            return Ok(false);
        }
        let because = taken.because.words();
        if !reopen(&*change, stamp, audit, ("taken-back", because)).await? {
            return Ok(false);
        }
        let payload = json!({ "because": because });
        let on = format!("audit {audit}");
        change.keep(Entry { deed: "audit.take-back", on, payload }).await?;
        Ok(true)
    }

    /// The notes with which an audit went back, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn notes(&self, audit: AuditId) -> Result<Vec<KeptNote>, Fault> {
        let query = "select note.id, note.standard, note.words, done.words as done \
             from moderation_note note join moderation on moderation.id = note.moderation_id \
             left join moderation_note_done done on done.note_id = note.id \
             where moderation.audit_id = $1 order by moderation.id desc, note.id";
        let rows = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        rows.iter().map(note).collect()
    }

    /// Keeps what the auditor did about a note. False if it was cleared before, or if the audit is
    /// not theirs to change.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn clear(
        &self,
        stamp: &Stamp,
        (audit, note): (AuditId, ReturnNoteId),
        done: &Reason,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        hold(&*change, audit).await?;
        let query = "insert into moderation_note_done (note_id, words, by_id, at) \
             select note.id, $3, cast($4 as bigint), cast($5 as {time}) \
             from moderation_note note join moderation on moderation.id = note.moderation_id \
             join audit on audit.id = moderation.audit_id \
             where note.id = $2 and audit.id = $1 and audit.auditor_id = $4 \
             and audit.submitted_at is null and audit.missed_on is null \
             on conflict (note_id) do nothing";
        let query = sql::with_types(&*change, query);
        let values = [
            audit.0.into(),
            note.0.into(),
            done.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let payload = json!({ "note": note.0, "done": done.words() });
        let on = format!("audit {audit}");
        change.keep(Entry { deed: "audit.clear-note", on, payload }).await?;
        Ok(true)
    }

    /// The submissions of an audit that were taken back or returned, the first one first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn earlier(&self, audit: AuditId) -> Result<Vec<Earlier>, Fault> {
        let query = "select id, round, submitted_at, grade, reasons, ended \
             from audit_earlier where audit_id = $1 order by round";
        let rows = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        let query = "select answer.earlier_id, answer.standard, answer.judgement, answer.seen, \
             answer.found, answer.version from audit_earlier_answer answer \
             join audit_earlier on audit_earlier.id = answer.earlier_id \
             where audit_earlier.audit_id = $1 order by answer.standard";
        let answers = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        rows.iter()
            .map(|row| {
                let id: i64 = row.get("id")?;
                let mut of_it = Vec::new();
                for answer in &answers {
                    if answer.get::<i64>("earlier_id")? == id {
                        of_it.push(audits::answer(answer)?);
                    }
                }
                Ok(Earlier {
                    round: row.count("round")?,
                    submitted_at: row.time("submitted_at")?,
                    grade: row.code("grade", Grade::from_code)?,
                    reasons: row.get("reasons")?,
                    returned: row.get::<String>("ended")? == "returned",
                    answers: of_it,
                })
            })
            .collect()
    }
}

/// Keeps what was submitted beside the audit, and opens the audit for its auditor. False if it is
/// not submitted.
pub(super) async fn reopen(
    on: &impl ConnectionTrait,
    stamp: &Stamp,
    audit: AuditId,
    (ended, because): (&str, &str),
) -> Result<bool, Fault> {
    let query = format!(
        "insert into audit_earlier \
         (audit_id, round, submitted_at, grade, reasons, ended, because, by_id, at) \
         select audit.id, ({ROUND}), audit.submitted_at, audit.grade, audit.reasons, $2, $3, \
             cast($4 as bigint), cast($5 as {{time}}) \
         from audit where audit.id = $1 and audit.submitted_at is not null returning id"
    );
    let query = sql::with_types(on, &query);
    let values =
        [audit.0.into(), ended.into(), because.into(), sql::by(stamp), sql::time(stamp.at)];
    let Some(row) = sql::first(on, &query, values).await? else { return Ok(false) };
    let query = "insert into audit_earlier_answer \
         (earlier_id, standard, judgement, seen, found, version) \
         select cast($2 as bigint), standard, judgement, seen, found, version \
         from audit_answer where audit_id = $1";
    sql::run(on, query, [audit.0.into(), row.get::<i64>("id")?.into()]).await?;
    let query = "update audit set submitted_at = null, grade = null, reasons = null where id = $1";
    sql::run(on, query, [audit.0.into()]).await?;
    Ok(true)
}

fn note(row: &Row) -> Result<KeptNote, Fault> {
    let standard: Option<String> = row.get("standard")?;
    let done: Option<String> = row.get("done")?;
    Ok(KeptNote {
        id: row.id("id", ReturnNoteId)?,
        note: Note {
            standard: standard.and_then(|code| StandardCode::new(&code).ok()),
            words: row.parse("words", Reason::new)?,
        },
        done: done.and_then(|done| Reason::new(&done).ok()),
    })
}
