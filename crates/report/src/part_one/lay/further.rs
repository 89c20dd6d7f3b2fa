//! Filing and second readings in the ledger: what is checked is a record or an audit like any other.

use quarterlight_disclosure::{CellId, Standing};
use quarterlight_domain::figures::{FilingFigures, ModerationFigures, QuarterFigures};
use quarterlight_domain::filing::figures::PaperCounts;
use quarterlight_domain::statistics::agreement::Agreement;

use super::{Counted, Ledger};
use crate::part_one::grid::Lines;

const PAPER: &str = "Paper beside the electronic record, by service";
const ITEMS: &str = "Records and filing";
const READINGS: &str = "Moderation";

/// The items that the filing checks of the quarter looked at.
#[derive(Debug, Clone, Copy)]
pub struct FilingCells {
    /// Records whose items were looked at.
    pub records: CellId,
    /// Items.
    pub items: CellId,
    /// Of them, not on the record.
    pub missing: CellId,
    /// Of them, in another place of it.
    pub misfiled: CellId,
    /// Of them, on another child’s record.
    pub another_record: CellId,
    /// Items of which it is known if they were entered in time.
    pub timed: CellId,
    /// Of those, late.
    pub late: CellId,
    /// Mismatches that were found, and those of them that were put right.
    pub mismatches: [CellId; 2],
}

/// Second readings of the authority, whoever audited.
#[derive(Debug, Clone, Copy)]
pub struct ModerationCells {
    /// Audits that were read a second time.
    pub read: CellId,
    /// Of all that were submitted.
    pub of: CellId,
    /// Judgements that were made twice.
    pub twice: CellId,
    /// Of those, the same.
    pub same: CellId,
}

impl Ledger {
    /// One row for each service: checked, without paper, with paper, nobody could say; and of those
    /// with paper, whether both records agree.
    pub(super) fn paper(&mut self, figures: &QuarterFigures, samples: &Lines) -> Lines {
        let paper = &figures.further.filing.paper;
        let rows: Vec<(String, Vec<u64>)> = paper
            .iter()
            .map(|it| {
                let name = it.service.as_deref().unwrap_or("Service not known").to_owned();
                (name, counts(it).map(u64::from).to_vec())
            })
            .collect();
        // So few records are checked that their totals have to be hidden as easily as their parts.
        let grand = std::mem::replace(&mut self.grand, Standing::Open);
        let lines = self.block(PAPER, &rows, "All services");
        self.grand = grand;
        for line in &lines.rows {
            let cell = |at: usize| line.count(at);
            let parts = |from: usize| (from..from + 3).filter_map(cell).collect::<Vec<CellId>>();
            if let Some((checked, paper)) = cell(0).zip(cell(2)) {
                self.release.adds_up(checked, parts(1));
                self.release.adds_up(paper, parts(4));
            }
        }
        // Nobody checks a record that is not open.
        for (line, (name, counts)) in lines.rows.iter().zip(&rows) {
            let place = samples.rows.iter().find(|row| !row.is_total && row.name == *name);
            let open = figures.samples.iter().find(|it| it.service == *name);
            let whole = place.and_then(|row| row.count(0)).zip(open);
            if let (Some((whole, open)), Some(checked), Some(count)) =
                (whole, line.count(0), counts.first())
            {
                self.within(checked, whole, (*count, open.open.into()));
            }
        }
        lines
    }

    pub(super) fn filing(&mut self, it: &FilingFigures, paper: &Lines) -> Option<FilingCells> {
        if it.records == 0 {
            return None;
        }
        let counts = &it.items;
        let mut turn = 0;
        let mut cell = |ledger: &mut Self, count: u32| {
            turn += 1;
            (ledger.cell((ITEMS, 0, turn), count.into(), Standing::Open), u64::from(count))
        };
        let [records, items] = [it.records, counts.items].map(|count| cell(self, count));
        let wrong = [counts.missing, counts.misfiled, counts.another_record];
        let [missing, misfiled, another_record] = wrong.map(|count| cell(self, count));
        let [timed, late] = [counts.timed, counts.late].map(|count| cell(self, count));
        let mismatches = [it.cleared.of, it.cleared.count].map(|count| cell(self, count));
        self.tie(items, &[missing, misfiled, another_record]);
        self.tie(items, &[timed]);
        self.tie(timed, &[late]);
        self.tie(mismatches[0], &[mismatches[1]]);
        let checked: u32 = it.paper.iter().map(|it| it.records).sum();
        if let Some(all) = paper.rows.last().and_then(|row| row.count(0)) {
            self.tie((all, checked.into()), &[records]);
        }
        Some(FilingCells {
            records: records.0,
            items: items.0,
            missing: missing.0,
            misfiled: misfiled.0,
            another_record: another_record.0,
            timed: timed.0,
            late: late.0,
            mismatches: mismatches.map(|(cell, _)| cell),
        })
    }

    pub(super) fn moderation(
        &mut self,
        it: &ModerationFigures,
        figures: &QuarterFigures,
        audited: Option<CellId>,
    ) -> Option<ModerationCells> {
        if it.read.of == 0 {
            return None;
        }
        let same = Agreement::of(&it.pairs).same;
        let cell = |ledger: &mut Self, at: usize, count: u32| -> Counted {
            (ledger.cell((READINGS, 0, at), count.into(), Standing::Open), count.into())
        };
        let read = cell(self, 0, it.read.count);
        let of = cell(self, 1, it.read.of);
        let agreed = cell(self, 2, same.count);
        let twice = cell(self, 3, same.of);
        self.within(read.0, of.0, (read.1, of.1));
        self.tie(twice, &[agreed]);
        self.release.percent(agreed.0, twice.0, 0);
        if let Some(audited) = audited {
            self.tie((audited, figures.submitted().count.into()), &[of]);
        }
        Some(ModerationCells { read: read.0, of: of.0, twice: twice.0, same: agreed.0 })
    }
}

fn counts(it: &PaperCounts) -> [u32; 7] {
    let unknown = it.unknown();
    [it.records, it.no_paper, it.paper, unknown, it.agreeing, it.differing, it.not_told()]
}

/// What stands in the columns of a line of paper, in order.
pub const HEADINGS: [&str; 7] = [
    "Records checked",
    "Without paper",
    "With paper",
    "Nobody could say",
    "With paper that agrees",
    "With paper that differs",
    "With paper, not told if it agrees",
];
