//! Any bytes as tables of the Standard Safeguarding Dataset, divided at a line of equals signs.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use quarterlight_import::account::ListAccount;
use quarterlight_import::{Limits, ssd};

fuzz_target!(|bytes: &[u8]| {
    let mut files: Vec<(&str, &[u8])> = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(4).position(|four| four == b"\n==\n") {
        files.push(("table.csv", &rest[..=at]));
        rest = &rest[at + 4..];
    }
    files.push(("table.csv", rest));
    if let Ok(reading) = ssd::read(&files, date(2026, 3, 31), &Limits::default()) {
        assert!(reading.account.lists().all(ListAccount::adds_up));
    }
});
