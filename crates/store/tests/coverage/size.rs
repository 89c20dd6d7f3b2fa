//! How coverage grows with the case list: 4,000, 40,000 and 400,000 open records.
//!
//! The short form checks that the counts come from the small side whatever the size; the long one
//! is run by hand (`cargo test -p quarterlight-store --release -- --ignored --nocapture size`) and
//! prints times and memory.

use std::fs;
use std::time::{Duration, Instant};

use jiff::civil::date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_testing::engines::Engine;

use crate::world::{World, line, sql};

/// A generator that gives the same records for the same seed, on every machine.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn records(number: usize) -> Vec<CaseLine> {
    let mut seeded = Seeded(2026);
    let teams = ["Team One", "Team Two", "A team that nobody knows"];
    (0..number)
        .map(|index| CaseLine {
            needs: [Need::ALL[seeded.below(4)]].into(),
            disabled: Known::ALL[seeded.below(3)],
            unaccompanied: Known::ALL[seeded.below(3)],
            placement: Placement::ALL[seeded.below(4)],
            route: LegalRoute::ALL[seeded.below(6)],
            ..line(&format!("R-{index}"), None, teams[seeded.below(3)])
        })
        .collect()
}

/// Imports so many records, audits every twentieth, and gives the best of five times of coverage.
async fn coverage_of(number: usize) -> (Duration, Duration, usize) {
    let world = World::on(Engine::Sqlite).await;
    let began = Instant::now();
    world.import(records(number), date(2026, 10, 1)).await;
    let imported = began.elapsed();
    let audits = "insert into audit (cycle_id, record_id, line_id, edition_id, auditor_id, due, \
         submitted_at, grade, reasons) \
         select cycle.id, line.record_id, line.id, cycle.edition_id, \
         (select min(id) from person), '2026-12-11', '2026-11-20T10:00:00Z', 'good', 'test' \
         from case_list_line line join cycle on 1 = 1 where line.id % 20 = 0";
    sql(&world, audits).await.unwrap();
    let quarter: Quarter = "2026-Q4".parse().unwrap();
    let (mut best, mut cells) = (Duration::MAX, 0);
    for _ in 0..5 {
        let began = Instant::now();
        let found = world.store.figures.coverage(quarter).await.unwrap();
        best = best.min(began.elapsed());
        cells = found.len();
        assert_eq!(found.iter().map(|cell| cell.open as usize).sum::<usize>(), number);
        assert_eq!(found.iter().map(|cell| cell.audited as usize).sum::<usize>(), number / 20);
    }
    (imported, best, cells)
}

/// The most memory that this process has had, in mebibytes, as Linux tells it.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().split(' ').next()?.parse::<u64>().ok());
    peak.unwrap_or(0) / 1024
}

#[tokio::test]
async fn four_thousand_records_add_up() {
    let (_, _, cells) = coverage_of(4_000).await;
    assert!(cells > 100, "{cells}");
}

#[tokio::test]
#[ignore = "takes minutes: run by hand for the figures"]
#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
async fn coverage_grows_with_the_list_and_no_faster() {
    for number in [4_000, 40_000, 400_000] {
        let (imported, coverage, cells) = coverage_of(number).await;
        println!(
            "{number:>7} records: import {imported:>10.1?}, coverage {coverage:>8.1?}, \
             {cells} cells, at most {} MiB",
            memory()
        );
    }
}
