//! Concerns as they are read, with what followed.

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::concern::clock::Clock;
use quarterlight_domain::concern::notice::Notice;
use quarterlight_domain::concern::{Acknowledged, Concern, Spoken, Stage};
use quarterlight_domain::id::{AuditId, ConcernId, PersonId, RecordId};
use quarterlight_domain::text::Reason;

use super::mail::Mailed;
use super::{ConcernLine, Concerns, Told, level};
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};

impl Concerns {
    /// Every concern, those that wait first and of them the oldest; then the latest.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<ConcernLine>, Fault> {
        let query = select(
            "order by case when first.kind is null then 0 else 1 end, \
             case when first.kind is null then concern.id else -concern.id end",
        );
        sql::all(&self.0.read, &query, []).await?.iter().map(read).collect()
    }

    /// The concerns that nobody has acknowledged, the oldest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn waiting(&self) -> Result<Vec<ConcernLine>, Fault> {
        let query = select("where first.kind is null order by concern.id");
        sql::all(&self.0.read, &query, []).await?.iter().map(read).collect()
    }

    /// The concerns that were raised in an audit, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(&self, audit: AuditId) -> Result<Vec<ConcernLine>, Fault> {
        let query = select("where concern.audit_id = $1 order by concern.id desc");
        sql::all(&self.0.read, &query, [audit.0.into()]).await?.iter().map(read).collect()
    }

    /// The concerns about a record, the latest first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_record(&self, record: RecordId) -> Result<Vec<ConcernLine>, Fault> {
        let query = select("where concern.record_id = $1 order by concern.id desc");
        sql::all(&self.0.read, &query, [record.0.into()]).await?.iter().map(read).collect()
    }

    /// The concern with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: ConcernId) -> Result<Option<ConcernLine>, Fault> {
        let query = select("where concern.id = $1");
        sql::first(&self.0.read, &query, [id.0.into()]).await?.as_ref().map(read).transpose()
    }

    /// Who was told of a concern, in the order in which they were.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn told(&self, id: ConcernId) -> Result<Vec<Told>, Fault> {
        let query = "select notice.level, notice.person_id, person.name, notice.due_at, notice.at, \
             mail.outcome, coalesce(mail.settled_at, mail.taken_at) as mailed_at \
             from concern_notice notice join person on person.id = notice.person_id \
             left join concern_mail mail on mail.concern_id = notice.concern_id \
                 and mail.level = notice.level and mail.person_id = notice.person_id \
             where notice.concern_id = $1 order by notice.at, notice.due_at, person.name, person.id";
        let rows = sql::all(&self.0.read, query, [id.0.into()]).await?;
        rows.iter()
            .map(|row| {
                let (level, person) = (row.code("level", level)?, row.id("person_id", PersonId)?);
                Ok(Told {
                    notice: Notice { level, person },
                    name: row.get("name")?,
                    due_at: row.time("due_at")?,
                    at: row.time("at")?,
                    mail: row
                        .maybe_code("outcome", Mailed::from_code)?
                        .zip(row.maybe_time("mailed_at")?),
                })
            })
            .collect()
    }
}

fn select(which: &str) -> String {
    format!(
        "select concern.id, concern.record_id, record.reference, concern.audit_id, \
         concern.after_submission, concern.raised_by, raiser.name as raiser, concern.raised_at, \
         concern.seen, concern.spoken_to, concern.spoken_at, concern.why_before, concern.due_at, \
         concern.senior_at, concern.authority_at, {}, \
         first.kind as first_kind, first.by_id as first_by, first.at as first_at, \
         first.words as first_words, stepper.name as stepper, \
         last.by_id as last_by, last.at as last_at, last.words as last_words, closer.name as closer \
         from concern join record on record.id = concern.record_id \
         join person raiser on raiser.id = concern.raised_by \
         left join team_path path on path.team_id = concern.team_id \
         left join concern_step first on first.concern_id = concern.id and first.place = 1 \
         left join person stepper on stepper.id = first.by_id \
         left join concern_step last on last.concern_id = concern.id and last.place = 2 \
         left join person closer on closer.id = last.by_id {which}",
        line::PATH
    )
}

fn read(row: &Row) -> Result<ConcernLine, Fault> {
    let raised = row.time("raised_at")?;
    let spoken = match row.get::<Option<String>>("spoken_to")? {
        None => None,
        Some(_) => Some(Spoken {
            to: row.parse("spoken_to", Reason::new)?,
            at: row.time("spoken_at")?,
            why_before: row
                .get::<Option<String>>("why_before")?
                .and_then(|why| Reason::new(&why).ok()),
        }),
    };
    let concern = Concern {
        id: row.id("id", ConcernId)?,
        record: row.id("record_id", RecordId)?,
        whereabouts: line::whereabouts(row)?,
        audit: row.maybe_id("audit_id", AuditId)?,
        after_submission: row.get("after_submission")?,
        by: row.id("raised_by", PersonId)?,
        at: raised,
        seen: row.parse("seen", Reason::new)?,
        spoken,
        stage: stage(row)?,
    };
    Ok(ConcernLine {
        concern,
        clock: Clock {
            raised,
            due: row.time("due_at")?,
            senior: row.time("senior_at")?,
            authority: row.time("authority_at")?,
        },
        reference: row.parse("reference", Reference::new)?,
        raised_by: row.get("raiser")?,
        stepped_by: row.get("stepper")?,
        closed_by: row.get("closer")?,
    })
}

fn stage(row: &Row) -> Result<Stage, Fault> {
    let Some(kind) = row.get::<Option<String>>("first_kind")? else { return Ok(Stage::Raised) };
    let (by, at) = (row.id("first_by", PersonId)?, row.time("first_at")?);
    let words = row.parse("first_words", Reason::new)?;
    if kind == "withdrawn" {
        return Ok(Stage::Withdrawn { by, at, why: words });
    }
    let acknowledged = Acknowledged { by, at, doing: words };
    let Some(by) = row.maybe_id("last_by", PersonId)? else {
        return Ok(Stage::Acknowledged(acknowledged));
    };
    let (at, outcome) = (row.time("last_at")?, row.parse("last_words", Reason::new)?);
    Ok(Stage::Closed { acknowledged, by, at, outcome })
}
