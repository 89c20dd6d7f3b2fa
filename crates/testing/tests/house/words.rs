//! The words that we avoid are not in the names of types.

use crate::tree::{block, files, text};

/// The names of types that a file defines.
fn types(text: &str) -> Vec<String> {
    let keywords = ["struct ", "enum ", "trait ", "type "];
    text.lines()
        .filter_map(|line| {
            let line =
                line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            let rest = keywords.iter().find_map(|keyword| line.strip_prefix(keyword))?;
            Some(rest.split(|c: char| !c.is_alphanumeric()).next()?.to_owned())
        })
        .collect()
}

#[test]
fn no_type_has_a_name_that_we_avoid() {
    let avoided: Vec<String> = block("GLOSSARY.md", "avoided")
        .iter()
        .flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for path in files("crates", "rs") {
        for name in types(&text(&path)) {
            let found = avoided.iter().find(|word| name.contains(word.as_str()));
            assert!(found.is_none(), "{path}: the name {name} has {}", found.unwrap());
        }
    }
}

#[test]
fn a_type_with_such_a_name_would_be_seen() {
    assert_eq!(types("    pub struct AuditLogHelper {"), ["AuditLogHelper"]);
}
