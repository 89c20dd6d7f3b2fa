//! Other people's crates are given to us under licences that let a council use and pass them on.

use std::process::Command;

use crate::tree::{root, text};

/// The licences that are allowed, as `deny.toml` names them for `cargo deny`.
fn allowed() -> Vec<String> {
    let text = text("deny.toml");
    let list = text.split("\nallow = [").nth(1).unwrap().split(']').next().unwrap();
    let quoted = list.lines().filter_map(|line| line.trim().strip_prefix('"'));
    let found: Vec<String> =
        quoted.map(|line| line.split('"').next().unwrap().to_owned()).collect();
    assert!(found.len() > 5, "deny.toml is read");
    found
}

/// True if the expression can be met with these: of what stands between *or* one, of *and* each.
fn is_met(expression: &str, allowed: &[String]) -> bool {
    let flat = expression.replace('/', " OR ");
    let words: Vec<&str> = flat.split_whitespace().collect();
    let flat = words.join(" ");
    if let Some(inside) = flat.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        let (first, rest) = inside;
        let rest = rest.trim();
        return match (rest.strip_prefix("AND "), rest.strip_prefix("OR ")) {
            (Some(rest), _) => is_met(first, allowed) && is_met(rest, allowed),
            (_, Some(rest)) => is_met(first, allowed) || is_met(rest, allowed),
            _ => rest.is_empty() && is_met(first, allowed),
        };
    }
    let one = |licence: &str| allowed.iter().any(|it| it == licence.trim());
    flat.split(" OR ").any(|each| each.split(" AND ").all(one))
}

/// The name and the licence of every crate that is in the lock file.
fn crates() -> Vec<(String, String)> {
    let metadata = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let all: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = all["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| !package["source"].is_null())
        .map(|package| {
            let said = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
            (said("name"), said("license"))
        })
        .collect()
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    let (allowed, crates) = (allowed(), crates());
    assert!(crates.len() > 100, "the crates are found");
    for (name, licence) in crates {
        assert!(is_met(&licence, &allowed), "{name} has the licence “{licence}”");
    }
}

#[test]
fn another_licence_would_be_seen() {
    let allowed = allowed();
    for met in [
        "MIT OR Apache-2.0",
        "Apache-2.0/MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "GPL-2.0-only OR Apache-2.0",
        "Apache-2.0 AND ISC",
    ] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for other in ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR ISC) AND SSPL-1.0"] {
        assert!(!is_met(other, &allowed), "{other}");
    }
}
