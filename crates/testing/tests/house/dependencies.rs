//! Each dependency says in one line what it is here for.

use crate::tree::text;

/// Dependencies of the workspace without a line of reason above them.
fn without_a_reason(manifest: &str) -> Vec<String> {
    let lines: Vec<&str> = manifest
        .lines()
        .skip_while(|line| *line != "[workspace.dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .collect();
    lines
        .windows(2)
        .filter(|pair| !pair[1].is_empty() && !pair[1].starts_with('#'))
        .filter(|pair| !pair[1].contains("path = ") && !pair[0].starts_with("# "))
        .map(|pair| pair[1].to_owned())
        .collect()
}

#[test]
fn each_dependency_has_its_reason() {
    assert_eq!(without_a_reason(&text("Cargo.toml")), Vec::<String>::new());
}

#[test]
fn a_dependency_without_a_reason_would_be_seen() {
    let manifest = "[workspace.dependencies]\n# Errors.\nanyhow = \"1\"\nserde = \"1\"\n";
    assert_eq!(without_a_reason(manifest), ["serde = \"1\""]);
}
