//! Any bytes as a file of which nobody has said what it is.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use quarterlight_import::Limits;
use quarterlight_import::account::ListAccount;
use quarterlight_import::recognise::{read, recognise};

fuzz_target!(|bytes: &[u8]| {
    let (as_at, limits) = (date(2026, 3, 31), Limits::default());
    let files = [("file", bytes)];
    let Ok(found) = recognise(&files, &limits) else { return };
    for it in &found {
        if let Ok(reading) = read(it, &files, (as_at, None), None, &limits) {
            assert!(reading.account.lists().all(ListAccount::adds_up));
        }
    }
});
