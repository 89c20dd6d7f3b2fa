//! An issue that an audit found and that must be addressed.

use jiff::civil::Date;

use crate::audit::Audit;
use crate::framework::Contents;
use crate::id::PersonId;
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// The code under which a finding stands that is no standard's, but the key issue of an audit. No
/// framework that ships has a section of these letters.
pub const KEY_ISSUE: &str = "KI1";

/// A finding, with the action that goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The standard that it is about.
    pub standard: StandardCode,
    /// What has to be put right.
    pub what: Reason,
    /// Who is to do it; none while nobody is known, which is shown and not hidden.
    pub owner: Option<PersonId>,
    /// The day by which it is to be done.
    pub due: Date,
}

impl Raised {
    /// Checks that the finding can be added to this audit today.
    ///
    /// # Errors
    /// Refuses once the audit was submitted, a standard that is not asked of the record, and a due
    /// date that is already past.
    pub fn check(&self, audit: &Audit, contents: &Contents, today: Date) -> Result<(), Refusal> {
        if audit.is_submitted() {
            return Err(Refusal::because(
                "This audit was submitted, so no finding can be added to it.",
            ));
        }
        let asked = contents
            .find(&self.standard)
            .is_some_and(|(_, standard)| standard.applies_to(&audit.line));
        if !asked {
            return Err(Refusal::because(format!(
                "Standard {} is not asked of this record.",
                self.standard
            )));
        }
        if self.due < today {
            return Err(Refusal::because("The due date must be today or later."));
        }
        Ok(())
    }
}
