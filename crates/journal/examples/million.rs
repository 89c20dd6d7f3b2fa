//! How long the root of a million entries takes: `cargo run --release -p quarterlight-journal --example million`.

use std::io::Write;
use std::time::Instant;

use quarterlight_journal::{Frontier, Hash};

const ENTRIES: u32 = 1_000_000;

fn main() -> std::io::Result<()> {
    let mut entry = [b'.'; 300];
    let started = Instant::now();
    let mut frontier = Frontier::new();
    for seq in 0..ENTRIES {
        // Entries of a few hundred bytes, as a journal's are, and no two alike.
        for (place, byte) in entry.iter_mut().zip(seq.to_be_bytes()) {
            *place = byte;
        }
        frontier.push(Hash::leaf(&entry));
    }
    let root = frontier.root();
    writeln!(
        std::io::stdout(),
        "{ENTRIES} entries of 300 bytes, root {root}: {:?}",
        started.elapsed()
    )
}
