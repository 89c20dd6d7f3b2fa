//! Any text as a set of rules about time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_import::timescales;

fuzz_target!(|text: &str| {
    let _ = timescales::from_toml(text);
});
