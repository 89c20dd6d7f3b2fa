//! Prints a document that was kept as JSON, and says how long it took: `cargo run -p
//! quarterlight-export --example print -- quarter.json quarter.pdf`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "an example is run by hand and prints what it measured"
)]

use std::time::Instant;

use quarterlight_export::pdf::pdf;

fn main() {
    let mut files = std::env::args().skip(1);
    let (from, to) = (files.next().unwrap(), files.next().unwrap());
    let document = serde_json::from_slice(&std::fs::read(from).unwrap()).unwrap();
    for time in ["first", "second", "third"] {
        let start = Instant::now();
        let bytes = pdf(&document).unwrap();
        println!("{time}: {} ms, {} bytes", start.elapsed().as_millis(), bytes.len());
        std::fs::write(&to, bytes).unwrap();
    }
}
