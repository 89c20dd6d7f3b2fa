//! Standards as the pages of this room say them.

use quarterlight_domain::edition::{Origin, Origins};
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::need::Need;
use quarterlight_domain::standard::{Applies, Standard, StandardKind};
use quarterlight_report::words;

/// A standard, as a page says it.
#[derive(Debug, Clone)]
pub struct StandardLine {
    /// Its short name.
    pub code: String,
    /// The standard in a few words.
    pub wording: String,
    /// What an auditor sees when it is met.
    pub met_looks_like: String,
    /// *Critical · Compliance · Asked of every record · In the dip set*.
    pub facts: Vec<String>,
    /// Where it can be changed, where this person may.
    pub change: Option<String>,
    /// True if it was taken out of the draft.
    pub dropped: bool,
}

/// A section, as a page says it.
#[derive(Debug, Clone)]
pub struct SectionPart {
    /// Its letter.
    pub letter: String,
    /// What it is about.
    pub title: String,
    /// Where its title can be changed, where this person may.
    pub change: Option<String>,
    /// Its standards.
    pub standards: Vec<StandardLine>,
}

/// The sections of an edition.
pub fn sections(contents: &Contents, origins: &Origins) -> Vec<SectionPart> {
    let part = |section: &Section| SectionPart {
        letter: section.letter.clone(),
        title: section.title.clone(),
        change: None,
        standards: section
            .standards
            .iter()
            .map(|standard| {
                line(standard, &origins.get(&standard.code).cloned().unwrap_or_default())
            })
            .collect(),
    };
    contents.sections().iter().map(part).collect()
}

/// One standard.
pub fn line(standard: &Standard, origin: &Origin) -> StandardLine {
    let mut facts = Vec::new();
    if standard.critical {
        facts.push("Critical".to_owned());
    }
    facts.push(standard.kind.words().to_owned());
    facts.push(asked_of(standard));
    if standard.dip {
        facts.push("In the dip set".to_owned());
    }
    if origin.core {
        facts.push("Of the common core".to_owned());
    }
    if !origin.source.is_empty() {
        facts.push(format!("From {}", origin.source));
    }
    StandardLine {
        code: standard.code.to_string(),
        wording: standard.wording.clone(),
        met_looks_like: standard.met_looks_like.clone(),
        facts,
        change: None,
        dropped: false,
    }
}

/// *42 standards in 12 sections: 20 compliance …*
pub fn in_numbers(contents: &Contents) -> String {
    let count = |passes: fn(&Standard) -> bool| {
        contents.standards().filter(|standard| passes(standard)).count()
    };
    let section = words::Noun::new("section", "sections");
    format!(
        "{} in {}: {} of compliance (whether something was done) and {} of quality (how well it \
         was done). {} critical, and {} in the short dip set.",
        words::count(whole(count(|_| true)), &words::STANDARD),
        words::count(whole(contents.sections().len()), &section),
        count(|standard| standard.kind == StandardKind::Compliance),
        count(|standard| standard.kind == StandardKind::Quality),
        are(count(|standard| standard.critical)),
        are(count(|standard| standard.dip)).to_lowercase(),
    )
}

/// *7 are*, *1 is*, *None is*.
fn are(number: usize) -> String {
    match number {
        0 => "None is".to_owned(),
        1 => "1 is".to_owned(),
        many => format!("{many} are"),
    }
}

/// A count as the words of a report take it.
pub fn whole(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// *Asked of every record*, or the children whose records it is asked of.
fn asked_of(standard: &Standard) -> String {
    if standard.applies.contains(&Applies::All) {
        return "Asked of every record".to_owned();
    }
    let children: Vec<&str> = standard.applies.iter().map(|applies| children(*applies)).collect();
    format!("Asked of the records of {}", words::list(&children))
}

/// The children whose records a standard is asked of.
pub fn children(applies: Applies) -> &'static str {
    match applies {
        Applies::All => "every child",
        Applies::Need(Need::ChildInNeed) => "children in need",
        Applies::Need(Need::ChildProtection) => "children on protection plans",
        Applies::Need(Need::InCare) => "children in care",
        Applies::Need(Need::CareLeaver) => "care leavers",
        Applies::Disabled => "disabled children",
        Applies::Unaccompanied => "unaccompanied children",
    }
}
