//! Any bytes as an SSDA903 return: as its XML form, and as one of its tables.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use quarterlight_import::account::ListAccount;
use quarterlight_import::{Limits, ssda903};

fuzz_target!(|bytes: &[u8]| {
    let (as_at, limits) = (date(2026, 3, 31), Limits::default());
    for name in ["return.xml", "episodes.csv"] {
        if let Ok(reading) = ssda903::read(&[(name, bytes)], as_at, &limits) {
            assert!(reading.account.lists().all(ListAccount::adds_up));
        }
    }
});
