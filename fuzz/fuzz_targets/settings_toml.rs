//! Any text as a set of indicators, rules of retention, groups of a provider and bank holidays.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_import::{bank_holidays, groups, indicators, retention};

fuzz_target!(|text: &str| {
    let _ = indicators::from_toml(text);
    let _ = retention::from_toml(text);
    let _ = groups::from_toml(text);
    let _ = bank_holidays::from_toml(text);
});
