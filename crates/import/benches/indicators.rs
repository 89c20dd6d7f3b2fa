//! How long all indicators that ship take over 40, 400 and 4,000 records, and how that grows.
//!
//! The records are those of a made-up population, as often as it takes, on the case list of one
//! quarter and on those of twenty, under the rules of England. Reading them out of the database is
//! not in it: `cargo bench -p quarterlight-web --bench england` opens the page. The quickest of three.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops at what is wrong, and says what it measured"
)]

use std::time::Instant;

use jiff::civil::{Date, date};
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::indicator::series::{IndicatorFigures, ListedLine, ListedQuarter, series};
use quarterlight_import::annex_a::read_files;
use quarterlight_import::{Limits, bank_holidays, indicators, timescales};

const DAY: Date = date(2026, 3, 31);
const TIMES: usize = 3;

fn main() {
    let population = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/populations/synthetic_200/annex_a.xlsx"
    );
    let bytes = std::fs::read(population).unwrap();
    let files = [("annex_a.xlsx", bytes.as_slice())];
    let some = read_files(None, &files, DAY, &Limits::default()).unwrap().records;
    for quarters in [1, 20] {
        let mut before: Option<f64> = None;
        for records in [40, 400, 4_000] {
            let figures = figures(&some, quarters, records);
            let (seconds, many) = quickest(&figures);
            let growth =
                before.map_or(String::new(), |before| format!(", {:.1} times", seconds / before));
            println!(
                "{many} indicators, {quarters} quarters of {records} records: {:.3} ms{growth}",
                seconds * 1e3
            );
            before = Some(seconds);
        }
    }
}

/// So many records on the list of each quarter, of eight services and every experience.
fn figures(some: &[CaseLine], quarters: usize, records: usize) -> IndicatorFigures {
    let mut figures = IndicatorFigures::default();
    let first: Quarter = "2021-Q2".parse().unwrap();
    for quarter in std::iter::successors(Some(first), |it| Some(it.after())).take(quarters) {
        figures.quarters.push(ListedQuarter { quarter, as_at: Some(DAY) });
        for (at, line) in (0..).zip(some.iter().cycle().take(records)) {
            let held_by = Experience::ALL.into_iter().cycle().nth(at % 5);
            let service = i64::try_from(at % 8).ok().map(PlaceId);
            figures.lines.push(ListedLine { quarter, service, line: line.clone(), held_by });
        }
    }
    figures
}

fn quickest(figures: &IndicatorFigures) -> (f64, usize) {
    let set = indicators::from_toml(indicators::default_toml()).unwrap();
    let rules = timescales::from_toml(timescales::england_toml()).unwrap();
    let england = bank_holidays::england().unwrap();
    let mut quickest = f64::INFINITY;
    let mut many = 0;
    for _ in 0..TIMES {
        let held = set.held(&[], DAY);
        let start = Instant::now();
        let all = series(held, figures, |day| rules.in_force(&[], day), &england);
        quickest = quickest.min(start.elapsed().as_secs_f64());
        many = all.len();
        assert!(all.iter().any(|it| it.latest(None).of > 0));
    }
    (quickest, many)
}
