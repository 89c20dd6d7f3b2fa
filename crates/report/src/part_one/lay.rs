//! Lays the figures of a quarter out as one ledger: every count once, and everything that adds up.

mod further;
mod holding;
mod indicators;
pub mod programme;

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_disclosure::{CellId, Past, Release, Standing};
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::figures::{QuarterFigures, SectionResult, Tally};
use quarterlight_domain::need::Need;
use quarterlight_domain::release::about::About;
use quarterlight_domain::standard::StandardKind;

use super::grid::{Lines, Slot};
pub use further::{FilingCells, HEADINGS, ModerationCells};
pub use indicators::{IndicatorCells, PastPoint};

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
    /// Paper beside the electronic record, by service; the last line is all services.
    pub paper: Lines,
    /// The items that filing checks looked at.
    pub filing: Option<FilingCells>,
    /// Second readings, and how far two readers agree.
    pub moderation: Option<ModerationCells>,
    /// The indicators, in the order of the figures.
    pub indicators: Vec<IndicatorCells>,
}

/// What begins the name of a figure that says its own day or quarter: reports of different quarters
/// mean the same figure by it.
pub const DATED: &str = "“Over time”, ";

/// The parts of the chart's bars.
pub const HELD: [&str; 5] = [
    Experience::NewlyQualified.words(),
    Experience::EarlyCareer.words(),
    Experience::Experienced.words(),
    "Experience unknown",
    "No named worker",
];

const KINDS: [StandardKind; 2] = [StandardKind::Compliance, StandardKind::Quality];

/// Cells that can all be hidden.
const OPEN: (Standing, Standing) = (Standing::Open, Standing::Open);

/// Lays the figures out; `grand` is how the grand totals stand, `past` what is public, and what of.
pub fn lay(figures: &QuarterFigures, grand: Standing, past: &[(About, Past)]) -> Layout {
    let mut ledger = Ledger { release: Release::new(), grand, noted: Noted::default() };
    let samples = ledger.samples(figures);
    let audited = samples.rows.last().and_then(|row| row.count(2));
    let grades = ledger.grades(figures, audited);
    let (kinds, sections) = ledger.judgements(figures, audited);
    let actions = ledger.actions(figures);
    let coverage = ledger.coverage(figures);
    let allocation = ledger.allocation(figures);
    ledger.needs_and_cohorts(figures, &coverage);
    // The open records of all services and of all cohorts are the same ones.
    let open = |lines: &Lines| lines.rows.last().and_then(|row| row.count(0));
    if let (Some(services), Some(cohorts)) = (open(&samples), open(&coverage)) {
        ledger.release.adds_up(services, [cohorts]);
    }
    ledger.dated(figures, open(&samples));
    ledger.dated_draw(figures, &samples);
    let trend = ledger.trend(figures);
    let paper = ledger.paper(figures, &samples);
    let filing = ledger.filing(&figures.further.filing, &paper);
    let moderation = ledger.moderation(&figures.further.moderation, figures, audited);
    let indicators = ledger.indicators(figures, past);
    let release = ledger.release;
    Layout {
        release,
        samples,
        grades,
        kinds,
        sections,
        actions,
        coverage,
        allocation,
        trend,
        paper,
        filing,
        moderation,
        indicators,
    }
}

struct Ledger {
    release: Release,
    grand: Standing,
    noted: Noted,
}

/// A cell with its count, for what is laid out after it and is tied to it.
type Counted = (CellId, u64);

/// Figures that indicators speak of again.
#[derive(Default)]
struct Noted {
    /// The open records of all services, by the day of the list.
    open_on: BTreeMap<Date, Counted>,
    /// Met, not fully met and counted, by standard.
    standards: BTreeMap<String, [Counted; 3]>,
    /// What nobody could tell, by kind.
    cannot_tell: Vec<Counted>,
    /// The grades from best to worst.
    grades: Vec<Counted>,
    /// The open records of cohorts of disabled children.
    disabled: Vec<Counted>,
    /// Of each need that is shown: by experience, without a worker, and all.
    held: BTreeMap<Need, Vec<Counted>>,
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

    /// Says that some counts are part of one, or of all it is made of. What is left between them is
    /// printed nowhere, follows from both, and is a count of records like any other: where it is
    /// small, nobody may be able to work it out.
    fn tie(&mut self, whole: Counted, parts: &[Counted]) {
        let sum: u64 = parts.iter().map(|(_, count)| count).sum();
        let cells: Vec<CellId> = parts.iter().map(|(cell, _)| *cell).collect();
        let about = format!("{} beside what it is made of", self.release.at(whole.0));
        let rest = whole.1.abs_diff(sum);
        if cells.is_empty() {
            return;
        }
        if rest == 0 {
            self.release.adds_up(whole.0, cells);
            return;
        }
        let rest = self.release.cell(about.clone(), rest, Standing::Unprinted);
        if whole.1 > sum {
            self.release.adds_up(whole.0, cells.into_iter().chain([rest]));
        } else {
            let all = self.release.cell(about, sum, Standing::Unprinted);
            self.release.adds_up(all, cells);
            self.release.adds_up(all, [whole.0, rest]);
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
        let counts = rows.iter().filter_map(|(_, counts)| counts.first().copied());
        self.noted.grades = lines.rows.iter().filter_map(|row| row.count(0)).zip(counts).collect();
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
            if let Some(cannot_tell) = five.get(4) {
                self.noted.cannot_tell.push((*cannot_tell, tally.cannot_tell.into()));
            }
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
            let result = standard.tally.result();
            let counts = [result.count, result.of - result.count, result.of].map(u64::from);
            let [met, not_fully, of] = cells;
            let noted = [(met, counts[0]), (not_fully, counts[1]), (of, counts[2])];
            self.noted.standards.insert(standard.code.clone(), noted);
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
                let verified = [it.verified, it.held, it.not_needed];
                let counts = [it.findings, it.open, it.overdue, it.addressed];
                let counts = counts.into_iter().chain(verified).map(u64::from);
                (it.quarter.words(), counts.collect())
            })
            .collect();
        let lines = self.block("Findings and how they are being addressed", &rows, "All");
        for line in &lines.rows {
            let parts: Vec<CellId> = (1..7).filter_map(|column| line.count(column)).collect();
            if let Some(findings) = line.count(0) {
                self.release.adds_up(findings, parts);
            }
        }
        lines
    }
}
