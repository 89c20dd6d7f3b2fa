//! Any bytes as a framework in a spreadsheet.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_import::{Limits, framework_sheet};

fuzz_target!(|bytes: &[u8]| {
    let _ = framework_sheet::from_xlsx("framework.xlsx", bytes, &Limits::default());
});
