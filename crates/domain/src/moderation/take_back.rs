//! An auditor takes a submitted audit back, until a moderator has opened it.

use jiff::civil::Date;

use crate::audit::Audit;
use crate::calendar::day_in_words;
use crate::id::AuditId;
use crate::refusal::Refusal;
use crate::text::Reason;

use super::Moderation;

/// An audit that its auditor may take back. What was submitted is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// The audit.
    pub audit: AuditId,
    /// Why.
    pub because: Reason,
}

impl TakenBack {
    /// Takes an audit back.
    ///
    /// # Errors
    /// Refuses an audit that is not submitted, one that a moderator has opened, and one whose cycle
    /// was closed.
    pub fn of(
        audit: &Audit,
        opened: Option<&Moderation>,
        cycle_closed: Option<Date>,
        because: Reason,
    ) -> Result<Self, Refusal> {
        may(audit, opened, cycle_closed)?;
        Ok(Self { audit: audit.id, because })
    }
}

/// Whether an audit may be taken back.
///
/// # Errors
/// Says why it may not.
pub fn may(
    audit: &Audit,
    opened: Option<&Moderation>,
    cycle_closed: Option<Date>,
) -> Result<(), Refusal> {
    if !audit.is_submitted() {
        return Err(Refusal::because("This audit is not submitted, so it is still with you."));
    }
    if let Some(opened) = opened {
        return Err(Refusal::because(format!(
            "{} has opened this audit. Ask them to return it.",
            opened.moderator_name
        )));
    }
    match cycle_closed {
        None => Ok(()),
        Some(day) => Err(Refusal::because(format!(
            "The cycle was closed on {}, so this audit can no longer be taken back.",
            day_in_words(day)
        ))),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::grade::Grade;
    use crate::moderation::sample::{audit, moderation};

    #[test]
    fn it_comes_back_until_a_moderator_has_opened_it() {
        let submitted = audit(Grade::Good);
        assert!(may(&submitted, None, None).is_ok());
        let refusal = may(&submitted, Some(&moderation(false)), None).unwrap_err();
        assert!(refusal.sentence().starts_with("Farah Siddiqui has opened"), "{refusal}");
        assert!(may(&submitted, None, Some(date(2026, 12, 14))).is_err());
        let mut open = submitted;
        open.stage = crate::audit::Stage::Assigned;
        assert!(may(&open, None, None).is_err());
    }
}
