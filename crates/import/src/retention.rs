//! How long each kind of thing is kept, from a TOML file, checked whole.

use std::collections::BTreeSet;

use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::retention::{Kind, LONGEST, Rule};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "dated")]
    _dated: String,
    #[serde(rename = "rule")]
    rules: Vec<RuleOfFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleOfFile {
    kind: String,
    months: u32,
    source: String,
}

/// The rules that an authority starts from, as TOML.
pub fn default_toml() -> &'static str {
    include_str!("../data/retention.toml")
}

/// The rules that ship.
///
/// # Errors
/// Never fails for the file that ships; a test reads it.
pub fn shipped() -> Result<Vec<Rule>, Refusal> {
    from_toml(default_toml())
}

/// The rules of a file: one for each kind, in the order in which kinds are shown.
///
/// # Errors
/// Refuses a file that is no such list, an unknown kind, and a kind that is there twice or not at all.
pub fn from_toml(text: &str) -> Result<Vec<Rule>, Refusal> {
    let file: File = toml::from_str(text).map_err(|error| {
        Refusal::because(format!("The file cannot be read: {}", error.message()))
    })?;
    let mut rules = Vec::new();
    for rule in file.rules {
        let Some(kind) = Kind::from_code(&rule.kind) else {
            return Err(Refusal::because(format!("There is no kind “{}”.", rule.kind)));
        };
        if rule.months == 0 || rule.months > LONGEST {
            return Err(Refusal::because(format!(
                "Give “{}” a period of 1 to {LONGEST} months.",
                rule.kind
            )));
        }
        rules.push(Rule { kind, months: rule.months, source: rule.source });
    }
    rules.sort_by_key(|rule| rule.kind);
    let kinds: BTreeSet<Kind> = rules.iter().map(|rule| rule.kind).collect();
    if kinds.len() != rules.len() || rules.len() != Kind::ALL.len() {
        return Err(Refusal::because("Give every kind one rule, and no kind two."));
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_has_a_rule_and_a_source_for_every_kind() {
        let rules = shipped().unwrap();
        assert_eq!(rules.len(), Kind::ALL.len());
        assert!(rules.iter().all(|rule| rule.source.starts_with("Local policy")));
        let twice = default_toml().replace("kind = \"voices\"", "kind = \"answers\"");
        assert!(from_toml(&twice).is_err());
        assert!(from_toml(&default_toml().replace("months = 36", "months = 0")).is_err());
    }
}
