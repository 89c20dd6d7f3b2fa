//! The file that an authority keeps on one child, as the current case list describes it.

use jiff::civil::Date;

use crate::allocation::Experience;
use crate::case_list::CaseLine;
use crate::cohort::Cohort;
use crate::id::{PersonId, RecordId, WorkerId};
use crate::place::Whereabouts;

/// Somebody who holds records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Their id.
    pub id: WorkerId,
    /// Their name, as the case list gives it.
    pub name: String,
    /// How long they have been qualified.
    pub experience: Experience,
    /// The person that they sign in as, if they do.
    pub person: Option<PersonId>,
}

/// An open record, as at the date of the current case list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// What the case list says about it.
    pub line: CaseLine,
    /// The date of that case list.
    pub as_at: Date,
    /// The worker who holds it; none when it is unallocated.
    pub worker: Option<Worker>,
    /// The team and everything around it; empty when the team is not one that we know.
    pub whereabouts: Whereabouts,
    /// The name of its service, when that is known.
    pub service: Option<String>,
}

impl Record {
    /// The cohort that it stands in.
    pub fn cohort(&self) -> Cohort {
        Cohort::of(&self.line)
    }
}
