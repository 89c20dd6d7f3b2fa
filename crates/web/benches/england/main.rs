//! What a case list costs from a borough to a country: reading, keeping, coverage and the draw.
//!
//! `cargo bench -p quarterlight-web --bench england` goes through 4,000, 40,000 and 400,000 open
//! records on both engines; other sizes go after `--`. Each size has a process of its own, so that
//! the peaks of memory do not mix. CPU is that of this process, on PostgreSQL without the server's.
//! The database is one that does not wait for the disk. `tests/web/england.rs` is the short form.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops at what is wrong, and says what it measured"
)]

#[expect(dead_code, reason = "the tests of pages use more of it")]
#[path = "../../tests/web/browser.rs"]
mod browser;
mod list;
mod steps;

use std::fs;
use std::process::Command;
use std::time::Instant;

use quarterlight_testing::engines::Engine;

use browser::World;

/// Times that a page is asked for, for a mean.
const TIMES: u32 = 20;

/// What one step took.
struct Step {
    name: String,
    seconds: f64,
    cpu: f64,
    peak: f64,
}

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["one", engine, records] => one(engine_of(engine), records.parse().unwrap()),
        [] => all(&["4000".to_owned(), "40000".to_owned(), "400000".to_owned()]),
        _ => all(&arguments),
    }
}

fn engine_of(name: &str) -> Engine {
    if name == "sqlite" { Engine::Sqlite } else { Engine::Postgres }
}

fn all(sizes: &[String]) {
    for engine in ["sqlite", "postgres"] {
        println!(
            "\n{engine}: seconds (CPU of this process; growth over the size before), peak so far"
        );
        let mut before: Vec<Step> = Vec::new();
        for size in sizes {
            println!("\n| {size} records | s | CPU s | growth | peak MB |\n|---|---|---|---|---|");
            let steps = run(engine, size);
            for step in &steps {
                let earlier = before.iter().find(|earlier| earlier.name == step.name);
                let growth = earlier.map_or(String::new(), |earlier| {
                    format!("{:.1} times", step.seconds / earlier.seconds)
                });
                let Step { name, seconds, cpu, peak } = step;
                println!("| {name} | {seconds:.4} | {cpu:.3} | {growth} | {peak:.0} |");
            }
            before = steps;
        }
    }
}

/// Goes through one size in a process of its own.
fn run(engine: &str, size: &str) -> Vec<Step> {
    let program = std::env::current_exe().unwrap();
    let ended = Command::new(program).args(["one", engine, size]).output().unwrap();
    let said = String::from_utf8(ended.stdout).unwrap();
    assert!(ended.status.success(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
    let step = |line: &str| {
        let parts: Vec<&str> = line.split('\t').collect();
        let [name, seconds, cpu, peak] = parts.try_into().unwrap();
        let number = |text: &str| text.parse().unwrap();
        Step {
            name: name.to_owned(),
            seconds: number(seconds),
            cpu: number(cpu),
            peak: number(peak),
        }
    };
    said.lines().map(step).collect()
}

fn one(engine: Engine, records: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let world = World::on(engine).await;
        let (mut wall, mut cpu) = (Instant::now(), cpu_seconds());
        let mut told = |name: &str, times: u32| {
            let each = |seconds: f64| seconds / f64::from(times);
            let (seconds, spent) = (wall.elapsed().as_secs_f64(), cpu_seconds() - cpu);
            println!("{name}\t{}\t{}\t{}", each(seconds), each(spent), peak_megabytes());
            (wall, cpu) = (Instant::now(), cpu_seconds());
        };
        steps::all(&world, records, TIMES, &mut told).await;
    });
}

/// Seconds of processor time that all threads of this process have had, in hundredths.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks = |place: usize| fields.get(place).unwrap().parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory that this process has had.
fn peak_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1_024.0
}
