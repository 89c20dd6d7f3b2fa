//! Any text as what is pasted from a file: staff by month, and minutes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_domain::register::minutes::{MOST, candidates};
use quarterlight_import::staff_list;

fuzz_target!(|text: &str| {
    let (lines, problems) = staff_list::read(text);
    assert!(lines.len() + problems.len() <= staff_list::MOST + 1);
    assert!(candidates(text).len() <= MOST);
});
