//! A set of rules about time from a TOML file, checked whole, and written back to the same.
//!
//! ```toml
//! name = "England, to start from"
//! dated = "2026-11-23"
//!
//! [[rule]]
//! code = "care-visit"
//! name = "Visit to a child in care"
//! source = "SI 2010/959, regulation 28"
//! needs = ["CLA"]                # which records; left out: all that are open
//! standards = ["G1"]             # the standards that it is a fact for
//!
//! [rule.latest]                  # or [rule.episode], [rule.said], [rule.auditor]
//! kind = "care_visit"
//! since = "care"
//! limit = "6 weeks"
//! when_none = "late"             # or "cannot_tell"
//! first = "1 week"               # late only after this long; left out: at once
//! ```

mod from_file;
mod to_file;

use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::timescale::set::RuleSet;
use serde::{Deserialize, Serialize};

use crate::toml_text;

/// The rules that a new authority starts from and can change, as TOML.
pub fn england_toml() -> &'static str {
    include_str!("../data/timescales-england.toml")
}

/// The rules R01 to R20, by which readings of returns are tested, as TOML.
pub fn returns_toml() -> &'static str {
    include_str!("../data/timescales-returns.toml")
}

/// Reads a set of rules from TOML.
///
/// # Errors
/// Refuses what is no TOML of this shape, saying where, and a set that does not hold together,
/// saying which rule is at fault.
pub fn from_toml(text: &str) -> Result<RuleSet, Refusal> {
    let file: File = toml_text::read("The rule set", text)?;
    let dated = from_file::day("The rule set", &file.dated)?;
    let rules = file.rules.into_iter().map(from_file::rule).collect::<Result<_, _>>()?;
    RuleSet::new(&file.name, dated, rules)
}

/// Writes a set of rules as TOML, which [`from_toml`] reads back to the same.
///
/// # Errors
/// Refuses what TOML cannot hold; no rule set does.
pub fn to_toml(set: &RuleSet) -> Result<String, Refusal> {
    let rules = set.rules().iter().map(to_file::rule).collect();
    let file = File { name: set.name().to_owned(), dated: set.dated().to_string(), rules };
    toml::to_string(&file).map_err(|_| Refusal::because("This rule set cannot be written as TOML."))
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    dated: String,
    #[serde(rename = "rule")]
    rules: Vec<RuleOfFile>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the file")]
struct RuleOfFile {
    code: String,
    name: String,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    local_practice: bool,
    #[serde(skip_serializing_if = "is_false")]
    confirm_locally: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    standards: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    needs: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    closed_too: bool,
    #[serde(skip_serializing_if = "is_false")]
    not_assessment_only: bool,
    #[serde(skip_serializing_if = "is_false")]
    disabled: bool,
    #[serde(skip_serializing_if = "is_false")]
    unaccompanied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    placement: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    routes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_from: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_under: Option<u8>,
    #[serde(skip_serializing_if = "is_false")]
    missing: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_day: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    bank_holidays_count: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    open_over: Option<Lasting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open_within: Option<Lasting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    episode: Option<EpisodeOfFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<LatestOfFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<SaidOfFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auditor: Option<AuditorOfFile>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lasting {
    since: String,
    limit: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EpisodeOfFile {
    kind: String,
    which: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    months: Option<u16>,
    limit: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LatestOfFile {
    kind: String,
    since: String,
    #[serde(default, skip_serializing_if = "is_false")]
    from_before: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    when_none: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    younger: Option<Younger>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Younger {
    under: u8,
    limit: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaidOfFile {
    matter: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AuditorOfFile {
    limit: String,
    why: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
