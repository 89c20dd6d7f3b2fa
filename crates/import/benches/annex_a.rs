//! How long an Annex A workbook of ten thousand children takes, beside plain reading of its cells.
//!
//! The budget, in release: under 2 s of processor time and under 150 MB at the peak. With a path
//! after `--`, that workbook is read instead of the one made here. Both readings are of the same
//! bytes in the same run, so that their ratio means the same on any machine.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops at what is wrong, and says what it measured"
)]

use std::io::Cursor;
use std::time::Instant;

use calamine::{Reader, Xlsx};
use jiff::civil::date;
use quarterlight_import::{Limits, annex_a};
use rust_xlsxwriter::Workbook;

/// Seconds that a reading may take.
const BUDGET: f64 = 2.0;
/// Readings of each kind; the quickest counts, as the one least disturbed.
const TIMES: usize = 3;

fn main() {
    let path = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let is_ours = path.is_none();
    let bytes = path.map_or_else(ten_thousand_children, |path| std::fs::read(path).unwrap());
    println!("the workbook has {} kB", bytes.len() / 1_000);

    let ours = quickest(|| {
        annex_a::read(&bytes, date(2026, 3, 31), &Limits::default()).unwrap().rows.len()
    });
    println!("reading it as a case list takes {ours:.3} s");
    if let Some(peak) = peak_memory() {
        println!("the peak of memory so far, this bench's own included: {peak}");
    }
    let plain = quickest(|| {
        let mut workbook = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
        workbook.worksheets().iter().map(|(_, range)| range.used_cells().count()).sum()
    });
    println!("plain reading of its cells takes {plain:.3} s: ours takes {:.2} times", ours / plain);
    // The budget is that of the program as it is released, for the workbook made here.
    let counts = is_ours && !cfg!(debug_assertions);
    assert!(!counts || ours < BUDGET, "the budget of {BUDGET} s is spent");
}

/// The most memory that this process has had, where the system tells it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.trim_start_matches("VmHWM:").trim().to_owned())
}

fn quickest(read: impl Fn() -> usize) -> f64 {
    let mut quickest = f64::INFINITY;
    for _ in 0..TIMES {
        let start = Instant::now();
        let found = read();
        let seconds = start.elapsed().as_secs_f64();
        assert!(found > 0);
        quickest = quickest.min(seconds);
    }
    quickest
}

/// Lists 1, 6 and 8 of ten thousand invented children, with as many cells as a whole workbook.
fn ten_thousand_children() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let common =
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"];
    let contacts = ["Date of Contact", "Contact Source"];
    let need = [
        "Does the Child have a Disability",
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case Status",
        "Allocated Team",
        "Allocated Worker",
    ];
    let care = [
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        "Does the Child have a Disability",
        "Date Started to be Looked After",
        "Child's Category of Need",
        "Start date of current legal status",
        "Child's Legal Status",
        "Date of Latest Statutory Review",
        "Date of Last Social Work Visit",
        "Date of Last IRO Visit / Contact to the Child",
        "Date of Last Health Assessment",
        "Date of Last Dental Check",
        "Start Date of Most Recent Placement",
        "Placement Type",
        "Placement Provider",
        "Placement postcode",
        "Placement Location",
        "LA of Placement",
        "Allocated Team",
        "Allocated Worker",
    ];
    for (name, own, rows) in [
        ("List 1", contacts.as_slice(), 20_000_u32),
        ("List 6", need.as_slice(), 10_000),
        ("List 8", care.as_slice(), 10_000),
    ] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (column, heading) in (0..).zip(common.iter().chain(own)) {
            sheet.write_string(0, column, *heading).unwrap();
            for row in 1..=rows {
                let child = row % 10_000;
                if *heading == "Child Unique ID" {
                    sheet.write_number(row, column, f64::from(100_000 + child)).unwrap();
                } else if heading.to_lowercase().contains("date") && !heading.contains("Closure") {
                    sheet.write_number(row, column, f64::from(46_000 + row % 100)).unwrap();
                } else if !heading.contains("Closure") {
                    let text = match *heading {
                        "Case Status" => "c) Child in need plan".to_owned(),
                        "Placement Location" => "a) In".to_owned(),
                        "Allocated Worker" => format!("Worker Number {}", child % 700),
                        _ => format!("a) Value {}", child % 50),
                    };
                    sheet.write_string(row, column, &text).unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}
