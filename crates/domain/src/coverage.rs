//! Who audits which records, and where nobody does.

use std::collections::BTreeMap;

use crate::cell::{CellKind, CellPattern};
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

impl CoverageState {
    /// The state that follows from the audits done and assigned. `is_clear` says that the case list
    /// tells whose these records are.
    const fn from(audited: u32, planned: u32, is_clear: bool) -> Self {
        if audited > 0 {
            Self::Audited
        } else if planned > 0 {
            Self::Planned
        } else if is_clear {
            Self::NotAudited
        } else {
            Self::Unknown
        }
    }
}

/// The records of one kind in one service, with what is known of their audits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The service; none where the team on the case list belongs to no service that we know.
    pub service: Option<PlaceId>,
    /// The service's name, or the words for there being none.
    pub service_name: String,
    /// What the records have in common.
    pub kind: CellKind,
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
        let is_clear = self.service.is_some() && self.kind.cohort != Cohort::PlacedUnknown;
        CoverageState::from(self.audited, self.planned, is_clear)
    }

    /// The pattern that names this cell alone.
    pub fn pattern(&self) -> CellPattern {
        CellPattern::of(self.kind, self.service)
    }
}

/// One stratum, that is a cohort in a service: its cells together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumLine {
    /// The service; none where it is not known.
    pub service: Option<PlaceId>,
    /// The service's name, or the words for there being none.
    pub service_name: String,
    /// The cohort.
    pub cohort: Cohort,
    /// Records open.
    pub open: u32,
    /// Audited in this cycle or the three before it.
    pub audited: u32,
    /// Assigned in this cycle and not yet submitted.
    pub planned: u32,
}

impl StratumLine {
    /// Whether anybody looks at records of this stratum. A draw samples strata and cannot sample
    /// every cell, so a stratum is *audited* where one of its records was; the cells below it say
    /// of which kind nobody has seen one.
    pub fn state(&self) -> CoverageState {
        let is_clear = self.service.is_some() && self.cohort != Cohort::PlacedUnknown;
        CoverageState::from(self.audited, self.planned, is_clear)
    }
}

/// Adds the cells up by service and cohort: services by name, the unknown one last.
pub fn by_stratum(cells: &[Cell]) -> Vec<StratumLine> {
    let mut strata: BTreeMap<(bool, &str, Option<PlaceId>, Cohort), StratumLine> = BTreeMap::new();
    for cell in cells {
        let cohort = cell.kind.cohort;
        let key = (cell.service.is_none(), cell.service_name.as_str(), cell.service, cohort);
        let line = strata.entry(key).or_insert_with(|| StratumLine {
            service: cell.service,
            service_name: cell.service_name.clone(),
            cohort,
            open: 0,
            audited: 0,
            planned: 0,
        });
        line.open += cell.open;
        line.audited += cell.audited;
        line.planned += cell.planned;
    }
    strata.into_values().collect()
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
    /// Records in strata whose state is *unknown*.
    pub unknown: u32,
    /// Records in strata whose state is *not audited*.
    pub not_audited: u32,
}

/// Adds the cells up by cohort. Every cohort has its line, an empty one included, because *none
/// open* and *none looked for* are different things to tell a committee.
pub fn by_cohort(cells: &[Cell]) -> Vec<CohortLine> {
    let strata = by_stratum(cells);
    Cohort::ALL
        .into_iter()
        .map(|cohort| {
            let empty =
                CohortLine { cohort, open: 0, audited: 0, planned: 0, unknown: 0, not_audited: 0 };
            strata.iter().filter(|stratum| stratum.cohort == cohort).fold(empty, |line, stratum| {
                let in_state = |state| if stratum.state() == state { stratum.open } else { 0 };
                CohortLine {
                    cohort,
                    open: line.open + stratum.open,
                    audited: line.audited + stratum.audited,
                    planned: line.planned + stratum.planned,
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
    use crate::need::{Known, LegalRoute, Need, Placement};

    fn cell(service: Option<i64>, cohort: Cohort, audited: u32, planned: u32) -> Cell {
        Cell {
            service: service.map(PlaceId),
            service_name: "Disability Service".to_owned(),
            kind: CellKind {
                cohort,
                need: Need::InCare,
                disabled: Known::Yes,
                placement: Placement::OutOfArea,
                route: LegalRoute::InCare,
            },
            open: 14,
            audited,
            planned,
        }
    }

    #[test]
    fn every_way_of_adding_cells_up_gives_the_open_records() {
        let mut cells = Vec::new();
        for (number, route) in (1..).zip(LegalRoute::ALL) {
            for cohort in Cohort::ALL {
                for service in [Some(1), Some(2), None] {
                    let mut cell = cell(service, cohort, number % 3, number % 2);
                    cell.kind.route = route;
                    cell.open = number * 7 + service.map_or(0, |id| u32::try_from(id).unwrap());
                    cells.push(cell);
                }
            }
        }
        let open: u32 = cells.iter().map(|cell| cell.open).sum();
        let strata = by_stratum(&cells);
        assert_eq!(strata.len(), Cohort::ALL.len() * 3);
        assert_eq!(strata.iter().map(|line| line.open).sum::<u32>(), open);
        let cohorts = by_cohort(&cells);
        assert_eq!(cohorts.iter().map(|line| line.open).sum::<u32>(), open);
        assert!(strata.last().unwrap().service.is_none(), "the unknown service is last");
    }

    #[test]
    fn a_stratum_is_audited_where_one_of_its_cells_is() {
        let mut other = cell(Some(1), Cohort::DisabledPlacedOut, 0, 0);
        other.kind.route = LegalRoute::Section85;
        let cells = [cell(Some(1), Cohort::DisabledPlacedOut, 2, 0), other];
        assert_eq!(cells[1].state(), CoverageState::NotAudited);
        assert_eq!(by_stratum(&cells)[0].state(), CoverageState::Audited);
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
