//! How the audits of a cycle come on, in numbers: by service, and for a team by itself.

use crate::place::Whereabouts;

/// The drawn records of one team, and how their audits come on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamProgress {
    /// The team and everything around it; empty when it is not one that we know.
    pub whereabouts: Whereabouts,
    /// The team's name, as far as it is known.
    pub team: Option<String>,
    /// Its service's name, as far as it is known.
    pub service: Option<String>,
    /// Its numbers.
    pub counts: ProgressCounts,
}

/// How many audits are how far. All are counts of drawn records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProgressCounts {
    /// Records drawn, without reserves.
    pub drawn: u32,
    /// Audits allocated to an auditor, the later stages included.
    pub allocated: u32,
    /// Audits started, the submitted ones included.
    pub started: u32,
    /// Audits submitted.
    pub submitted: u32,
    /// Audits past their day, neither submitted nor missed.
    pub late: u32,
    /// Audits that were not made when the cycle was closed.
    pub missed: u32,
    /// Of the allocated, those whose auditor works outside the record's service.
    pub outside_service: u32,
    /// Of the allocated, those whose auditor works outside the record's directorate.
    pub outside_directorate: u32,
}

impl ProgressCounts {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            drawn: self.drawn + other.drawn,
            allocated: self.allocated + other.allocated,
            started: self.started + other.started,
            submitted: self.submitted + other.submitted,
            late: self.late + other.late,
            missed: self.missed + other.missed,
            outside_service: self.outside_service + other.outside_service,
            outside_directorate: self.outside_directorate + other.outside_directorate,
        }
    }
}
