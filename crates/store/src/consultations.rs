//! Asking for comments on a draft, the comments, and what is answered to them.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::comment::{About, Reply};
use quarterlight_domain::consultation::Asking;
use quarterlight_domain::id::{CommentId, ConsultationId, DraftId, EditionId, PersonId};
use quarterlight_domain::person::Role;
use quarterlight_domain::stamp::{By, Stamp};
use serde_json::json;

use crate::change::{Change, Entry};
use crate::drafts::unchanged;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Asking for comments on drafts.
#[derive(Debug, Clone)]
pub struct Consultations(pub(crate) Arc<Engine>);

/// A draft on which somebody is asked to comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The draft.
    pub draft: DraftId,
    /// The framework's name.
    pub name: String,
    /// The last day for comments.
    pub closes: Date,
    /// True while the draft waits for comments, or for its keeper to take it back.
    pub is_current: bool,
    /// True once they have replied.
    pub replied: bool,
}

/// What became of comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commented {
    /// All of them are kept.
    Yes,
    /// These were changed elsewhere or answered in between, and nothing at all was written.
    Conflict(Vec<About>),
    /// The closing date is past, or the draft was taken back.
    Closed,
}

impl Consultations {
    /// Opens a consultation on the draft as it was seen. False if it has changed since, or if one
    /// is open already.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nobody is asked.
    pub async fn open(
        &self,
        stamp: &Stamp,
        (draft, version): (DraftId, u32),
        asking: &Asking,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !unchanged(&change, draft, version).await? {
            return Ok(false);
        }
        let By::Person(person) = stamp.by else { return Ok(false) };
        // The draft's row is taken, so nobody can open another one meanwhile.
        let query = "select id from consultation where draft_id = $1 and ended_on is null";
        if sql::first(&*change, query, [draft.0.into()]).await?.is_some() {
            return Ok(false);
        }
        let query = "insert into consultation \
             (draft_id, opened_by, opened_on, closes, note, at_once) \
             values ($1, $2, $3, $4, $5, $6) returning id";
        let values = [
            draft.0.into(),
            person.0.into(),
            sql::day(stamp.day()),
            sql::day(asking.closes()),
            asking.note().into(),
            asking.at_once().into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", ConsultationId)?;
        let mut asked = Vec::new();
        for (person, role) in asking.invited() {
            let query = "insert into consultee (consultation_id, person_id, asked_as) \
                 values ($1, $2, $3)";
            let values = [id.0.into(), person.0.into(), role.map(Role::code).into()];
            sql::run(&*change, query, values).await?;
            asked.push(person.0);
        }
        let payload = json!({
            "consultation": id.0, "asked": asked, "closes": asking.closes().to_string(),
            "note": asking.note(), "at_once": asking.at_once(),
        });
        let on = format!("draft {draft}");
        change.keep(Entry { deed: "consultation.open", on, payload }).await?;
        Ok(true)
    }

    /// Takes the draft back from consultation. Its comments are kept. False if it is in none.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn end(&self, stamp: &Stamp, draft: DraftId) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let take = "update draft set version = version + 1 where id = $1 and edition_id is null";
        let query = "update consultation set ended_on = $2 \
             where draft_id = $1 and ended_on is null";
        let values = [draft.0.into(), sql::day(stamp.day())];
        if sql::run(&*change, take, [draft.0.into()]).await? == 0
            || sql::run(&*change, query, values).await? == 0
        {
            return Ok(false);
        }
        let (on, payload) = (format!("draft {draft}"), json!({}));
        change.keep(Entry { deed: "consultation.end", on, payload }).await?;
        Ok(true)
    }

    /// Keeps comments, each over the version that its writer saw, or none of them. Words that are
    /// kept already change nothing. Blank words take a comment back.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then none is kept.
    pub async fn comment(
        &self,
        stamp: &Stamp,
        (draft, consultation): (DraftId, ConsultationId),
        person: PersonId,
        comments: &[(About, String, u32)],
    ) -> Result<Commented, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !asked(&change, stamp, (draft, consultation), person).await? {
            return Ok(Commented::Closed);
        }
        let (mut told, mut conflicts) = (Vec::new(), Vec::new());
        for (about, words, version) in comments {
            let key = [consultation.0.into(), person.0.into(), about.code().into()];
            let query = "select words, version from draft_comment \
                 where consultation_id = $1 and person_id = $2 and about = $3";
            let kept = sql::first(&*change, query, key.clone()).await?;
            let same = match &kept {
                Some(row) => row.get::<String>("words")? == *words,
                None => words.is_empty(),
            };
            if same {
                continue;
            }
            let query = "insert into draft_comment \
                 (consultation_id, person_id, about, words, written_at, version) \
                 values ($1, $2, $3, $4, $5, 1) \
                 on conflict (consultation_id, person_id, about) do update \
                 set words = excluded.words, written_at = excluded.written_at, \
                     version = draft_comment.version + 1 \
                 where draft_comment.version = $6 and draft_comment.outcome is null";
            let seen = [words.clone().into(), sql::time(stamp.at), i64::from(*version).into()];
            if sql::run(&*change, query, key.into_iter().chain(seen)).await? == 0 {
                conflicts.push(about.clone());
            }
            told.push(json!({ "about": about.code(), "words": words }));
        }
        if !conflicts.is_empty() {
            return Ok(Commented::Conflict(conflicts));
        }
        if !told.is_empty() {
            let on = format!("draft {draft}");
            let payload = json!({ "consultation": consultation.0, "comments": told });
            change.keep(Entry { deed: "draft.comment", on, payload }).await?;
        }
        Ok(Commented::Yes)
    }

    /// Keeps that somebody has no comments, which is a reply. False after the closing date.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn no_comments(
        &self,
        stamp: &Stamp,
        (draft, consultation): (DraftId, ConsultationId),
        person: PersonId,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !asked(&change, stamp, (draft, consultation), person).await? {
            return Ok(false);
        }
        let query = "update consultee set no_comments_at = $3 \
             where consultation_id = $1 and person_id = $2 and no_comments_at is null";
        let values = [consultation.0.into(), person.0.into(), sql::time(stamp.at)];
        if sql::run(&*change, query, values).await? == 0 {
            return Ok(true);
        }
        let payload = json!({ "consultation": consultation.0 });
        let on = format!("draft {draft}");
        change.keep(Entry { deed: "draft.no-comments", on, payload }).await?;
        Ok(true)
    }

    /// Answers a comment, over the version that was seen. False if it was changed or answered in
    /// between, or if the draft was agreed.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn answer(
        &self,
        stamp: &Stamp,
        draft: DraftId,
        (comment, version): (CommentId, u32),
        reply: &Reply,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let take = "update draft set version = version + 1 \
             where id = $1 and edition_id is null and set_aside_on is null";
        let query = "update draft_comment set outcome = $3, reason = $4, \
             answered_by = cast($5 as bigint), answered_at = $6, version = version + 1 \
             where id = $1 and version = $2 and words <> '' \
             and consultation_id in (select id from consultation where draft_id = $7)";
        let by = match stamp.by {
            By::Person(person) => Some(person.0),
            By::Console | By::Token(_) => None,
        };
        let values = [
            comment.0.into(),
            i64::from(version).into(),
            reply.outcome().code().into(),
            reply.reason().into(),
            by.into(),
            sql::time(stamp.at),
            draft.0.into(),
        ];
        if sql::run(&*change, take, [draft.0.into()]).await? == 0
            || sql::run(&*change, query, values).await? == 0
        {
            return Ok(false);
        }
        let payload = json!({
            "comment": comment.0, "outcome": reply.outcome().code(), "reason": reply.reason(),
        });
        let on = format!("draft {draft}");
        change.keep(Entry { deed: "draft.answer", on, payload }).await?;
        Ok(true)
    }

    /// Every draft on which this person was asked to comment, the first to close first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_person(&self, person: PersonId) -> Result<Vec<Asked>, Fault> {
        let query = "select draft.id, draft.name, consultation.closes, \
             consultation.ended_on, draft.edition_id, consultee.no_comments_at, \
             (select count(*) from draft_comment \
              where draft_comment.consultation_id = consultation.id \
              and draft_comment.person_id = consultee.person_id \
              and draft_comment.words <> '') as comments \
             from consultee join consultation on consultation.id = consultee.consultation_id \
             join draft on draft.id = consultation.draft_id \
             where consultee.person_id = $1 order by consultation.closes, draft.id";
        let rows = sql::all(&self.0.read, query, [person.0.into()]).await?;
        let one = |row: &Row| {
            Ok(Asked {
                draft: row.id("id", DraftId)?,
                name: row.get("name")?,
                closes: row.day("closes")?,
                is_current: row.maybe_day("ended_on")?.is_none()
                    && row.maybe_id("edition_id", EditionId)?.is_none(),
                replied: row.count("comments")? > 0 || row.maybe_time("no_comments_at")?.is_some(),
            })
        };
        rows.iter().map(one).collect()
    }
}

/// Takes the draft's row, if this person was asked in a consultation of it that is open today.
async fn asked(
    change: &Change<'_>,
    stamp: &Stamp,
    (draft, consultation): (DraftId, ConsultationId),
    person: PersonId,
) -> Result<bool, Fault> {
    let query = "update draft set version = version + 1 \
         where id = $1 and edition_id is null and exists ( \
             select 1 from consultation \
             join consultee on consultee.consultation_id = consultation.id \
             where consultation.id = $2 and consultation.draft_id = $1 \
             and consultation.ended_on is null and consultation.closes >= $3 \
             and consultee.person_id = $4)";
    let values = [draft.0.into(), consultation.0.into(), sql::day(stamp.day()), person.0.into()];
    Ok(sql::run(&**change, query, values).await? > 0)
}
