//! The answers of a form that was handed in: all of them are saved, or none is.

use quarterlight_domain::audit::Answered;
use quarterlight_domain::id::AuditId;
use quarterlight_domain::proposed::Ruled;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;

use super::{Answers, Page, entry, hold, kept, write};
use crate::change::Change;
use crate::fault::Fault;
use crate::proposals;

/// What became of a form that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenOver {
    /// Its answers are kept; this many say something else than before.
    Yes(usize),
    /// Somebody saved another answer to this standard since it was looked at. Nothing was saved.
    Conflict(StandardCode),
    /// The audit was submitted, given to somebody else or closed with its cycle in between.
    Closed,
}

impl Answers {
    /// Saves the answers of a form, and what they say to what was proposed: with a line in the
    /// journal for each answer, as if they had been saved one by one, and in one transaction. What
    /// is kept word for word already leaves no line.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing of it is kept.
    pub async fn take_over(
        &self,
        stamp: &Stamp,
        audit: AuditId,
        (answered, ruled): (&[Answered], &[Ruled]),
    ) -> Result<TakenOver, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !hold(&*change, stamp, audit).await? {
            return Ok(TakenOver::Closed);
        }
        let no_page = Page { key: "", turn: 0 };
        let mut entries = Vec::new();
        for Answered { answer, .. } in answered.iter().filter(|it| it.audit == audit) {
            if write(&*change, stamp, audit, answer, no_page).await? {
                entries.push(entry(audit, answer, (None, None)));
                continue;
            }
            match kept(&*change, audit, &answer.standard).await? {
                Some(kept) if kept.says_the_same_as(answer) => {}
                _ => return Ok(TakenOver::Conflict(answer.standard.clone())),
            }
        }
        let saved = entries.len();
        entries.extend(proposals::write_all(&change, stamp, audit, ruled).await?);
        let Some(last) = entries.pop() else { return Ok(TakenOver::Yes(0)) };
        for entry in &entries {
            change.note(entry).await?;
        }
        change.keep(last).await?;
        Ok(TakenOver::Yes(saved))
    }
}
