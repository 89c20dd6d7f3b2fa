//! Who audits which records, and where nobody does.

use crate::cohort::Cohort;
use crate::id::PlaceId;

/// Whether anybody looks at the records of a cell. *Unknown* is an honest answer, and must be visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageState {
    /// At least one audit was submitted in this cycle or the three before it.
    Audited,
    /// None was, but one is assigned in this cycle.
    Planned,
    /// None was, and none is assigned.
    NotAudited,
    /// The case list does not say enough to tell whose these records are.
    Unknown,
}

impl CoverageState {
    /// The state in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Audited => "Audited",
            Self::Planned => "Planned",
            Self::NotAudited => "Not audited",
            Self::Unknown => "Unknown",
        }
    }
}

/// One combination of service and cohort, with what is known of its audits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The service; none where the team on the case list belongs to no service that we know.
    pub service: Option<PlaceId>,
    /// The service's name, or the words for there being none.
    pub service_name: String,
    /// The cohort.
    pub cohort: Cohort,
    /// Records open on the date of the case list.
    pub open: u32,
    /// How many of those had an audit submitted in this cycle or the three before it.
    pub audited: u32,
    /// How many of those have an audit assigned in this cycle and not yet submitted.
    pub planned: u32,
}

impl Cell {
    /// Whether anybody looks at these records, computed from audits done and not from promises.
    pub fn state(&self) -> CoverageState {
        if self.audited > 0 {
            CoverageState::Audited
        } else if self.planned > 0 {
            CoverageState::Planned
        } else if self.service.is_none() || self.cohort == Cohort::PlacedUnknown {
            CoverageState::Unknown
        } else {
            CoverageState::NotAudited
        }
    }
}

/// One cohort over every service: the lines that a committee reads first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CohortLine {
    /// The cohort.
    pub cohort: Cohort,
    /// Records open.
    pub open: u32,
    /// Audited in this cycle or the three before it.
    pub audited: u32,
    /// Assigned in this cycle and not yet submitted.
    pub planned: u32,
    /// Records in cells whose state is *unknown*.
    pub unknown: u32,
    /// Records in cells whose state is *not audited*.
    pub not_audited: u32,
}

/// Adds the cells up by cohort. Every cohort has its line, an empty one included, because *none
/// open* and *none looked for* are different things to tell a committee.
pub fn by_cohort(cells: &[Cell]) -> Vec<CohortLine> {
    Cohort::ALL
        .into_iter()
        .map(|cohort| {
            let empty =
                CohortLine { cohort, open: 0, audited: 0, planned: 0, unknown: 0, not_audited: 0 };
            cells.iter().filter(|cell| cell.cohort == cohort).fold(empty, |line, cell| {
                let in_state = |state| if cell.state() == state { cell.open } else { 0 };
                CohortLine {
                    cohort,
                    open: line.open + cell.open,
                    audited: line.audited + cell.audited,
                    planned: line.planned + cell.planned,
                    unknown: line.unknown + in_state(CoverageState::Unknown),
                    not_audited: line.not_audited + in_state(CoverageState::NotAudited),
                }
            })
        })
        .collect()
}

impl CohortLine {
    /// The state of the cohort as a whole; none where no record is open.
    ///
    /// It is the worst that is true of any part: a cohort that one service audits and another
    /// does not is *not audited* somewhere, and that is what a committee must be told.
    pub fn state(&self) -> Option<CoverageState> {
        if self.open == 0 {
            None
        } else if self.not_audited > 0 {
            Some(CoverageState::NotAudited)
        } else if self.unknown > 0 {
            Some(CoverageState::Unknown)
        } else if self.audited > 0 {
            Some(CoverageState::Audited)
        } else {
            Some(CoverageState::Planned)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(service: Option<i64>, cohort: Cohort, audited: u32, planned: u32) -> Cell {
        Cell {
            service: service.map(PlaceId),
            service_name: "Disability Service".to_owned(),
            cohort,
            open: 14,
            audited,
            planned,
        }
    }

    #[test]
    fn the_state_comes_from_audits_done() {
        let cohort = Cohort::DisabledPlacedOut;
        assert_eq!(cell(Some(1), cohort, 1, 0).state(), CoverageState::Audited);
        assert_eq!(cell(Some(1), cohort, 0, 2).state(), CoverageState::Planned);
        assert_eq!(cell(Some(1), cohort, 0, 0).state(), CoverageState::NotAudited);
        assert_eq!(cell(None, cohort, 0, 0).state(), CoverageState::Unknown);
        assert_eq!(cell(Some(1), Cohort::PlacedUnknown, 0, 0).state(), CoverageState::Unknown);
    }

    #[test]
    fn one_service_that_audits_does_not_hide_one_that_does_not() {
        let cohort = Cohort::DisabledPlacedOut;
        let lines = by_cohort(&[cell(Some(1), cohort, 5, 0), cell(Some(2), cohort, 0, 0)]);
        let line = lines.iter().find(|line| line.cohort == cohort).unwrap();
        assert_eq!((line.open, line.audited, line.not_audited), (28, 5, 14));
        assert_eq!(line.state(), Some(CoverageState::NotAudited));
    }

    #[test]
    fn a_cohort_with_no_open_record_still_has_its_line() {
        let lines = by_cohort(&[]);
        assert_eq!(lines.len(), Cohort::ALL.len());
        assert!(lines.iter().all(|line| line.state().is_none()));
    }
}
