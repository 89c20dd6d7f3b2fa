//! The quarterly report for the public: the same sections under the same numbers, with small counts
//! hidden and attacked.
//!
//! Its figures are laid out as one ledger, over all tables and the chart together. From there on
//! nothing here can see a count but through [`quarterlight_disclosure::Published`], which only the attack makes: not a table,
//! not a bar, not a sentence. So whatever a document becomes, what is hidden is not in it.

mod aside;
mod certificate;
mod counts;
mod definitions;
mod further;
mod grid;
mod hiding;
mod indicators;
mod lay;
mod matters;
pub mod programme;
mod say;

use quarterlight_disclosure::attack::{MicroLp, Solver};
use quarterlight_disclosure::{Past, Rule, judge};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::release::about::About;
use thiserror::Error;

use crate::builder::{DocumentBuilder, Unfinished};
use crate::document::{Block, Cover, Document};
use hiding::{Hidden, hide};
use lay::lay;

/// Who may see it.
pub const MARKING: &str = "Public: Part I. Small numbers are hidden.";

/// There is no public report, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotPublic {
    /// Something that is hidden could be worked out.
    #[error("{0}")]
    Refused(Refusal),
    /// The attack could not be carried out, so nothing is known.
    #[error("{0}")]
    NotAttacked(#[from] quarterlight_disclosure::attack::AttackFault),
    /// It would not reach every reader.
    #[error("{0}")]
    Unfinished(#[from] Unfinished),
}

/// A public report, and what the next one of its quarter must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// The report.
    pub document: Document,
    /// What it prints and hides. It is as private as what is hidden.
    pub past: Past,
}

/// The report of a quarter as it may be made public, with its certificate at the end.
///
/// # Errors
/// `NotPublic` where what is hidden could be worked out, or nobody could try.
pub fn part_one(
    figures: &QuarterFigures,
    rule: Rule,
    solver: &dyn Solver,
) -> Result<Document, NotPublic> {
    beside(figures, rule, solver, &[]).map(|public| public.document)
}

/// The same beside what is public already, each with what it is about: from all reports of this quarter
/// together nothing that is hidden can be worked out, nor by how few records two of them differ; nor
/// from what reports of other quarters say of the same records.
///
/// # Errors
/// As [`part_one`].
pub fn beside(
    figures: &QuarterFigures,
    rule: Rule,
    solver: &dyn Solver,
    earlier: &[(About, Past)],
) -> Result<Public, NotPublic> {
    if figures.service.is_some() {
        return Err(NotPublic::Refused(Refusal::because(
            "A public report is about all services together: from one about a single service and \
             one about all, what is hidden in either could be worked out.",
        )));
    }
    let hidden = hide(figures.quarter.into(), rule, solver, earlier, |grand| {
        let mut layout = lay(figures, grand, earlier);
        (std::mem::take(&mut layout.release), layout)
    });
    let Hidden { layout, release, pattern, together } = hidden?;
    let past = Past::of(&release, &pattern, &rule);
    let verdict = judge(release, pattern, rule, solver)?;
    let published = verdict.into_published().map_err(NotPublic::Refused)?;
    let mut document = DocumentBuilder::new(cover(figures));
    say::purpose(&mut document, figures, &layout, &published);
    say::looked_at(&mut document, &layout, &published);
    say::found(&mut document, &layout, &published);
    aside::issues(&mut document);
    say::addressed(&mut document, &layout, &published);
    say::coverage(&mut document, &layout, &published);
    further::filing(&mut document, &layout, &published);
    indicators::say(&mut document, figures, &layout, &published);
    say::allocation(&mut document, &layout, &published);
    aside::trend(&mut document, figures, &layout, &published);
    further::moderation(&mut document, &layout, &published);
    matters::say(&mut document, figures);
    say::standards(&mut document, &layout, &published);
    further::paper(&mut document, &layout, &published);
    indicators::every(&mut document, figures, &layout, &published);
    definitions::say(&mut document, &layout);
    certificate::say(&mut document, published.certificate(), figures.quarter.into(), together);
    Ok(Public { document: document.finish()?, past })
}

/// Whether two public parts tell everybody the same: all but the day on which they were counted and
/// the certificate of what was tried on their figures.
pub fn says_the_same(was: &Document, now: &Document) -> bool {
    let is_certificate = |block: &Block| matches!(block, Block::Heading { level: 1, text, .. } if text == certificate::CERTIFICATE);
    let told = |it: &Document| {
        let before = it.blocks.iter().take_while(|block| !is_certificate(block));
        let cover = Cover { as_at: String::new(), ..it.cover.clone() };
        (cover, before.cloned().collect::<Vec<Block>>())
    };
    told(was) == told(now)
}

/// The same with counts hidden up to this, attacked by the solver that comes with the program.
///
/// # Errors
/// As [`part_one`], and where counts would be shown that no council may show.
pub fn hiding_up_to(figures: &QuarterFigures, small: u32) -> Result<Document, NotPublic> {
    let rule = Rule::hiding_up_to(small).map_err(NotPublic::Refused)?;
    part_one(figures, rule, &MicroLp)
}

/// The same beside what every public report printed and hid, as they were kept, with what each is
/// about.
///
/// # Errors
/// As [`hiding_up_to`], and where what was kept cannot be read.
pub fn hiding_beside(
    figures: &QuarterFigures,
    small: u32,
    earlier: &[(About, String)],
) -> Result<Public, NotPublic> {
    let rule = Rule::hiding_up_to(small).map_err(NotPublic::Refused)?;
    beside(figures, rule, &MicroLp, &read(earlier)?)
}

fn read(earlier: &[(About, String)]) -> Result<Vec<(About, Past)>, NotPublic> {
    let read = |(about, it): &(About, String)| Ok((*about, Past::read(it)?));
    earlier.iter().map(read).collect::<Result<_, Refusal>>().map_err(NotPublic::Refused)
}

fn cover(figures: &QuarterFigures) -> Cover {
    Cover {
        authority: figures.authority.clone(),
        title: "Quarterly audit of children’s records".to_owned(),
        subtitle: format!("All services, {}", figures.quarter.words()),
        as_at: format!("Figures counted on {}", day_in_words(figures.counted_on)),
        marking: MARKING.to_owned(),
    }
}
