//! How long it takes to hide and to attack a release of 10, 100, some 388 and 1,000 cells; 388 is what
//! the ledger of one release of a borough has.
//!
//! `cargo bench -p quarterlight-disclosure`. Each size is measured on five releases of two shapes,
//! and the slowest is printed beside the middle one, in seconds of processor time.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench is run by hand and prints what it measured"
)]

#[path = "../tests/disclosure/releases.rs"]
#[expect(dead_code, reason = "the tests make more shapes than are measured here")]
mod releases;

use quarterlight_disclosure::attack::MicroLp;
use quarterlight_disclosure::{Release, Rule, Standing, Verdict, judge, protect};
use releases::{Seeded, counts, quarters, table};

fn main() {
    for (rows, columns) in [(2, 2), (19, 4), (96, 3), (49, 19)] {
        measure("one table", |seed| {
            let mut release = Release::new();
            let counts = counts(&mut Seeded::new(seed), rows, columns);
            table(&mut release, "Table 1", &counts, Standing::Kept);
            release
        });
    }
    for (rows, columns) in [(4, 3), (10, 6), (12, 8), (24, 7)] {
        measure("four quarters and a year", |seed| {
            quarters(&mut Seeded::new(seed), rows, columns, 4)
        });
    }
}

/// Seconds that this thread has spent on a processor, so that what else runs does not count.
fn processor() -> f64 {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    times.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn measure(what: &str, release: impl Fn(u64) -> Release) {
    let rule = Rule::default();
    let (mut hiding, mut attacking) = (Vec::new(), Vec::new());
    let (mut size, mut hidden, mut refused) = (0, 0, 0);
    for seed in 1..=5 {
        let release = release(seed);
        size = release.size();
        let start = processor();
        let Ok(pattern) = protect(&release, &rule) else {
            refused += 1;
            continue;
        };
        hiding.push(processor() - start);
        hidden += pattern.hidden().count();
        let start = processor();
        let verdict = judge(release, pattern, rule, &MicroLp).unwrap();
        attacking.push(processor() - start);
        assert!(matches!(verdict, Verdict::Safe(_)));
    }
    hiding.sort_by(f64::total_cmp);
    attacking.sort_by(f64::total_cmp);
    let said = |times: &[f64]| {
        format!("{:.4} s (slowest {:.4} s)", times[times.len() / 2], times[times.len() - 1])
    };
    println!(
        "{what}, {size} cells: hiding {}, attacking {}, {} hidden on average, {refused} refused",
        said(&hiding),
        said(&attacking),
        hidden / hiding.len()
    );
}
