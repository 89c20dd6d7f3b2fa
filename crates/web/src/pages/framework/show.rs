//! The edition in force, section by section: what a record must show, and of which records it is asked.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::framework::{AgreedEdition, Section};
use quarterlight_domain::need::Need;
use quarterlight_domain::standard::{Applies, Standard, StandardKind};
use quarterlight_report::words;

use crate::app::App;
use crate::layout::Frame;
use crate::page;
use crate::permit::{ReadFramework, Through};

/// A standard, as the page says it.
#[derive(Debug, Clone)]
struct StandardLine {
    code: String,
    wording: String,
    met_looks_like: String,
    kind: &'static str,
    critical: bool,
    asked_of: String,
    dip: bool,
}

/// A section, as the page says it.
#[derive(Debug, Clone)]
struct SectionPart {
    letter: String,
    title: String,
    standards: Vec<StandardLine>,
}

/// The framework in force.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/framework/show.html")]
pub struct FrameworkPage {
    frame: Frame,
    /// How people speak of the edition; none where no edition is in force.
    caption: Option<String>,
    sentences: Vec<String>,
    sections: Vec<SectionPart>,
}

/// Shows the edition that is in force today.
///
/// # Errors
/// There is no such page for those who have nothing to do with audits.
pub async fn get(app: App, visitor: Through<ReadFramework>) -> page::Result {
    let frame = visitor.frame(&app, "Framework", "Framework");
    let Some(id) = app.store.frameworks.in_force_on(visitor.today).await? else {
        return page::show(&FrameworkPage::none(frame));
    };
    let Some(edition) = app.store.frameworks.edition(id).await? else {
        return page::show(&FrameworkPage::none(frame));
    };
    let agreed_by = match edition.agreed_by {
        Some(person) => app.store.people.get(person).await?.map(|person| person.name),
        None => None,
    };
    page::show(&FrameworkPage::new(frame, &edition, agreed_by.as_deref()))
}

impl FrameworkPage {
    fn none(frame: Frame) -> Self {
        let sentence = "No framework is in force yet, so no cycle can be opened. \
                        An edition is adopted at the server’s own command line.";
        let sentences = vec![sentence.to_owned()];
        Self { frame, caption: None, sentences, sections: Vec::new() }
    }

    fn new(frame: Frame, edition: &AgreedEdition, agreed_by: Option<&str>) -> Self {
        Self {
            frame,
            caption: Some(edition.title()),
            sentences: vec![
                in_force(edition, agreed_by),
                in_numbers(edition),
                "Under each standard stands what an auditor sees when it is met. A critical \
                 standard that is not met allows no better grade than Requires improvement."
                    .to_owned(),
            ],
            sections: edition.contents().sections().iter().map(section).collect(),
        }
    }

    /// No framework, an ordinary one, and one with hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Framework");
        let mut samples = vec![Self::none(frame())];
        for (words, agreed_by) in [
            ("There is a current case summary", None),
            (crate::govuk::HOSTILE, Some(crate::govuk::HOSTILE)),
        ] {
            samples.extend(sample(words).map(|edition| Self::new(frame(), &edition, agreed_by)));
        }
        samples
    }
}

fn in_force(edition: &AgreedEdition, agreed_by: Option<&str>) -> String {
    let from = day_in_words(edition.in_force_from);
    match agreed_by {
        Some(name) => format!(
            "Agreed by {name} and in force from {from}. An agreed edition never changes; an audit \
             stays on the edition that it was begun on."
        ),
        None => format!(
            "In force from {from}. An agreed edition never changes; an audit stays on the edition \
             that it was begun on."
        ),
    }
}

/// *42 standards in 12 sections: 20 compliance …*
fn in_numbers(edition: &AgreedEdition) -> String {
    let contents = edition.contents();
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

fn whole(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn section(section: &Section) -> SectionPart {
    SectionPart {
        letter: section.letter.clone(),
        title: section.title.clone(),
        standards: section.standards.iter().map(line).collect(),
    }
}

fn line(standard: &Standard) -> StandardLine {
    StandardLine {
        code: standard.code.to_string(),
        wording: standard.wording.clone(),
        met_looks_like: standard.met_looks_like.clone(),
        kind: standard.kind.words(),
        critical: standard.critical,
        asked_of: asked_of(standard),
        dip: standard.dip,
    }
}

/// *Asked of every record*, or the children whose records it is asked of.
fn asked_of(standard: &Standard) -> String {
    if standard.applies.contains(&Applies::All) {
        return "Asked of every record".to_owned();
    }
    let children: Vec<&str> = standard.applies.iter().map(|applies| children(*applies)).collect();
    format!("Asked of the records of {}", words::list(&children))
}

fn children(applies: Applies) -> &'static str {
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

/// An edition of two standards in these words.
fn sample(words: &str) -> Option<AgreedEdition> {
    use quarterlight_domain::framework::Contents;
    use quarterlight_domain::id::EditionId;
    use quarterlight_domain::standard::StandardCode;

    let standard = |code: &str, kind, applies: &[Applies]| {
        Some(Standard {
            code: StandardCode::new(code).ok()?,
            wording: words.to_owned(),
            met_looks_like: words.to_owned(),
            kind,
            critical: kind == StandardKind::Quality,
            applies: applies.iter().copied().collect(),
            dip: kind == StandardKind::Compliance,
        })
    };
    let standards = vec![
        standard("B1", StandardKind::Compliance, &[Applies::All])?,
        standard("B2", StandardKind::Quality, &[Applies::Disabled, Applies::Unaccompanied])?,
    ];
    let section = Section { letter: "B".to_owned(), title: words.to_owned(), standards };
    let contents = Contents::new(words, vec![section]).ok()?;
    Some(AgreedEdition::new(EditionId(1), 1, None, jiff::civil::date(2026, 10, 1), contents))
}
