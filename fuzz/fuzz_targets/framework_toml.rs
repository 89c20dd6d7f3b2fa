//! Any text as a framework in TOML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_import::framework;

fuzz_target!(|text: &str| {
    let _ = framework::from_toml(text);
    let _ = framework::from_toml_with_origins(text);
});
