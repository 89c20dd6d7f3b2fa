//! What the last audit of the same record said, for whoever audits it again.

use jiff::Timestamp;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{AuditId, EditionId};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::lineage::Lineage;
use quarterlight_domain::standard::StandardCode;

use crate::audits::{self, Audits};
use crate::editions;
use crate::fault::Fault;
use crate::sql;

/// The last audit of a record before another one of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAudit {
    /// Its quarter.
    pub quarter: Quarter,
    /// The edition on which it was made.
    pub edition: EditionId,
    /// When it was submitted.
    pub at: Timestamp,
    answers: Vec<Answer>,
    lineage: Lineage,
    after: EditionId,
}

impl LastAudit {
    /// What it said on the standard that this one of the later audit's edition goes on from: the
    /// same or re-worded. None for a standard that is new, split or joined, or was not asked then.
    pub fn said_on(&self, code: &StandardCode) -> Option<&Answer> {
        let then = self.lineage.back(self.after, code, self.edition)?;
        self.answers.iter().find(|answer| answer.standard == then)
    }
}

impl Audits {
    /// The last submitted audit of the same record in an earlier cycle, with the judgements that stand
    /// after moderation: two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn last_before(
        &self,
        audit: AuditId,
        edition: EditionId,
    ) -> Result<Option<LastAudit>, Fault> {
        let on = &self.0.read;
        let query = "select cycle.quarter, earlier.edition_id, earlier.submitted_at, \
             answer.standard, settled.judgement, answer.seen, answer.found, answer.version \
             from audit earlier join cycle on cycle.id = earlier.cycle_id \
             join audit_answer answer on answer.audit_id = earlier.id \
             join settled_answer settled on settled.audit_id = earlier.id \
                 and settled.standard = answer.standard \
             where earlier.id = ( \
                 select other.id from audit \
                 join cycle own on own.id = audit.cycle_id \
                 join audit other on other.record_id = audit.record_id \
                 join cycle before on before.id = other.cycle_id \
                 where audit.id = $1 and before.quarter < own.quarter \
                 and other.submitted_at is not null \
                 order by before.quarter desc limit 1) \
             order by answer.standard";
        let rows = sql::all(on, query, [audit.0.into()]).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        Ok(Some(LastAudit {
            quarter: first.parse("quarter", str::parse)?,
            edition: first.id("edition_id", EditionId)?,
            at: first.time("submitted_at")?,
            answers: rows.iter().map(audits::answer).collect::<Result<_, _>>()?,
            lineage: editions::lineage(on, edition).await?,
            after: edition,
        }))
    }
}
