//! Indicators in the ledger: each counts records or judgements that other tables count as well.
//!
//! What is printed of an earlier quarter that is public is what was printed then, and so says nothing
//! new. Of a quarter that is not public the counts are cells of this release like any other.

use quarterlight_disclosure::{CellId, Past, Standing};
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::indicator::measure::{Field, Holding, Measure};
use quarterlight_domain::indicator::series::Series;
use quarterlight_domain::indicator::tally::Counted as Value;
use quarterlight_domain::need::Need;
use quarterlight_domain::release::about::About;

use super::{Counted, DATED, Ledger};

/// One indicator.
#[derive(Debug, Clone)]
pub struct IndicatorCells {
    /// How many.
    pub count: CellId,
    /// Out of how many.
    pub of: CellId,
    /// Of how many it cannot be told.
    pub untold: CellId,
    /// The quarters before this one, the earliest first.
    pub past: Vec<(Quarter, PastPoint)>,
}

/// What there is to say of a quarter before this one.
#[derive(Debug, Clone, Copy)]
pub enum PastPoint {
    /// Nothing is public of it: how many, and out of how many.
    Cells(CellId, CellId),
    /// What the report of that quarter printed.
    Printed(u64, u64),
    /// The report of that quarter did not print it.
    Withheld,
    /// There was nothing to count.
    Nothing,
}

impl Ledger {
    pub(super) fn indicators(
        &mut self,
        figures: &QuarterFigures,
        past: &[(About, Past)],
    ) -> Vec<IndicatorCells> {
        let each = figures.indicators.iter();
        each.map(|series| self.indicator(series, figures, past)).collect()
    }

    fn indicator(
        &mut self,
        series: &Series,
        figures: &QuarterFigures,
        past: &[(About, Past)],
    ) -> IndicatorCells {
        let code = series.held.indicator.code.as_str();
        let quarter = series.points.last().map_or(figures.quarter, |point| point.quarter);
        let value = series.latest(None);
        let [count, of] = self.share(code, quarter, value);
        let untold = value.untold.into();
        let untold = (self.release.cell(at(code, quarter, "untold"), untold, OPEN), untold);
        self.release.percent(count.0, of.0, 0);
        self.shared(&series.held.indicator.measure, [count, of, untold], figures);
        let before = series.points.iter().filter(|point| point.quarter < quarter);
        let before = before.map(|point| {
            let value = point.counted(None);
            (point.quarter, self.past(code, (point.quarter, value), past))
        });
        let past = before.collect();
        IndicatorCells { count: count.0, of: of.0, untold: untold.0, past }
    }

    /// How many and out of how many. The others are printed nowhere, and follow from both.
    fn share(&mut self, code: &str, quarter: Quarter, value: Value) -> [Counted; 2] {
        let [count, of] = [value.count, value.of].map(u64::from);
        let counts = (self.release.cell(at(code, quarter, "count"), count, OPEN), count);
        let base = (self.release.cell(at(code, quarter, "out of"), of, OPEN), of);
        let rest = of.saturating_sub(count);
        let rest = self.release.cell(at(code, quarter, "the others"), rest, Standing::Unprinted);
        self.release.adds_up(base.0, [counts.0, rest]);
        [counts, base]
    }

    fn past(
        &mut self,
        code: &str,
        (quarter, value): (Quarter, Value),
        past: &[(About, Past)],
    ) -> PastPoint {
        // Of several reports of a quarter the last one stands.
        if let Some((_, report)) = past.iter().rev().find(|(of, _)| *of == quarter.into()) {
            let printed = |what| report.printed(&at(code, quarter, what));
            return match (printed("count"), printed("out of")) {
                (Some(_), Some(0)) => PastPoint::Nothing,
                (Some(count), Some(of)) => PastPoint::Printed(count, of),
                _ => PastPoint::Withheld,
            };
        }
        if value.of == 0 {
            return PastPoint::Nothing;
        }
        let [count, of] = self.share(code, quarter, value);
        self.release.percent(count.0, of.0, 0);
        PastPoint::Cells(count.0, of.0)
    }

    /// Ties an indicator to the tables that count the same records or judgements.
    fn shared(&mut self, measure: &Measure, cells: [Counted; 3], figures: &QuarterFigures) {
        let [count, of, untold] = cells;
        let open = figures.case_list.and_then(|day| self.noted.open_on.get(&day).copied());
        match measure {
            Measure::Judged(standards) => {
                let of_each =
                    standards.iter().filter_map(|it| self.noted.standards.get(it.as_str()));
                let of_each: Vec<[Counted; 3]> = of_each.copied().collect();
                let column = |at: usize| -> Vec<Counted> {
                    of_each.iter().filter_map(|it| it.get(at).copied()).collect()
                };
                self.tie(count, &column(0));
                self.tie(of, &column(2));
                let kinds = std::mem::take(&mut self.noted.cannot_tell);
                self.part_of_all(untold, &kinds);
                self.noted.cannot_tell = kinds;
            }
            Measure::Graded => {
                let grades = self.noted.grades.clone();
                self.tie(of, &grades);
                self.tie(count, grades.get(..2).unwrap_or_default());
            }
            Measure::Known(field) => {
                if let Some(open) = open {
                    self.tie(open, &[of]);
                }
                if *field == Field::Disability {
                    self.disability(count, figures);
                }
            }
            Measure::Held(need, holding) => self.held((*need, *holding), cells, open),
            // To which records a rule applies is for the rule to say: it may be all that are open,
            // or those of one need.
            Measure::InTime(_) => {
                let wholes = self.noted.held.values().filter_map(|held| held.last().copied());
                let wholes: Vec<Counted> = wholes.chain(open).collect();
                for whole in wholes.into_iter().filter(|whole| whole.1 >= of.1 + untold.1) {
                    self.tie(whole, &[of, untold]);
                }
            }
        }
    }

    /// A count that is part of others together.
    fn part_of_all(&mut self, part: Counted, wholes: &[Counted]) {
        let sum: u64 = wholes.iter().map(|(_, count)| count).sum();
        if sum >= part.1 && !wholes.is_empty() {
            let about = format!("{} beside all that it is of", self.release.at(part.0));
            let all = self.release.cell(about, sum, Standing::Unprinted);
            self.release.adds_up(all, wholes.iter().map(|(cell, _)| *cell));
            self.tie((all, sum), &[part]);
        }
    }

    /// Who is known to be disabled stands in a cohort that says so, or in none that is printed.
    fn disability(&mut self, known: Counted, figures: &QuarterFigures) {
        let cohorts: Vec<Counted> =
            self.noted.disabled.iter().copied().filter(|(_, count)| *count <= known.1).collect();
        let sum: u64 = cohorts.iter().map(|(_, count)| count).sum();
        if sum <= known.1 && !figures.coverage.is_empty() {
            self.tie(known, &cohorts);
        }
    }

    fn held(
        &mut self,
        (need, holding): (Option<Need>, Holding),
        [count, of, untold]: [Counted; 3],
        open: Option<Counted>,
    ) {
        let column = match holding {
            Holding::Nobody => Experience::ALL.len(),
            Holding::By(asked) => {
                Experience::ALL.into_iter().position(|each| each == asked).unwrap_or_default()
            }
        };
        let unknown = Experience::ALL.len() - 1;
        let Some(need) = need else {
            if let Some(open) = open {
                self.tie(open, &[of, untold]);
            }
            // A record with two needs stands under both.
            let parts: Vec<Counted> =
                self.noted.held.values().filter_map(|held| held.get(column).copied()).collect();
            for part in parts.iter().filter(|part| part.1 <= count.1) {
                self.tie(count, &[*part]);
            }
            if parts.len() > 1 && parts.iter().map(|(_, count)| count).sum::<u64>() <= count.1 {
                self.tie(count, &parts);
            }
            return;
        };
        let Some(held) = self.noted.held.get(&need).cloned() else { return };
        if let Some(same) = held.get(column) {
            self.tie(count, &[*same]);
        }
        if let Some(all) = held.last() {
            self.tie(*all, &[of, untold]);
        }
        if let Some(same) = held.get(unknown).filter(|_| untold.1 > 0) {
            self.tie(untold, &[*same]);
        }
    }
}

/// Cells that can be hidden.
const OPEN: Standing = Standing::Open;

/// The name of a figure, the same in every report.
fn at(code: &str, quarter: Quarter, what: &str) -> String {
    format!("{DATED}{code} of {quarter}, {what}")
}
