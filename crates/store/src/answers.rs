//! The answers of an audit, saved one by one as they are made, and its submission.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::audit::{Answered, Submission};
use quarterlight_domain::finding::{KEY_ISSUE, Raised};
use quarterlight_domain::id::{AuditId, FindingId, PersonId};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::audits::{self, OPEN, UNSAFE};
use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::moderations::NOT_CLEARED;
use crate::sql;

mod handed_in;

pub use handed_in::TakenOver;

/// The answers of audits.
#[derive(Debug, Clone)]
pub struct Answers(pub(crate) Arc<Engine>);

/// What became of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is kept.
    Yes,
    /// It was kept before, word for word: the form came twice.
    Already,
    /// Somebody saved another answer in between. Theirs is still kept; nothing was written over it.
    Conflict(Answer),
    /// The audit was submitted, given to somebody else or closed with its cycle in between.
    Closed,
}

/// Which opened page an answer comes from, and the how-manieth of its savings this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page<'a> {
    /// Random, made when the page was opened.
    pub key: &'a str,
    /// Goes up by one with each saving.
    pub turn: u32,
}

impl Answers {
    /// Saves an answer, and the finding raised with it, from no page in particular.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then neither is kept.
    pub async fn save(
        &self,
        stamp: &Stamp,
        answered: &Answered,
        finding: Option<(&Raised, &str)>,
    ) -> Result<Saved, Fault> {
        self.save_from(stamp, answered, finding, Page { key: "", turn: 0 }).await
    }

    /// Saves an answer that comes from an opened page, and the finding raised with it: five
    /// statements, or seven with a finding. A page may save over what it has saved itself, whether
    /// it heard of that or not.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then neither is kept.
    pub async fn save_from(
        &self,
        stamp: &Stamp,
        answered: &Answered,
        finding: Option<(&Raised, &str)>,
        page: Page<'_>,
    ) -> Result<Saved, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let (audit, answer) = (answered.audit, &answered.answer);
        if !hold(&*change, stamp, audit).await? {
            return Ok(Saved::Closed);
        }
        let written = write(&*change, stamp, audit, answer, page).await?;
        if !written {
            match kept(&*change, audit, &answer.standard).await? {
                Some(kept) if !kept.says_the_same_as(answer) => return Ok(Saved::Conflict(kept)),
                _ if finding.is_none() => return Ok(Saved::Already),
                _ => {}
            }
        }
        let raised = match finding {
            Some((raised, form_key)) => raise(&*change, stamp, audit, raised, form_key).await?,
            None => None,
        };
        if !written && raised.is_none() {
            return Ok(Saved::Already);
        }
        let put_right = finding.map(|(raised, _)| raised.what.words());
        change.keep(entry(audit, answer, (raised, put_right))).await?;
        Ok(if written { Saved::Yes } else { Saved::Already })
    }

    /// Submits an audit. Every shortfall that has no finding yet gets one, with this owner and day, and
    /// so does its key issue.
    /// False if it was submitted before, if an answer has changed or a concern was raised since it was
    /// checked, if a note of a moderator is not cleared, and if the audit is no longer theirs or its
    /// cycle was closed.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then the audit is not submitted.
    pub async fn submit(
        &self,
        stamp: &Stamp,
        submission: &Submission,
        checked: &[Answer],
        (owner, due): (Option<PersonId>, Date),
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = format!(
            "update audit set submitted_at = $2, grade = $3, reasons = $4 \
             where id = $1 and submitted_at is null and auditor_id = $6 and {OPEN} \
             and ($3 = 'inadequate' or not {UNSAFE}) and not exists ({NOT_CLEARED}) and $5 = ( \
                 select coalesce(cast(sum(version) as bigint), 0) from audit_answer \
                 where audit_id = $1)"
        );
        let audit = submission.audit;
        let versions: i64 = checked.iter().map(|answer| i64::from(answer.version)).sum();
        let opinion = &submission.opinion;
        let values = [
            audit.0.into(),
            sql::time(stamp.at),
            opinion.grade().code().into(),
            opinion.reasons().words().into(),
            versions.into(),
            sql::by(stamp),
        ];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let query = "delete from unfinished_answer where audit_id = $1";
        sql::run(&*change, query, [audit.0.into()]).await?;
        let mut raised = Vec::new();
        for (standard, what) in &submission.shortfalls {
            let id = raise_missing(&*change, stamp, audit, (standard, what), (owner, due)).await?;
            raised.extend(id.map(|id| id.0));
        }
        raised.extend(raise_key_issue(&change, stamp, audit, (owner, due)).await?.map(|id| id.0));
        let payload = json!({
            "grade": opinion.grade().code(), "reasons": opinion.reasons().words(),
            "findings": raised,
        });
        change.keep(Entry { deed: "audit.submit", on: format!("audit {audit}"), payload }).await?;
        Ok(true)
    }
}

/// Takes the audit's row, so that it cannot be submitted while answers are saved. False if it is no
/// longer open, or no longer theirs.
async fn hold(on: &impl ConnectionTrait, stamp: &Stamp, audit: AuditId) -> Result<bool, Fault> {
    let query = format!(
        "update audit set started_at = coalesce(started_at, $2) \
         where id = $1 and submitted_at is null and auditor_id = $3 and {OPEN}"
    );
    let values = [audit.0.into(), sql::time(stamp.at), sql::by(stamp)];
    Ok(sql::run(on, &query, values).await? > 0)
}

/// What the journal says of an answer, and of the finding that was raised with it.
fn entry(
    audit: AuditId,
    answer: &Answer,
    (finding, put_right): (Option<FindingId>, Option<&str>),
) -> Entry {
    let payload = json!({
        "standard": answer.standard.as_str(), "judgement": answer.judgement.code(),
        "seen": answer.seen, "found": answer.found, "after_version": answer.version,
        "finding": finding.map(|id| id.0), "put_right": put_right,
    });
    Entry { deed: "audit.answer", on: format!("audit {audit}"), payload }
}

/// Writes the answer if it follows the version that the auditor saw and says something else.
async fn write(
    on: &impl ConnectionTrait,
    stamp: &Stamp,
    audit: AuditId,
    answer: &Answer,
    page: Page<'_>,
) -> Result<bool, Fault> {
    let query = "insert into audit_answer \
         (audit_id, standard, judgement, seen, found, version, saved_at, form_key, turn) \
         values ($1, $2, $3, $4, $5, 1, $6, $8, $9) \
         on conflict (audit_id, standard) do update set \
             judgement = excluded.judgement, seen = excluded.seen, found = excluded.found, \
             version = audit_answer.version + 1, saved_at = excluded.saved_at, \
             form_key = excluded.form_key, turn = excluded.turn \
         where (audit_answer.version = $7 or audit_answer.form_key <> '' \
             and audit_answer.form_key = excluded.form_key and audit_answer.turn < excluded.turn) \
             and ( \
             audit_answer.judgement <> excluded.judgement \
             or audit_answer.seen <> excluded.seen or audit_answer.found <> excluded.found)";
    let values = [
        audit.0.into(),
        answer.standard.as_str().into(),
        answer.judgement.code().into(),
        answer.seen.clone().into(),
        answer.found.clone().into(),
        sql::time(stamp.at),
        i64::from(answer.version).into(),
        page.key.into(),
        i64::from(page.turn).into(),
    ];
    Ok(sql::run(on, query, values).await? > 0)
}

async fn kept(
    on: &impl ConnectionTrait,
    audit: AuditId,
    standard: &StandardCode,
) -> Result<Option<Answer>, Fault> {
    let query = "select standard, judgement, seen, found, version from audit_answer \
         where audit_id = $1 and standard = $2";
    let row = sql::first(on, query, [audit.0.into(), standard.as_str().into()]).await?;
    row.as_ref().map(audits::answer).transpose()
}

/// Raises a finding with its action; none if this form raised it before.
pub async fn raise(
    on: &impl ConnectionTrait,
    stamp: &Stamp,
    audit: AuditId,
    raised: &Raised,
    form_key: &str,
) -> Result<Option<FindingId>, Fault> {
    let query = "insert into finding (audit_id, standard, what, form_key, raised_at) \
         values ($1, $2, $3, $4, $5) on conflict (form_key) do nothing returning id";
    let values = [
        audit.0.into(),
        raised.standard.as_str().into(),
        raised.what.words().into(),
        form_key.into(),
        sql::time(stamp.at),
    ];
    let Some(row) = sql::first(on, query, values).await? else { return Ok(None) };
    let id = row.id("id", FindingId)?;
    give(on, id, raised.owner, raised.due).await?;
    Ok(Some(id))
}

/// Raises a finding for a shortfall that has none yet.
pub(crate) async fn raise_missing(
    on: &impl ConnectionTrait,
    stamp: &Stamp,
    audit: AuditId,
    (standard, what): (&StandardCode, &str),
    (owner, due): (Option<PersonId>, Date),
) -> Result<Option<FindingId>, Fault> {
    let query = "insert into finding (audit_id, standard, what, form_key, raised_at) \
         select audit.id, $2, $3, $4, $5 from audit \
         where audit.id = $1 and not exists ( \
             select 1 from finding where finding.audit_id = audit.id and finding.standard = $2) \
         returning id";
    let values = [
        audit.0.into(),
        standard.as_str().into(),
        what.into(),
        format!("submit {audit} {standard}").into(),
        sql::time(stamp.at),
    ];
    let Some(row) = sql::first(on, query, values).await? else { return Ok(None) };
    let id = row.id("id", FindingId)?;
    give(on, id, owner, due).await?;
    Ok(Some(id))
}

/// Raises the key issue of an audit as a finding, once, where it has one.
async fn raise_key_issue(
    on: &Change<'_>,
    stamp: &Stamp,
    audit: AuditId,
    (owner, due): (Option<PersonId>, Date),
) -> Result<Option<FindingId>, Fault> {
    let query = "insert into finding (audit_id, standard, what, form_key, raised_at) \
         select summed.audit_id, $2, summed.issues, $3, $4 from audit_summing_up summed \
         where summed.audit_id = $1 and summed.issues <> '' \
         on conflict (form_key) do nothing returning id";
    let query = query.replace("$4", "cast($4 as {time})");
    let query = sql::with_types(&**on, &query);
    let values = [
        audit.0.into(),
        KEY_ISSUE.into(),
        format!("submit {audit} {KEY_ISSUE}").into(),
        sql::time(stamp.at),
    ];
    let Some(row) = sql::first(&**on, &query, values).await? else { return Ok(None) };
    let id = row.id("id", FindingId)?;
    give(&**on, id, owner, due).await?;
    Ok(Some(id))
}

async fn give(
    on: &impl ConnectionTrait,
    finding: FindingId,
    owner: Option<PersonId>,
    due: Date,
) -> Result<(), Fault> {
    let query = "insert into action (finding_id, owner_id, due) values ($1, $2, $3)";
    sql::run(on, query, [finding.0.into(), owner.map(|id| id.0).into(), sql::day(due)]).await?;
    Ok(())
}
