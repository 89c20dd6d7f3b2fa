//! Any bytes as an Annex A workbook, and as one of its lists in delimited text.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use quarterlight_import::account::ListAccount;
use quarterlight_import::{Limits, annex_a};

fuzz_target!(|bytes: &[u8]| {
    let (as_at, limits) = (date(2026, 3, 31), Limits::default());
    let _ = annex_a::read(bytes, as_at, &limits);
    if let Ok(annex) = annex_a::read_files(None, &[("list.csv", bytes)], as_at, &limits) {
        assert!(annex.account.lists().all(ListAccount::adds_up));
    }
});
