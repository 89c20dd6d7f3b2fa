//! Any text as a filing protocol.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_import::filing_protocol;

fuzz_target!(|text: &str| {
    let _ = filing_protocol::from_toml(text, None);
});
