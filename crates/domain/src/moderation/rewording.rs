//! A wish that a standard be worded anew, because people read it differently.

use crate::framework::Contents;
use crate::id::EditionId;
use crate::refusal::Refusal;
use crate::standard::StandardCode;
use crate::text::Reason;

/// A wish that may be kept: it waits for the framework's next draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRewording {
    /// The edition on which it was read differently.
    pub edition: EditionId,
    /// The standard.
    pub standard: StandardCode,
    /// What is unclear, or how it could be worded.
    pub words: Reason,
}

impl NewRewording {
    /// A wish about a standard of an edition.
    ///
    /// # Errors
    /// Refuses a standard that the edition does not have.
    pub fn of(
        (edition, contents): (EditionId, &Contents),
        standard: StandardCode,
        words: Reason,
    ) -> Result<Self, Refusal> {
        if contents.find(&standard).is_none() {
            return Err(Refusal::because(format!("There is no standard {standard}.")));
        }
        Ok(Self { edition, standard, words })
    }
}
