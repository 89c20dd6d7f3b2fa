//! A framework from a TOML file: its sections and standards, checked whole.
//!
//! ```toml
//! name = "Children's records"
//!
//! [[section]]
//! letter = "B"
//! title = "An orderly, current file"
//!
//! [[section.standard]]
//! code = "B1"
//! wording = "The record has a current case summary."
//! met_looks_like = "…"
//! kind = "compliance"        # or "quality"
//! critical = false           # may be left out: false
//! dip = true                 # in the short dip set; may be left out: false
//! applies = ["ALL"]          # of ALL, CIN, CP, CLA, CL, DIS, UAS
//! ```

use std::collections::BTreeSet;

use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use serde::{Deserialize, Serialize};

/// The framework that a new authority starts from and can change, as TOML.
pub fn default_toml() -> &'static str {
    include_str!("../data/default-framework.toml")
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(rename = "section")]
    sections: Vec<SectionOfFile>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionOfFile {
    letter: String,
    title: String,
    #[serde(rename = "standard")]
    standards: Vec<StandardOfFile>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardOfFile {
    code: String,
    wording: String,
    met_looks_like: String,
    kind: String,
    #[serde(default)]
    critical: bool,
    #[serde(default)]
    dip: bool,
    applies: Vec<String>,
}

/// Reads a framework from TOML.
///
/// # Errors
/// Refuses what is no TOML of this shape, saying where, and a framework that does not hold
/// together, saying which standard is at fault.
pub fn from_toml(text: &str) -> Result<Contents, Refusal> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| 1 + text.get(..span.start).unwrap_or(text).matches('\n').count());
        let what = error.message().lines().next().unwrap_or("it cannot be read");
        Refusal::because(format!("The framework cannot be read. Line {line}: {what}."))
    })?;
    let mut sections = Vec::new();
    for section in file.sections {
        let standards = section.standards.into_iter().map(standard).collect::<Result<_, _>>()?;
        sections.push(Section { letter: section.letter, title: section.title, standards });
    }
    Contents::new(&file.name, sections)
}

/// Writes a framework as TOML, which [`from_toml`] reads back to the same.
///
/// # Errors
/// Refuses what TOML cannot hold; no framework does.
pub fn to_toml(contents: &Contents) -> Result<String, Refusal> {
    let sections = contents.sections().iter().map(|section| SectionOfFile {
        letter: section.letter.clone(),
        title: section.title.clone(),
        standards: section.standards.iter().map(of_file).collect(),
    });
    let file = File { name: contents.name().to_owned(), sections: sections.collect() };
    toml::to_string_pretty(&file)
        .map_err(|_| Refusal::because("This framework cannot be written as TOML."))
}

fn standard(file: StandardOfFile) -> Result<Standard, Refusal> {
    let code = StandardCode::new(&file.code)?;
    let kind = StandardKind::from_code(&file.kind).ok_or_else(|| {
        Refusal::because(format!(
            "Standard {code} is of the kind “{}”. Write compliance or quality.",
            file.kind
        ))
    })?;
    let applies = file.applies.iter().map(|word| {
        Applies::from_code(word).ok_or_else(|| {
            Refusal::because(format!(
                "Standard {code} applies to “{word}”. Write ALL, CIN, CP, CLA, CL, DIS or UAS."
            ))
        })
    });
    let applies = applies.collect::<Result<BTreeSet<Applies>, Refusal>>()?;
    Ok(Standard {
        code,
        wording: file.wording,
        met_looks_like: file.met_looks_like,
        kind,
        critical: file.critical,
        applies,
        dip: file.dip,
    })
}

fn of_file(standard: &Standard) -> StandardOfFile {
    StandardOfFile {
        code: standard.code.as_str().to_owned(),
        wording: standard.wording.clone(),
        met_looks_like: standard.met_looks_like.clone(),
        kind: standard.kind.code().to_owned(),
        critical: standard.critical,
        dip: standard.dip,
        applies: standard.applies.iter().map(|applies| applies.code().to_owned()).collect(),
    }
}
