//! The programme of a year in the ledger: what was drawn in each quarter, and what of it is audited.

use quarterlight_disclosure::{CellId, Release, Standing};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::figures::{QuarterFigures, ServiceSample};
use quarterlight_domain::programme::{QuarterFacts, YearFacts};

use super::{DATED, Ledger, Noted};
use crate::part_one::grid::Lines;

/// A quarter whose sample was drawn.
#[derive(Debug)]
pub struct DrawnQuarter {
    /// Which.
    pub quarter: Quarter,
    /// Drawn, by cohort; the last line is all cohorts.
    pub cohorts: Lines,
    /// Drawn in all.
    pub drawn: CellId,
    /// Of those, the audits that are submitted.
    pub submitted: CellId,
}

/// Lays the year out; `grand` is how the totals of its quarters stand.
pub fn lay_programme(facts: &YearFacts, grand: Standing) -> (Release, Vec<DrawnQuarter>) {
    let mut ledger = Ledger { release: Release::new(), grand, noted: Noted::default() };
    let drawn = facts.quarters.iter().filter(|it| it.is_drawn);
    let quarters = drawn.filter_map(|it| ledger.drawn(it)).collect();
    (ledger.release, quarters)
}

impl Ledger {
    fn drawn(&mut self, facts: &QuarterFacts) -> Option<DrawnQuarter> {
        let quarter = facts.quarter;
        let row =
            |cohort: Cohort| (cohort.words().to_owned(), vec![u64::from(facts.of(cohort).of)]);
        let rows: Vec<(String, Vec<u64>)> = Cohort::ALL.into_iter().map(row).collect();
        let cohorts = self.block(&format!("Records drawn in {quarter}"), &rows, "All cohorts");
        let drawn = cohorts.rows.last()?.count(0)?;
        let all = facts.all();
        let (of, count) = (u64::from(all.of), u64::from(all.count));
        let submitted = self.draw_of(quarter, (drawn, of), count);
        self.within(submitted, drawn, (count, of));
        Some(DrawnQuarter { quarter, cohorts, drawn, submitted })
    }

    /// What a quarter's own report says of its draw, under the names that the programme of its year
    /// has for the same figures.
    pub(super) fn dated_draw(&mut self, figures: &QuarterFigures, samples: &Lines) {
        let Some(line) = samples.rows.last() else { return };
        let Some((drawn, audited)) = line.count(1).zip(line.count(2)) else { return };
        let sum = |of: fn(&ServiceSample) -> u32| {
            figures.samples.iter().map(|it| u64::from(of(it))).sum::<u64>()
        };
        let of = sum(|it| it.drawn);
        let submitted = self.draw_of(figures.quarter, (drawn, of), sum(|it| it.submitted));
        self.release.adds_up(audited, [submitted]);
    }

    /// The two figures that a quarter's report and the programme share: what is drawn is the same as
    /// the first. Gives the second, which is audited.
    fn draw_of(&mut self, quarter: Quarter, (drawn, of): (CellId, u64), count: u64) -> CellId {
        let at = format!("{DATED}records drawn in {quarter}");
        let shared = self.release.cell(at, of, self.grand);
        self.release.adds_up(drawn, [shared]);
        let at = format!("{DATED}audits submitted of {quarter}");
        self.release.cell(at, count, self.grand)
    }
}
