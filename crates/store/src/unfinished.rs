//! Words that somebody has typed and not saved as an answer: kept whole, for them alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::id::{AuditId, PersonId};
use quarterlight_domain::standard::StandardCode;

use crate::answers::Page;
use crate::audits::OPEN;
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql;

/// Words that are not saved as an answer. They are no change, and leave no line in the journal:
/// somebody's half sentence is nobody else's business.
#[derive(Debug, Clone)]
pub struct Unfinished(pub(crate) Arc<Engine>);

/// The form of one standard as somebody left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What was typed, as the page sends it.
    pub form: String,
    /// When it was kept.
    pub at: Timestamp,
    /// The version of the saved answer, where the same page saved it; otherwise the form knows what
    /// was seen.
    pub version: Option<u32>,
}

impl Unfinished {
    /// Keeps what somebody has typed so far. False if the audit is no longer theirs or no longer open.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep(
        &self,
        (audit, standard, person): (AuditId, &StandardCode, PersonId),
        (form, page): (&str, Page<'_>),
        at: Timestamp,
    ) -> Result<bool, Fault> {
        let query = format!(
            "insert into unfinished_answer (audit_id, standard, person_id, form, form_key, turn, kept_at) \
             select audit.id, $2, cast($3 as bigint), $4, $6, cast($7 as bigint), \
                 cast($5 as {{time}}) from audit \
             where audit.id = $1 and audit.auditor_id = cast($3 as bigint) \
             and audit.submitted_at is null and {OPEN} \
             on conflict (audit_id, standard, person_id) do update set \
                 form = excluded.form, form_key = excluded.form_key, \
                 turn = excluded.turn, kept_at = excluded.kept_at \
             where unfinished_answer.kept_at <= excluded.kept_at"
        );
        let query = sql::with_types(&self.0.write, &query);
        let values = [
            audit.0.into(),
            standard.as_str().into(),
            person.0.into(),
            form.into(),
            sql::time(at),
            page.key.into(),
            i64::from(page.turn).into(),
        ];
        Ok(sql::run(&self.0.write, &query, values).await? > 0)
    }

    /// What somebody left in an audit, by standard. Words that the same page has since saved as an
    /// answer are left no longer.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(
        &self,
        audit: AuditId,
        person: PersonId,
    ) -> Result<BTreeMap<StandardCode, Left>, Fault> {
        let query = "select typed.standard, typed.form, typed.kept_at, saved.version \
             from unfinished_answer typed left join audit_answer saved \
                 on saved.audit_id = typed.audit_id and saved.standard = typed.standard \
                 and saved.form_key = typed.form_key \
             where typed.audit_id = $1 and typed.person_id = $2 \
             and (saved.turn is null or saved.turn <= typed.turn)";
        let rows = sql::all(&self.0.read, query, [audit.0.into(), person.0.into()]).await?;
        rows.iter()
            .map(|row| {
                let version: Option<i64> = row.get("version")?;
                let left = Left {
                    form: row.get("form")?,
                    at: row.time("kept_at")?,
                    version: version.and_then(|it| it.try_into().ok()),
                };
                Ok((row.parse("standard", StandardCode::new)?, left))
            })
            .collect()
    }

    /// Lets go of what was typed on a page that has since saved it as an answer.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn settle(
        &self,
        (audit, standard, person): (AuditId, &StandardCode, PersonId),
        page: Page<'_>,
    ) -> Result<(), Fault> {
        let query = "delete from unfinished_answer where audit_id = $1 and standard = $2 \
             and person_id = $3 and form_key = $4 and turn <= $5";
        let values = [
            audit.0.into(),
            standard.as_str().into(),
            person.0.into(),
            page.key.into(),
            i64::from(page.turn).into(),
        ];
        sql::run(&self.0.write, query, values).await?;
        Ok(())
    }

    /// Lets go of what somebody left on one standard: they wish to go back to what is saved.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn let_go(
        &self,
        audit: AuditId,
        standard: &StandardCode,
        person: PersonId,
    ) -> Result<(), Fault> {
        let query = "delete from unfinished_answer \
             where audit_id = $1 and standard = $2 and person_id = $3";
        let values = [audit.0.into(), standard.as_str().into(), person.0.into()];
        sql::run(&self.0.write, query, values).await?;
        Ok(())
    }
}
