//! What a quarter costs: saving and opening a standard over HTTP, starting, resting, printing.
//!
//! Budgets: a save under 1 ms of CPU and 8 statements; a start under 200 ms; at rest under 60 MB; the
//! quarter's report as PDF under 1 s. Run with `cargo bench -p quarterlight`. It prints a table and
//! fails nothing: what a machine gives is a measurement and not a promise.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark stops where it fails, and prints"
)]

#[path = "../tests/program/server.rs"]
mod server;

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use quarterlight_testing::engines::{Engine, Fresh};
use server::{PROGRAM, Server, Visitor, between, borough, today};

/// Requests of each client.
const REQUESTS: usize = 400;

fn main() {
    println!("| What | SQLite | PostgreSQL |");
    println!("|---|---|---|");
    let (sqlite, postgres) = (measure(Engine::Sqlite), measure(Engine::Postgres));
    for ((name, sqlite), (_, postgres)) in sqlite.iter().zip(&postgres) {
        println!("| {name} | {sqlite} | {postgres} |");
    }
}

fn measure(engine: Engine) -> Vec<(String, String)> {
    let fresh = borough(engine);
    let mut rows = vec![start(&fresh)];
    let server = Server::of(&fresh);
    thread::sleep(Duration::from_secs(1));
    rows.push(("Memory at rest after starting (RSS)".to_owned(), megabytes(server.child.id())));
    for clients in [1, 4] {
        rows.push(load(&server, clients, "Open one standard", open));
        rows.push(load(&server, clients, "Save one judgement", save));
    }
    rows.push(("Memory after that load (RSS)".to_owned(), megabytes(server.child.id())));
    drop(server);
    rows.push(print(&fresh));
    rows
}

fn start(fresh: &Fresh) -> (String, String) {
    let mut best = Duration::MAX;
    for _ in 0..10 {
        let begun = Instant::now();
        let server = Server::of(fresh);
        best = best.min(begun.elapsed());
        drop(server);
    }
    ("Start until it listens (best of 10)".to_owned(), format!("{} ms", best.as_millis()))
}

/// CPU of a process so far, in clock ticks of 10 ms.
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

fn megabytes(process: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    let kilobytes: f64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    format!("{:.1} MB", kilobytes / 1024.0)
}

type Deed = fn(&mut Visitor, &str, usize) -> Duration;

fn load(server: &Server, clients: usize, name: &str, deed: Deed) -> (String, String) {
    // Everybody is signed in before the clock starts: hashing a password is meant to be slow.
    let visitors: Vec<_> =
        (0..clients).map(|_| server.visitor("priya.anand@larkmoor.example")).collect();
    let standards = standards(&visitors[0]);
    let before = ticks(server.child.id());
    let begun = Instant::now();
    let mut threads = Vec::new();
    for (mut visitor, path) in visitors.into_iter().zip(standards) {
        threads.push(thread::spawn(move || {
            let path = &path;
            (0..REQUESTS).map(|number| deed(&mut visitor, path, number)).collect::<Vec<_>>()
        }));
    }
    let mut times: Vec<Duration> =
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    let wall = begun.elapsed();
    times.sort();
    let count = u32::try_from(times.len()).unwrap();
    let spent = Duration::from_millis(10 * (ticks(server.child.id()) - before)) / count;
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100];
    let value = format!(
        "p50 {:.2?}, p99 {:.2?}, {spent:.2?} CPU each, {:.0}/s",
        at(50),
        at(99),
        f64::from(count) / wall.as_secs_f64()
    );
    (format!("{name}, {clients} at once"), value)
}

fn standards(visitor: &Visitor) -> Vec<String> {
    let home = visitor.get("/").unwrap().text;
    let item = home.split("<li>").find(|item| item.contains("left · ")).unwrap();
    let audit = between(item, "href=\"", "\"")[0];
    let check = visitor.get(&format!("{audit}/submit")).unwrap().text;
    between(&check, &format!("href=\"{audit}/standards/"), "\"")
        .into_iter()
        .map(|code| format!("{audit}/standards/{code}"))
        .collect()
}

fn open(visitor: &mut Visitor, path: &str, _: usize) -> Duration {
    let begun = Instant::now();
    assert_eq!(visitor.get(path).unwrap().status, 200);
    begun.elapsed()
}

/// The version goes up by one at each save, so it is read once and counted on.
fn save(visitor: &mut Visitor, path: &str, number: usize) -> Duration {
    let page = if number == 0 { visitor.get(path) } else { None };
    let first =
        page.map(|page| between(&page.text, "name=\"version\" value=\"", "\"")[0].parse().unwrap());
    thread_local!(static VERSION: std::cell::Cell<usize> = const { std::cell::Cell::new(0) });
    if let Some(first) = first {
        VERSION.set(first);
    }
    let version = VERSION.get().to_string();
    let words =
        format!("Measured {number}: the plan was brought up to date, and says who does what.");
    let form =
        [("judgement", "partly-met"), ("seen", words.as_str()), ("version", version.as_str())];
    let begun = Instant::now();
    assert_eq!(visitor.post(path, &form).unwrap().status, 303);
    let took = begun.elapsed();
    VERSION.set(VERSION.get() + 1);
    took
}

fn print(fresh: &Fresh) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    let quarter = quarterlight_domain::calendar::Quarter::of(today()).before().to_string();
    let begun = Instant::now();
    let status = Command::new(PROGRAM)
        .args(["report", &quarter, "--database", &fresh.address, "--pdf", file.to_str().unwrap()])
        .status()
        .unwrap();
    assert!(status.success());
    let size = fs::metadata(&file).unwrap().len() / 1024;
    let value = format!("{} ms, {size} kB", begun.elapsed().as_millis());
    ("The quarter’s report as PDF, the whole command".to_owned(), value)
}
