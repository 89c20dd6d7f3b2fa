//! An audit is given to somebody else, or its day is moved: never without a reason.

use jiff::civil::Date;

use crate::audit::Audit;
use crate::calendar::day_in_words;
use crate::id::{AuditId, PersonId};
use crate::independence::Independent;
use crate::refusal::Refusal;
use crate::text::Reason;

/// An audit that may go from one auditor to another. Its answers go with it, and stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The audit.
    pub audit: AuditId,
    /// Who has it.
    pub from: PersonId,
    /// Who gets it.
    pub to: PersonId,
    /// Why.
    pub because: Reason,
}

impl Handover {
    /// Gives an audit to somebody who was found independent of its record.
    ///
    /// # Errors
    /// Refuses an audit that is submitted or closed, one that they have already, and somebody who
    /// was found independent of another record.
    pub fn of(audit: &Audit, to: &Independent, because: Reason) -> Result<Self, Refusal> {
        audit.must_be_open()?;
        if to.record() != audit.record {
            return Err(Refusal::because("Nobody has found them independent of this record."));
        }
        if to.auditor() == audit.auditor {
            return Err(Refusal::because(format!(
                "{} has this audit already. Choose somebody else.",
                audit.auditor_name
            )));
        }
        Ok(Self { audit: audit.id, from: audit.auditor, to: to.auditor(), because })
    }
}

/// A day that may be moved. Both days stay visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDue {
    /// The audit.
    pub audit: AuditId,
    /// The day on which it was due.
    pub from: Date,
    /// The day on which it is due now.
    pub to: Date,
    /// Why.
    pub because: Reason,
}

impl NewDue {
    /// Moves an audit's day.
    ///
    /// # Errors
    /// Refuses an audit that is submitted or closed, the same day, and a day that is past.
    pub fn of(audit: &Audit, to: Date, because: Reason, today: Date) -> Result<Self, Refusal> {
        audit.must_be_open()?;
        if to == audit.due {
            return Err(Refusal::because(format!(
                "This audit is due on {} already. Enter another day.",
                day_in_words(to)
            )));
        }
        if to < today {
            return Err(Refusal::because("Enter today or a later day."));
        }
        Ok(Self { audit: audit.id, from: audit.due, to, because })
    }
}
