//! One quarter of the programme.

use jiff::civil::Date;

use crate::calendar::Quarter;
use crate::id::{CycleId, EditionId};

/// One quarter's round of audits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// Its id.
    pub id: CycleId,
    /// The quarter; there is one cycle in each.
    pub quarter: Quarter,
    /// The edition on which its audits are made.
    pub edition: EditionId,
    /// The day by which its audits are due.
    pub due: Date,
}

impl Cycle {
    /// True once its audits should all have been submitted.
    pub fn is_past(&self, today: Date) -> bool {
        self.due < today
    }
}
