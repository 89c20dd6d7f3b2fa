//! How coverage grows with the case list and with the audits, and that it never starts from the list.
//!
//! `QUARTERLIGHT_RECORDS` sets the largest number of open records of a campaign that begins with
//! 4,000 and grows tenfold, and prints times and memory; the short form is 4,000.

use std::fs;
use std::time::{Duration, Instant};

use jiff::civil::date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::place::PlaceKind;
use quarterlight_testing::engines::Engine;

use crate::world::{World, line, sql, stamp};

/// The children of a population with ground truth, whose proportions the records have.
const TRUTH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../fixtures/populations/synthetic_200/truth_children.csv"
);

/// The quarters whose cycles count: the last one is under way.
const QUARTERS: [&str; 4] = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];

/// The best of so many times is given.
const TIMES: u32 = 5;

fn largest() -> usize {
    let set = std::env::var_os("QUARTERLIGHT_RECORDS");
    set.and_then(|number| number.into_string().ok()?.parse().ok()).unwrap_or(4_000)
}

/// A generator that gives the same records for the same seed, on every machine.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// The open records of the population, each as the rows of its ground truth describe it.
fn population() -> Vec<CaseLine> {
    let text = fs::read_to_string(TRUTH).unwrap();
    let mut rows = text.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let headings = rows.next().unwrap();
    let at = |name: &str| headings.iter().position(|heading| *heading == name).unwrap();
    let (status, disability, uasc) = (at("status"), at("disability"), at("uasc"));
    let (placed, out, team, open) =
        (at("looked_after_now"), at("placed_out_of_la"), at("team"), at("open"));
    let known = |yes: bool| if yes { Known::Yes } else { Known::No };
    rows.filter(|row| row[open] == "1")
        .map(|row| CaseLine {
            needs: [match row[status] {
                "lac" => Need::InCare,
                "cpp" => Need::ChildProtection,
                "leaver" => Need::CareLeaver,
                _ => Need::ChildInNeed,
            }]
            .into(),
            disabled: known(!row[disability].is_empty()),
            unaccompanied: known(row[uasc] == "1"),
            placement: match (row[placed], row[out]) {
                ("1", "1") => Placement::OutOfArea,
                ("1", _) => Placement::InArea,
                _ => Placement::NotPlaced,
            },
            route: if row[placed] == "1" { LegalRoute::InCare } else { LegalRoute::None },
            ..line("R-0", None, row[team])
        })
        .collect()
}

/// So many records, drawn from the population again and again.
fn records(number: usize) -> Vec<CaseLine> {
    let (population, mut seeded) = (population(), Seeded(2026));
    let drawn = (0..number).map(|index| {
        let one = &population[seeded.below(population.len())];
        let reference = line(&format!("R-{index}"), None, "").reference;
        CaseLine { reference, ..one.clone() }
    });
    drawn.collect()
}

/// A world with the teams of the population, four cycles, and so many open records.
async fn world_of(number: usize) -> (World, Duration) {
    let world = World::on(Engine::Sqlite).await;
    let lead = stamp(world.lead);
    let mut teams: Vec<String> = population().into_iter().filter_map(|line| line.team).collect();
    teams.sort();
    teams.dedup();
    for team in &teams[1..] {
        let team = world.store.places.add(&lead, Some(world.service), PlaceKind::Team, team);
        team.await.unwrap();
    }
    for quarter in &QUARTERS[..3] {
        let quarter = quarter.parse().unwrap();
        let cycle = world.store.cycles.open(&lead, quarter, world.edition, date(2026, 9, 11));
        cycle.await.unwrap();
    }
    let records = records(number);
    let began = Instant::now();
    world.import(records, date(2026, 10, 1)).await;
    (world, began.elapsed())
}

/// Audits of every so many-th record in one of the four cycles, a tenth of them not submitted yet.
async fn audit(world: &World, every: usize) {
    let audits = format!(
        "insert into audit (cycle_id, record_id, line_id, edition_id, auditor_id, due, \
         submitted_at, grade, reasons) \
         select cycle.id, line.record_id, line.id, cycle.edition_id, {}, '2026-12-11', \
         case when line.id / {every} % 10 > 0 then '2026-11-20T10:00:00Z' end, \
         case when line.id / {every} % 10 > 0 then 'good' end, \
         case when line.id / {every} % 10 > 0 then 'A reason of some length, as people write it.' end \
         from case_list_line line join cycle on cycle.id = 1 + line.id / {every} % 4 \
         where line.id % {every} = 0 \
         and not exists (select 1 from audit where audit.record_id = line.record_id)",
        world.priya
    );
    sql(world, &audits).await.unwrap();
}

/// The best of five times of counting coverage, and how many cells, audited records and open ones it has.
async fn coverage_of(world: &World) -> (Duration, [usize; 3]) {
    let quarter = QUARTERS[3].parse().unwrap();
    let (mut best, mut counts) = (Duration::MAX, [0; 3]);
    for _ in 0..TIMES {
        let began = Instant::now();
        let cells = world.store.figures.coverage(quarter).await.unwrap();
        best = best.min(began.elapsed());
        let sum = |of: fn(&quarterlight_domain::coverage::Cell) -> u32| -> usize {
            cells.iter().map(|cell| of(cell) as usize).sum()
        };
        counts = [cells.len(), sum(|cell| cell.audited), sum(|cell| cell.open)];
    }
    (best, counts)
}

/// The most memory that this process has had, in mebibytes, as Linux tells it.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|peak| peak.trim().split(' ').next()?.parse::<u64>().ok());
    peak.unwrap_or(0) / 1024
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "the figures are what the long form is run for")]
async fn coverage_grows_with_the_list_and_no_faster() {
    let mut number = 4_000;
    while number <= largest() {
        let (world, imported) = world_of(number).await;
        for every in [20, 5] {
            audit(&world, every).await;
            let (coverage, [cells, audited, open]) = coverage_of(&world).await;
            println!(
                "{number:>7} records, {:>2} in 100 audited: import {imported:.1?}, \
                 coverage {coverage:.1?}, {cells} cells, at most {} MiB",
                100 / every,
                memory()
            );
            assert_eq!(open, number);
            let audits = number / every;
            assert!((audits * 4 / 5..audits).contains(&audited), "{audited} of {audits}");
            assert!(cells > 15, "{cells}");
        }
        number *= 10;
    }
}
