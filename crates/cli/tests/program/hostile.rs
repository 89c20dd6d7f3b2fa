//! Other people's pages while hostile files are read, beside the same pages while none are.
//!
//! `QUARTERLIGHT_HOSTILE_SECONDS=60 cargo test --release -p quarterlight --test program hostile --
//! --nocapture` is the long campaign, and says how long pages took. The short form looks only that
//! every page is shown; nothing in it depends on the time.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use quarterlight_testing::engines::Engine;

use crate::readers::{send, with_sheet};
use crate::server::{Server, Visitor, borough};

/// Pages that people open all day.
const PAGES: [&str; 4] = ["/", "/coverage", "/findings", "/actions"];

/// How often quiet and hostile times take turns, so that neither is served by a warmer machine.
const TURNS: u32 = 4;

fn seconds() -> u64 {
    let set = std::env::var_os("QUARTERLIGHT_HOSTILE_SECONDS");
    set.and_then(|set| set.into_string().ok()?.parse().ok()).unwrap_or(2)
}

/// Files that take as much as a reader gives: one is stopped while it unpacks, one is read to its end,
/// one is nothing that can be read.
fn files() -> [Vec<u8>; 3] {
    let rows = "<row><c><v>1</v></c></row>".repeat(300_000);
    [
        with_sheet(&vec![b' '; 60_000_000]),
        with_sheet(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes()),
        vec![0; 10_000_000],
    ]
}

/// Opens pages until the time is over, and says how long each took.
fn open(visitor: &Visitor, until: Instant) -> Vec<Duration> {
    let mut took = Vec::new();
    for page in PAGES.iter().cycle() {
        let begun = Instant::now();
        if begun >= until {
            break;
        }
        let answer = visitor.get(page).unwrap();
        assert_eq!(answer.status, 200, "{page}");
        took.push(begun.elapsed());
    }
    took
}

/// The duration that so many in a thousand do not exceed.
fn within(took: &[Duration], in_a_thousand: usize) -> Duration {
    took[(took.len() - 1) * in_a_thousand / 1000]
}

#[test]
fn pages_are_shown_while_hostile_files_are_read() {
    let fresh = borough(Engine::Sqlite);
    let server = Server::of(&fresh);
    let people = ["catherine.bello", "amara.osei"];
    let people = people.map(|who| server.visitor(&format!("{who}@larkmoor.example")));
    let lead = server.visitor("amara.osei@larkmoor.example");
    let (files, sent, is_hostile) = (files(), AtomicUsize::new(0), AtomicBool::new(false));
    let is_over = AtomicBool::new(false);
    let slice = Duration::from_millis(seconds() * 1000 / u64::from(TURNS));
    let (mut quiet, mut loud) = (Vec::new(), Vec::new());
    std::thread::scope(|scope| {
        for at in 0..3 {
            let (lead, files, sent, is_hostile, is_over) =
                (&lead, &files, &sent, &is_hostile, &is_over);
            scope.spawn(move || {
                let day = [("as_at-day", "1"), ("as_at-month", "11"), ("as_at-year", "2025")];
                while !is_over.load(Ordering::SeqCst) {
                    if is_hostile.load(Ordering::SeqCst) {
                        let file = [("file", "list", &files[at % files.len()][..])];
                        // It may wait for its turn longer than a request may: that is an answer too.
                        if send(lead, "/case-lists", &day, &file).is_some() {
                            sent.fetch_add(1, Ordering::SeqCst);
                        }
                    } else {
                        std::thread::sleep(Duration::from_millis(20));
                    }
                }
            });
        }
        for turn in 0..2 * TURNS {
            let is_loud = turn % 2 == 1;
            is_hostile.store(is_loud, Ordering::SeqCst);
            if !is_loud && turn > 0 {
                // What was sent is still being read.
                std::thread::sleep(slice.min(Duration::from_secs(20)));
            }
            let until = Instant::now() + slice;
            let took: Vec<_> =
                people.iter().map(|visitor| scope.spawn(move || open(visitor, until))).collect();
            let took = took.into_iter().flat_map(|each| each.join().unwrap());
            if is_loud { loud.extend(took) } else { quiet.extend(took) }
        }
        is_over.store(true, Ordering::SeqCst);
    });
    quiet.sort();
    loud.sort();
    let sent = sent.load(Ordering::SeqCst);
    for (what, took) in [("none is read", &quiet), ("hostile files are read", &loud)] {
        let (half, most) = (within(took, 500), within(took, 990));
        println!("while {what}: {} pages, p50 {half:?}, p99 {most:?}", took.len());
    }
    let ratio = |at| within(&loud, at).as_secs_f64() / within(&quiet, at).as_secs_f64();
    println!("{sent} files; p50 times {:.2}, p99 times {:.2}", ratio(500), ratio(990));
    assert!(!loud.is_empty() && !quiet.is_empty());
}
