//! Any bytes as a workforce census in XML.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use quarterlight_import::account::ListAccount;
use quarterlight_import::{Limits, workforce_census};

fuzz_target!(|bytes: &[u8]| {
    let (as_at, limits) = (date(2026, 3, 31), Limits::default());
    if let Ok(reading) = workforce_census::read("census.xml", bytes, as_at, &limits) {
        assert!(reading.account.lists().all(ListAccount::adds_up));
    }
});
