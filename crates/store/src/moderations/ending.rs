//! How a second reading ends: the audit is confirmed, or goes back to its auditor.

use jiff::civil::Date;
use quarterlight_domain::id::{AuditId, PersonId};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::moderation::Ending;
use quarterlight_domain::moderation::confirm::{Confirmed, Correction};
use quarterlight_domain::moderation::send_back::SentBack;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{Moderations, hold, returns};
use crate::answers::raise_missing;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql;

impl Moderations {
    /// Confirms an audit with what stands in it. A corrected standard that falls short and has no
    /// finding gets one, with this owner and day. False if the reading ended before, if another
    /// outcome was kept since it was checked, or if somebody else reads it.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing of it is kept.
    pub async fn confirm(
        &self,
        stamp: &Stamp,
        confirmed: &Confirmed,
        outcomes_checked: usize,
        after: (Option<PersonId>, Date),
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let (id, audit) = (confirmed.moderation, confirmed.audit);
        hold(&*change, audit).await?;
        let query = "select count(*) as outcomes from moderation_outcome outcome \
             join moderation on moderation.id = outcome.moderation_id where moderation.audit_id = $1";
        let kept = sql::one(&*change, query, [audit.0.into()]).await?.count("outcomes")?;
        if usize::try_from(kept).ok() != Some(outcomes_checked)
            || !end(&*change, stamp, id.0, Ending::Confirmed).await?
        {
            return Ok(false);
        }
        for it in &confirmed.corrections {
            let query = "insert into audit_correction \
                 (audit_id, standard, moderation_id, judgement_before, judgement, why) \
                 values ($1, $2, $3, $4, $5, $6)";
            let values = [
                audit.0.into(),
                it.standard.as_str().into(),
                id.0.into(),
                it.from.code().into(),
                it.to.code().into(),
                it.why.words().into(),
            ];
            sql::run(&*change, query, values).await?;
        }
        if let Some(it) = &confirmed.grade {
            let query = "insert into audit_grade_change \
                 (audit_id, moderation_id, grade_before, grade, why) values ($1, $2, $3, $4, $5)";
            let values = [
                audit.0.into(),
                id.0.into(),
                it.from.code().into(),
                it.to.code().into(),
                it.why.words().into(),
            ];
            sql::run(&*change, query, values).await?;
        }
        let mut raised = Vec::new();
        for (standard, what) in &confirmed.shortfalls {
            let finding = raise_missing(&*change, stamp, audit, (standard, what), after).await?;
            raised.extend(finding.map(|finding| finding.0));
        }
        let corrections: Vec<_> = confirmed
            .corrections
            .iter()
            .map(|it| {
                json!({ "standard": it.standard.as_str(), "from": it.from.code(),
                    "to": it.to.code(), "why": it.why.words() })
            })
            .collect();
        let grade = confirmed
            .grade
            .as_ref()
            .map(|it| json!({ "from": it.from.code(), "to": it.to.code(), "why": it.why.words() }));
        let payload = json!({
            "moderation": id.0, "corrections": corrections, "grade": grade, "findings": raised,
        });
        let on = format!("audit {audit}");
        change.keep(Entry { deed: "audit.confirm", on, payload }).await?;
        Ok(true)
    }

    /// The judgements that stand in place of the auditor's, by standard.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn corrections(&self, audit: AuditId) -> Result<Vec<Correction>, Fault> {
        let query = "select standard, judgement_before, judgement, why from audit_correction \
             where audit_id = $1 order by standard";
        let rows = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Correction {
                    standard: row.parse("standard", StandardCode::new)?,
                    from: row.code("judgement_before", Judgement::from_code)?,
                    to: row.code("judgement", Judgement::from_code)?,
                    why: row.parse("why", Reason::new)?,
                })
            })
            .collect()
    }

    /// Sends an audit back to its auditor with notes. What was submitted is kept beside it. False if
    /// the reading ended before, or if somebody else reads it.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing of it is kept.
    pub async fn send_back(&self, stamp: &Stamp, sent: &SentBack) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let (id, audit) = (sent.moderation, sent.audit);
        hold(&*change, audit).await?;
        if !end(&*change, stamp, id.0, Ending::Returned).await? {
            return Ok(false);
        }
        let because = format!("{} to see to", sent.notes.len());
        if !returns::reopen(&*change, stamp, audit, ("returned", &because)).await? {
            return Ok(false);
        }
        for note in &sent.notes {
            let query = "insert into moderation_note (moderation_id, standard, words) \
                 values ($1, cast($2 as text), $3)";
            let standard = note.standard.as_ref().map(|code| code.as_str().to_owned());
            let values = [id.0.into(), standard.into(), note.words.words().into()];
            sql::run(&*change, query, values).await?;
        }
        let notes: Vec<_> = sent
            .notes
            .iter()
            .map(|note| {
                let standard = note.standard.as_ref().map(ToString::to_string);
                json!({ "standard": standard, "words": note.words.words() })
            })
            .collect();
        let payload = json!({ "moderation": id.0, "notes": notes });
        change.keep(Entry { deed: "audit.return", on: format!("audit {audit}"), payload }).await?;
        Ok(true)
    }
}

/// Ends a reading that goes on and is this person's. False otherwise.
async fn end(
    on: &impl ConnectionTrait,
    stamp: &Stamp,
    id: i64,
    how: Ending,
) -> Result<bool, Fault> {
    let query = "insert into moderation_ended (moderation_id, how, by_id, at) \
         select moderation.id, $2, cast($3 as bigint), cast($4 as {time}) from moderation \
         where moderation.id = $1 and moderation.moderator_id = $3 \
         on conflict (moderation_id) do nothing";
    let query = sql::with_types(on, query);
    let values = [id.into(), how.code().into(), sql::by(stamp), sql::time(stamp.at)];
    Ok(sql::run(on, &query, values).await? > 0)
}
