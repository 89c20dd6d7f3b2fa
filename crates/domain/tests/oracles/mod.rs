//! Oracle cases: numbers that anybody can check, from a folder that an environment variable can replace.

mod agreement;
mod allocation;
mod intervals;
mod sizes;
mod spc;
mod verifiable_draw;

use std::path::PathBuf;

use serde_json::Value;

/// The cases of one oracle file.
pub fn cases(name: &str) -> Vec<Value> {
    let folder = std::env::var_os("QUARTERLIGHT_ORACLES").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/oracles")),
        PathBuf::from,
    );
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{name}: {why}"));
    let file: Value = serde_json::from_str(&text).unwrap();
    let cases = file["cases"].as_array().unwrap().clone();
    assert!(!cases.is_empty(), "{name} has no cases");
    cases
}

/// A list of strings in a case.
pub fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// A count in a case.
pub fn whole(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

/// That a number is the oracle's, to the tolerance that the files state.
pub fn near(ours: f64, theirs: &Value, id: &Value) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() <= 1e-9, "{id}: {ours} is not {theirs}");
}
