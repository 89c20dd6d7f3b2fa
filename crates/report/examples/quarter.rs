//! The crowded quarter of the tests as JSON, for a printer: `cargo run -p quarterlight-report
//! --example quarter > quarter.json`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    reason = "an example is run by hand, prints what it made, and shares its quarters with the tests"
)]

#[path = "../tests/report/quarters.rs"]
mod quarters;
#[path = "../tests/report/series.rs"]
mod series;

fn main() {
    let document = quarterlight_report::quarterly::quarterly(&quarters::crowded()).unwrap();
    println!("{}", serde_json::to_string(&document).unwrap());
}
