//! Lays the figures of a quarter out as one ledger: every count once, and everything that adds up.

use quarterlight_disclosure::{CellId, Release, Standing};
use quarterlight_domain::allocation::{AllocationLine, Experience};
use quarterlight_domain::coverage::by_cohort;
use quarterlight_domain::figures::{QuarterFigures, SectionResult, Tally};
use quarterlight_domain::need::Need;
use quarterlight_domain::staffing::period::Basis;
use quarterlight_domain::staffing::trend::Open;
use quarterlight_domain::standard::StandardKind;

use super::grid::{Lines, Slot};

/// The tables of the report, each with its cells in the ledger. It holds words and no counts.
#[derive(Debug, Default)]
pub struct Layout {
    pub release: Release,
    /// Open, drawn, audited and from outside, by service; the last line is all services.
    pub samples: Lines,
    /// Grades given; the last line is all audits.
    pub grades: Lines,
    /// The five judgements by kind.
    pub kinds: Lines,
    /// Each section of the framework, by kind, with its standards.
    pub sections: Vec<(String, Lines)>,
    /// The findings of this quarter, in one line.
    pub actions: Lines,
    /// Open, audited and planned, by cohort; the last line is all cohorts.
    pub coverage: Lines,
    /// Who holds which records: a line for each need.
    pub allocation: Lines,
    /// The open records of the first and the last month of the trend that are known.
    pub trend: Option<[CellId; 2]>,
}

/// The parts of the chart's bars.
pub const HELD: [&str; 5] = [
    Experience::NewlyQualified.words(),
    Experience::EarlyCareer.words(),
    Experience::Experienced.words(),
    "Experience unknown",
    "No named worker",
];

/// The needs of the chart, as the committee asked for them.
const SHOWN: [Need; 2] = [Need::ChildProtection, Need::ChildInNeed];

const KINDS: [StandardKind; 2] = [StandardKind::Compliance, StandardKind::Quality];

/// Cells that can all be hidden.
const OPEN: (Standing, Standing) = (Standing::Open, Standing::Open);

/// Lays the figures out; `grand` is how the grand totals stand.
pub fn lay(figures: &QuarterFigures, grand: Standing) -> Layout {
    let mut ledger = Ledger { release: Release::new(), grand };
    let samples = ledger.samples(figures);
    let audited = samples.rows.last().and_then(|row| row.count(2));
    let grades = ledger.grades(figures, audited);
    let (kinds, sections) = ledger.judgements(figures, audited);
    let actions = ledger.actions(figures);
    let coverage = ledger.coverage(figures);
    let allocation = ledger.allocation(&figures.allocation);
    // The open records of all services and of all cohorts are the same ones.
    let open = |lines: &Lines| lines.rows.last().and_then(|row| row.count(0));
    if let (Some(services), Some(cohorts)) = (open(&samples), open(&coverage)) {
        ledger.release.adds_up(services, [cohorts]);
    }
    let trend = ledger.trend(figures, open(&samples));
    let release = ledger.release;
    Layout { release, samples, grades, kinds, sections, actions, coverage, allocation, trend }
}

struct Ledger {
    release: Release,
    grand: Standing,
}

impl Ledger {
    fn cell(&mut self, at: (&str, usize, usize), count: u64, standing: Standing) -> CellId {
        let (table, row, column) = at;
        let at = format!("“{table}”, row {}, column {}", row + 1, column + 1);
        self.release.cell(at, count, standing)
    }

    /// Says that one count is part of another, so that it is no larger.
    fn within(&mut self, part: CellId, whole: CellId, (part_is, whole_is): (u64, u64)) {
        if let Some(rest) = whole_is.checked_sub(part_is) {
            let at = format!(
                "what is left of {} without {}",
                self.release.at(whole),
                self.release.at(part)
            );
            let rest = self.release.cell(at, rest, Standing::Aside);
            self.release.adds_up(whole, [part, rest]);
        }
    }

    /// Rows of counts, and under them a row that adds each column up where there are several.
    fn block(&mut self, table: &str, rows: &[(String, Vec<u64>)], all: &str) -> Lines {
        let mut lines = Lines::default();
        for (row, (name, counts)) in rows.iter().enumerate() {
            let cells = counts.iter().enumerate();
            let cells =
                cells.map(|(at, count)| self.cell((table, row, at), *count, Standing::Open));
            let cells: Vec<CellId> = cells.collect();
            lines.push(name, cells.into_iter().map(Slot::Count));
        }
        let columns = rows.first().map_or(0, |(_, counts)| counts.len());
        if rows.len() > 1 {
            let mut totals = Vec::with_capacity(columns);
            for column in 0..columns {
                let sum = rows.iter().filter_map(|(_, counts)| counts.get(column)).sum();
                let total = self.cell((table, rows.len(), column), sum, self.grand);
                let parts: Vec<CellId> =
                    lines.rows.iter().filter_map(|row| row.count(column)).collect();
                self.release.adds_up(total, parts);
                totals.push(Slot::Count(total));
            }
            lines.push_total(all, totals);
        }
        lines
    }

    fn samples(&mut self, figures: &QuarterFigures) -> Lines {
        let rows: Vec<(String, Vec<u64>)> = figures
            .samples
            .iter()
            .map(|it| {
                let counts = [it.open, it.drawn, it.submitted, it.from_outside];
                (it.service.clone(), counts.map(u64::from).to_vec())
            })
            .collect();
        let lines = self.block("Records open, drawn and audited", &rows, "All services");
        self.parts_of(&lines, &rows, &[(1, 0), (2, 1), (3, 1)]);
        lines
    }

    /// In each row, what is in the first column of a pair is part of what is in the second.
    fn parts_of(&mut self, lines: &Lines, rows: &[(String, Vec<u64>)], pairs: &[(usize, usize)]) {
        for (line, (_, counts)) in lines.rows.iter().zip(rows) {
            for (part, whole) in pairs {
                let cells = line.count(*part).zip(line.count(*whole));
                let counts = counts.get(*part).zip(counts.get(*whole));
                if let (Some((part, whole)), Some((less, more))) = (cells, counts) {
                    self.within(part, whole, (*less, *more));
                }
            }
        }
    }

    fn grades(&mut self, figures: &QuarterFigures, audited: Option<CellId>) -> Lines {
        let given: u64 = figures.grades.iter().map(|(_, times)| u64::from(*times)).sum();
        if given == 0 {
            return Lines::default();
        }
        let rows: Vec<(String, Vec<u64>)> = figures
            .grades
            .iter()
            .map(|(grade, times)| (grade.words().to_owned(), vec![u64::from(*times)]))
            .collect();
        let lines = self.block("Grades given", &rows, "All audits");
        let total = lines.rows.last().and_then(|row| row.count(0));
        if let Some((total, audited)) = total.zip(audited) {
            self.release.adds_up(total, [audited]);
        }
        lines
    }

    /// Judgements by kind, and each section's standards by kind, every level adding up to the next.
    fn judgements(
        &mut self,
        figures: &QuarterFigures,
        audited: Option<CellId>,
    ) -> (Lines, Vec<(String, Lines)>) {
        let submitted = u64::from(figures.submitted().count);
        let mut kinds = Lines::default();
        let mut sections: Vec<(String, Lines)> = figures
            .sections
            .iter()
            .map(|section| (format!("{}. {}", section.letter, section.title), Lines::default()))
            .collect();
        for (row, kind) in KINDS.into_iter().enumerate() {
            let table = "Judgements, by kind of standard";
            let tally = figures.tally_of(kind);
            let five = [
                tally.met,
                tally.partly_met,
                tally.not_met,
                tally.not_applicable,
                tally.cannot_tell,
            ];
            let five: Vec<CellId> = (0..)
                .zip(five)
                .map(|(at, count)| self.cell((table, row, at), count.into(), Standing::Open))
                .collect();
            let [met, not_fully, counted] =
                self.result((table, row, 5), tally, (Standing::Aside, self.grand));
            if let [all_met, partly, not, ..] = five.as_slice() {
                self.release.adds_up(met, [*all_met]);
                self.release.adds_up(not_fully, [*partly, *not]);
                self.release.percent(*all_met, counted, 0);
                let slots = five.iter().map(|cell| Slot::Count(*cell));
                let more = [Slot::Count(counted), Slot::Percent(*all_met, counted)];
                kinds.push(kind.words(), slots.chain(more));
            }
            let mut together = [const { Vec::new() }; 3];
            for (section, (_, lines)) in figures.sections.iter().zip(&mut sections) {
                if let Some(total) = self.section(section, kind, lines, (audited, submitted)) {
                    for (all, cell) in together.iter_mut().zip(total) {
                        all.push(cell);
                    }
                }
            }
            for (total, parts) in [met, not_fully, counted].into_iter().zip(together) {
                self.release.adds_up(total, parts);
            }
        }
        (kinds, sections)
    }

    /// Met, not fully met, and counted, which is both together.
    fn result(
        &mut self,
        (table, row, column): (&str, usize, usize),
        tally: Tally,
        (first_two, last): (Standing, Standing),
    ) -> [CellId; 3] {
        let result = tally.result();
        let met = self.cell((table, row, column), result.count.into(), first_two);
        let rest = u64::from(result.of - result.count);
        let not_fully = self.cell((table, row, column + 1), rest, first_two);
        let counted = self.cell((table, row, column + 2), result.of.into(), last);
        self.release.adds_up(counted, [met, not_fully]);
        [met, not_fully, counted]
    }

    fn section(
        &mut self,
        section: &SectionResult,
        kind: StandardKind,
        lines: &mut Lines,
        (audited, submitted): (Option<CellId>, u64),
    ) -> Option<[CellId; 3]> {
        let table = format!("Judgements on the standards of section {}", section.letter);
        let mut together = [const { Vec::new() }; 3];
        for standard in section.standards.iter().filter(|standard| standard.kind == kind) {
            let cells = self.result((&table, lines.rows.len(), 0), standard.tally, OPEN);
            for (all, cell) in together.iter_mut().zip(cells) {
                all.push(cell);
            }
            if let Some(audited) = audited {
                let counted = u64::from(standard.tally.result().of);
                self.within(cells[2], audited, (counted, submitted));
            }
            self.push(lines, &format!("{} {}", standard.code, standard.wording), cells, false);
        }
        if together[0].is_empty() {
            return None;
        }
        let row = (table.as_str(), lines.rows.len(), 0);
        let cells = self.result(row, section.tally_of(kind), OPEN);
        for (total, parts) in cells.into_iter().zip(together) {
            self.release.adds_up(total, parts);
        }
        let name = match kind {
            StandardKind::Compliance => "All compliance",
            StandardKind::Quality => "All quality",
        };
        self.push(lines, name, cells, true);
        Some(cells)
    }

    fn push(&mut self, lines: &mut Lines, name: &str, cells: [CellId; 3], is_total: bool) {
        let [met, _, counted] = cells;
        self.release.percent(met, counted, 0);
        let slots = cells.map(Slot::Count).into_iter();
        let slots = slots.chain([Slot::Percent(met, counted)]);
        if is_total {
            lines.push_total(name, slots);
        } else {
            lines.push(name, slots);
        }
    }

    /// Of this quarter alone: what an earlier quarter's audits found stood in its own report, and
    /// two reports could be laid side by side.
    fn actions(&mut self, figures: &QuarterFigures) -> Lines {
        let own = figures.actions.iter().filter(|line| line.quarter == figures.quarter);
        let rows: Vec<(String, Vec<u64>)> = own
            .map(|it| {
                let counts = [it.findings, it.open, it.overdue, it.addressed, it.verified];
                (it.quarter.words(), counts.map(u64::from).to_vec())
            })
            .collect();
        let lines = self.block("Findings and how they are being addressed", &rows, "All");
        for line in &lines.rows {
            let parts: Vec<CellId> = (1..5).filter_map(|column| line.count(column)).collect();
            if let Some(findings) = line.count(0) {
                self.release.adds_up(findings, parts);
            }
        }
        lines
    }

    fn coverage(&mut self, figures: &QuarterFigures) -> Lines {
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
        lines
    }

    fn allocation(&mut self, allocation: &[AllocationLine]) -> Lines {
        let mut lines = Lines::default();
        let table = "Who holds which records";
        let needs = SHOWN
            .into_iter()
            .filter_map(|need| allocation.iter().find(|line| line.need == need && line.all() > 0));
        for (row, line) in needs.enumerate() {
            let counts = line.held.into_iter().chain(std::iter::once(line.unallocated));
            let cells: Vec<CellId> = counts
                .enumerate()
                .map(|(at, count)| self.cell((table, row, at), count.into(), Standing::Open))
                .collect();
            let total = self.cell((table, row, cells.len()), line.all().into(), Standing::Open);
            self.release.adds_up(total, cells.iter().copied());
            let slots = cells.into_iter().chain([total]).map(Slot::Count);
            lines.push(line.need.words(), slots);
        }
        lines
    }

    /// What the sentence of the trend says of records. The last month's may be the very records of
    /// the first table.
    fn trend(&mut self, figures: &QuarterFigures, all: Option<CellId>) -> Option<[CellId; 2]> {
        let [first, last] = crate::staffing::ends(&figures.staffing.trend)?;
        let cells = [(0, first), (1, last)].map(|(row, it)| {
            let open = it.open.and_then(Open::known).unwrap_or_default();
            self.cell(("Service trend", row, 0), open.into(), Standing::Open)
        });
        let is_same =
            matches!(last.basis, Basis::List { .. }) && Some(last.day) == figures.case_list;
        if let Some(all) = all.filter(|_| is_same) {
            self.release.adds_up(all, [cells[1]]);
        }
        Some(cells)
    }
}
