//! How long the rules about time take over 1,000, 10,000 and 100,000 records, and how that grows.
//!
//! The records are those of a made-up population, as often as it takes. With a path after `--`, that
//! Annex A workbook is read and checked too, for the time and memory of both together. The budget,
//! in release: 10,000 records by both sets of rules in half a second.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops at what is wrong, and says what it measured"
)]

use std::time::Instant;

use jiff::civil::{Date, date};
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::timescale::check::{Outcome, check};
use quarterlight_domain::timescale::rule::InForce;
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_import::annex_a::read_files;
use quarterlight_import::{Limits, bank_holidays, timescales};

const DAY: Date = date(2026, 3, 31);
/// Seconds that 10,000 records may take by both sets.
const BUDGET: f64 = 0.5;
/// Checks of each size; the quickest counts, as the one least disturbed.
const TIMES: usize = 3;

fn main() {
    let rules: Vec<InForce> = [timescales::england_toml(), timescales::returns_toml()]
        .into_iter()
        .flat_map(|text| timescales::from_toml(text).unwrap().in_force(&[], DAY))
        .collect();
    let england = bank_holidays::england().unwrap();
    let population = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/populations/synthetic_200/annex_a.xlsx"
    );
    let (_, some) = read(population);
    let mut before: Option<f64> = None;
    for size in [1_000, 10_000, 100_000] {
        let lines: Vec<&CaseLine> = some.iter().cycle().take(size).collect();
        let (seconds, late) = quickest(&lines, &rules, &england);
        let growth =
            before.map_or(String::new(), |before| format!(", {:.1} times", seconds / before));
        println!("{size} records by {} rules: {seconds:.4} s{growth}; {late} late", rules.len());
        // The budget is that of the program as it is released.
        let counts = size == 10_000 && !cfg!(debug_assertions);
        assert!(!counts || seconds < BUDGET, "the budget of {BUDGET} s is spent");
        before = Some(seconds);
    }
    if let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        let (seconds, lines) = read(&path);
        let lines: Vec<&CaseLine> = lines.iter().collect();
        println!("reading {} records takes {seconds:.3} s", lines.len());
        println!("the peak of memory so far: {}", peak_memory().unwrap_or_default());
        let (seconds, late) = quickest(&lines, &rules, &england);
        println!("checking them takes {seconds:.4} s; {late} late");
    }
    println!("the peak of memory: {}", peak_memory().unwrap_or_default());
}

fn read(path: &str) -> (f64, Vec<CaseLine>) {
    let bytes = std::fs::read(path).unwrap();
    let start = Instant::now();
    let read = read_files(None, &[("annex_a.xlsx", &bytes)], DAY, &Limits::default()).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let mut lines = read.records;
    lines.extend(read.closed);
    (seconds, lines)
}

fn quickest(lines: &[&CaseLine], rules: &[InForce], england: &BankHolidays) -> (f64, usize) {
    let mut quickest = f64::INFINITY;
    let mut late = 0;
    for _ in 0..TIMES {
        let start = Instant::now();
        let outcomes =
            lines.iter().flat_map(|line| rules.iter().map(|held| check(held, line, DAY, england)));
        late = outcomes.filter(|outcome| matches!(outcome, Outcome::Overdue(_))).count();
        quickest = quickest.min(start.elapsed().as_secs_f64());
    }
    (quickest, late)
}

/// The most memory that this process has had, where the system tells it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.trim_start_matches("VmHWM:").trim().to_owned())
}
