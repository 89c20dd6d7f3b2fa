//! How long a report of about ten pages takes to print: first, and once the type is read.
//!
//! Budget: one second in the development profile, 200 ms in release. `cargo bench -p
//! quarterlight-export -- report.pdf` also writes the file, to be looked at.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench is run by hand and prints what it measured"
)]

#[path = "../tests/export/quarter.rs"]
mod quarter;

use std::time::Instant;

use quarterlight_export::pdf::pdf;

fn main() {
    let document =
        quarter::report("The plan was seen, with the child’s own words, in the electronic record.");
    let mut bytes = Vec::new();
    for time in ["first", "second", "third"] {
        let start = Instant::now();
        bytes = pdf(&document).unwrap();
        println!("{time}: {} ms, {} bytes", start.elapsed().as_millis(), bytes.len());
    }
    if let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        std::fs::write(path, bytes).unwrap();
    }
}
