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
//! core = false               # shared by every framework of the authority; may be left out: false
//! source = "…"               # the law, guidance or meeting that it comes from; may be left out
//! applies = ["ALL"]          # of ALL, CIN, CP, CLA, CL, DIS, UAS
//! ```

use std::collections::BTreeSet;

use quarterlight_domain::edition::{Origin, Origins};
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use serde::{Deserialize, Serialize};

/// The framework that a new authority starts from and can change, as TOML.
pub fn default_toml() -> &'static str {
    include_str!("../data/default-framework.toml")
}

/// Every framework that comes with the program, as TOML: the default, and short ones for other
/// services to adapt. Their core standards are the same to the letter.
pub const SHIPPED: [&str; 4] = [
    include_str!("../data/default-framework.toml"),
    include_str!("../data/fostering-framework.toml"),
    include_str!("../data/adoption-framework.toml"),
    include_str!("../data/adult-services-framework.toml"),
];

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
    #[serde(default)]
    core: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    source: String,
    applies: Vec<String>,
}

/// Reads what a framework says from TOML, without where its standards come from.
///
/// # Errors
/// Refuses what [`from_toml_with_origins`] does.
pub fn from_toml(text: &str) -> Result<Contents, Refusal> {
    from_toml_with_origins(text).map(|(contents, _)| contents)
}

/// Reads a framework from TOML, with where each of its standards comes from.
///
/// # Errors
/// Refuses what is no TOML of this shape, saying where, and a framework that does not hold
/// together, saying which standard is at fault.
pub fn from_toml_with_origins(text: &str) -> Result<(Contents, Origins), Refusal> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| 1 + text.get(..span.start).unwrap_or(text).matches('\n').count());
        let what = error.message().lines().next().unwrap_or("it cannot be read");
        Refusal::because(format!("The framework cannot be read. Line {line}: {what}."))
    })?;
    let mut sections = Vec::new();
    let mut origins = Origins::new();
    for section in file.sections {
        let mut standards = Vec::new();
        for of_file in section.standards {
            let (standard, origin) = standard(of_file)?;
            if origin != Origin::default() {
                origins.insert(standard.code.clone(), origin);
            }
            standards.push(standard);
        }
        sections.push(Section { letter: section.letter, title: section.title, standards });
    }
    Ok((Contents::new(&file.name, sections)?, origins))
}

/// Writes a framework as TOML, which [`from_toml_with_origins`] reads back to the same.
///
/// # Errors
/// Refuses what TOML cannot hold; no framework does.
pub fn to_toml(contents: &Contents, origins: &Origins) -> Result<String, Refusal> {
    let sections = contents.sections().iter().map(|section| SectionOfFile {
        letter: section.letter.clone(),
        title: section.title.clone(),
        standards: section.standards.iter().map(|it| of_file(it, origins)).collect(),
    });
    let file = File { name: contents.name().to_owned(), sections: sections.collect() };
    toml::to_string_pretty(&file)
        .map_err(|_| Refusal::because("This framework cannot be written as TOML."))
}

fn standard(file: StandardOfFile) -> Result<(Standard, Origin), Refusal> {
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
    let standard = Standard {
        code,
        wording: file.wording,
        met_looks_like: file.met_looks_like,
        kind,
        critical: file.critical,
        applies,
        dip: file.dip,
    };
    Ok((standard, Origin { core: file.core, source: file.source }))
}

fn of_file(standard: &Standard, origins: &Origins) -> StandardOfFile {
    let origin = origins.get(&standard.code).cloned().unwrap_or_default();
    StandardOfFile {
        code: standard.code.as_str().to_owned(),
        wording: standard.wording.clone(),
        met_looks_like: standard.met_looks_like.clone(),
        kind: standard.kind.code().to_owned(),
        critical: standard.critical,
        dip: standard.dip,
        core: origin.core,
        source: origin.source,
        applies: standard.applies.iter().map(|applies| applies.code().to_owned()).collect(),
    }
}
