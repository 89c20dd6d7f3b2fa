//! Any bytes as a list of the authority's own, by the mapping that its headings suggest.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use quarterlight_import::Limits;
use quarterlight_import::account::ListAccount;
use quarterlight_import::local_list::{headings, propose, read};

fuzz_target!(|bytes: &[u8]| {
    let (as_at, limits) = (date(2026, 3, 31), Limits::default());
    let Ok(sheets) = headings(bytes, &limits) else { return };
    for sheet in sheets {
        let names: Vec<&str> = sheet.headings.iter().map(String::as_str).collect();
        let mapping = propose(&names);
        if let Ok(reading) = read(("list.csv", bytes), &mapping, as_at, Some("Harrow"), &limits) {
            assert!(reading.account.lists().all(ListAccount::adds_up));
        }
    }
});
