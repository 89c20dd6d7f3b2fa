//! The quarterly report: one form for every service, its sections in one fixed order.

mod actions;
mod allocation;
mod annexes;
mod assurance;
mod by_service;
mod change;
mod claims;
mod cohorts;
mod coverage;
pub(crate) mod definitions;
mod draw;
mod filing;
mod found;
pub mod guide;
pub(crate) mod indicators;
mod issues;
mod matters;
mod moderation;
mod not_met;
mod purpose;
mod sample;
mod standards;
mod trend;

use quarterlight_domain::figures::QuarterFigures;

pub use assurance::{Assured, assurance, caseload};
pub(crate) use coverage::table_by_service as coverage_by_service;
pub(crate) use matters::{given_table as replies, in_short, open_with_each, reference};

use crate::builder::{DocumentBuilder, Unfinished};
use crate::document::{Cover, Document};
use crate::words::day_in_words;

/// Who may see the report. It is printed on every page, because a page can be parted from its cover.
pub const MARKING: &str = "Private: Part II. Contains small numbers; not for publication.";

/// The report of one quarter, for one service or for all, as councillors and managers read it.
///
/// Every service has the same sections in the same order, so that two reports can be laid side by
/// side. A section about which there is nothing to say stays, and says so.
///
/// # Errors
/// `Unfinished` where a part of it would not reach every reader, such as a blank heading.
pub fn quarterly(figures: &QuarterFigures) -> Result<Document, Unfinished> {
    let mut document = DocumentBuilder::new(cover(figures));
    purpose::say(&mut document, figures);
    sample::say(&mut document, figures);
    found::say(&mut document, figures);
    issues::say(&mut document, figures);
    actions::say(&mut document, figures);
    coverage::say(&mut document, figures);
    filing::say(&mut document, figures);
    indicators::say(&mut document, figures);
    allocation::say(&mut document, figures);
    trend::say(&mut document, figures);
    moderation::say(&mut document, figures);
    matters::say(&mut document, figures);
    annexes::say(&mut document, figures);
    document.finish()
}

fn cover(figures: &QuarterFigures) -> Cover {
    let about = figures.service.as_deref().unwrap_or("All services");
    Cover {
        authority: figures.authority.clone(),
        title: "Quarterly audit of children’s records".to_owned(),
        subtitle: format!("{about}, {}", figures.quarter.words()),
        as_at: format!("Figures counted on {}", day_in_words(figures.counted_on)),
        marking: MARKING.to_owned(),
    }
}

/// Whether the figures rest on a case list at all, be its date known or not.
fn has_case_list(figures: &QuarterFigures) -> bool {
    figures.case_list.is_some()
        || !figures.samples.is_empty()
        || !figures.coverage.is_empty()
        || !figures.allocation.is_empty()
}

/// Where the report looks, for the end of a sentence; nothing when it looks at every service.
fn here(figures: &QuarterFigures) -> &'static str {
    if figures.service.is_some() { " in this service" } else { "" }
}
