//! What is recorded of who is close to which records, besides roles: conflicts and supervision.

use jiff::civil::Date;

use crate::conflict::Conflict;
use crate::id::{PersonId, WorkerId};

/// Somebody supervises a worker, from a day and perhaps until one, whatever their grants say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// Who supervises.
    pub supervisor: PersonId,
    /// Whom.
    pub worker: WorkerId,
    /// The first day.
    pub from: Date,
    /// The last day; none while it goes on.
    pub until: Option<Date>,
}

/// All that is recorded. Whoever looks for an independent auditor has to bring it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties {
    /// Conflicts that were declared, the ended ones included.
    pub conflicts: Vec<Conflict>,
    /// Who supervises whom, the ended lines included.
    pub lines: Vec<Supervision>,
}
