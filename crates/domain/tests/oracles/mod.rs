//! Oracle cases: numbers that anybody can check, from a folder that an environment variable can replace.

mod allocation;
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
