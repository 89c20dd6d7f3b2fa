//! Who audits and who holds which records, and how many were open on which day, in the ledger.

use jiff::civil::Date;
use quarterlight_disclosure::{CellId, Standing};
use quarterlight_domain::allocation::AllocationLine;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::by_cohort;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::need::Need;
use quarterlight_domain::staffing::trend::Open;

use super::{DATED, Ledger};
use crate::part_one::grid::{Lines, Slot};

/// The needs of the chart, as the committee asked for them.
const SHOWN: [Need; 2] = [Need::ChildProtection, Need::ChildInNeed];

impl Ledger {
    pub(super) fn coverage(&mut self, figures: &QuarterFigures) -> Lines {
        if figures.coverage.is_empty() {
            return Lines::default();
        }
        let rows: Vec<(String, Vec<u64>)> = by_cohort(&figures.coverage)
            .iter()
            .map(|it| {
                let counts = [it.open, it.audited, it.planned].map(u64::from);
                (it.cohort.words().to_owned(), counts.to_vec())
            })
            .collect();
        let lines = self.block("Audits done and planned, by cohort", &rows, "All cohorts");
        self.parts_of(&lines, &rows, &[(1, 0), (2, 0)]);
        for (line, it) in lines.rows.iter().zip(by_cohort(&figures.coverage)) {
            let is_of_disabled =
                matches!(it.cohort, Cohort::DisabledPlacedOut | Cohort::DisabledInArea);
            if let Some(open) = line.count(0).filter(|_| is_of_disabled) {
                self.noted.disabled.push((open, it.open.into()));
            }
        }
        lines
    }

    pub(super) fn allocation(&mut self, figures: &QuarterFigures) -> Lines {
        let mut lines = Lines::default();
        let table = "Who holds which records";
        let allocation = &figures.allocation;
        let needs = SHOWN
            .into_iter()
            .filter_map(|need| allocation.iter().find(|line| line.need == need && line.all() > 0));
        let needs: Vec<&AllocationLine> = needs.collect();
        for (row, line) in needs.into_iter().enumerate() {
            let counts = line.held.into_iter().chain(std::iter::once(line.unallocated));
            let counts: Vec<u64> = counts.map(u64::from).collect();
            let cells: Vec<CellId> = counts
                .iter()
                .enumerate()
                .map(|(at, count)| self.cell((table, row, at), *count, Standing::Open))
                .collect();
            let all = u64::from(line.all());
            let total = self.cell((table, row, cells.len()), all, Standing::Open);
            self.release.adds_up(total, cells.iter().copied());
            let held = cells.iter().copied().chain([total]);
            self.noted.held.insert(line.need, held.zip(counts.into_iter().chain([all])).collect());
            let slots = cells.into_iter().chain([total]).map(Slot::Count);
            lines.push(line.need.words(), slots);
        }
        lines
    }

    /// A record of a cohort that is named after a need has that need: what is left are records of
    /// the need that stand in a cohort of their own, such as disabled children's.
    pub(super) fn needs_and_cohorts(&mut self, figures: &QuarterFigures, coverage: &Lines) {
        let cohorts = by_cohort(&figures.coverage);
        for (line, it) in coverage.rows.iter().zip(&cohorts) {
            let need = match it.cohort {
                Cohort::ChildProtection => Need::ChildProtection,
                Cohort::ChildInNeed => Need::ChildInNeed,
                _ => continue,
            };
            let all = self.noted.held.get(&need).and_then(|held| held.last().copied());
            if let Some((all, open)) = all.zip(line.count(0))
                && all.1 >= u64::from(it.open)
            {
                self.tie(all, &[(open, it.open.into())]);
            }
        }
    }

    /// The open records of the first table, under the name that reports of other quarters have for
    /// them.
    pub(super) fn dated(&mut self, figures: &QuarterFigures, all: Option<CellId>) {
        let Some((day, all)) = figures.case_list.zip(all) else { return };
        let open = figures.samples.iter().map(|it| u64::from(it.open)).sum();
        let noted = self.open_on(day, open);
        self.release.adds_up(all, [noted]);
    }

    fn open_on(&mut self, day: Date, open: u64) -> CellId {
        let cell = self.release.cell(format!("{DATED}records open on {day}"), open, Standing::Open);
        self.noted.open_on.insert(day, (cell, open));
        cell
    }

    /// What the sentence of the trend says of records. A month’s may be the very records of the
    /// first table, or of that of an earlier report.
    pub(super) fn trend(&mut self, figures: &QuarterFigures) -> Option<[CellId; 2]> {
        let ends = crate::staffing::ends(&figures.staffing.trend)?;
        Some(ends.map(|it| {
            let open = u64::from(it.open.and_then(Open::known).unwrap_or_default());
            match self.noted.open_on.get(&it.day) {
                Some((cell, same)) if *same == open => *cell,
                Some(other) => {
                    let other = *other;
                    let at = format!("{DATED}records open on {}, of the trend", it.day);
                    let cell = self.release.cell(at, open, Standing::Open);
                    self.tie(other, &[(cell, open)]);
                    cell
                }
                None => self.open_on(it.day, open),
            }
        }))
    }
}
