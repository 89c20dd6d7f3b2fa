//! Sections whose figures are in the private papers alone, and what can be said of them in public.
//!
//! They stay in their places, so that a section has the same number in both parts.

use quarterlight_disclosure::Published;
use quarterlight_domain::figures::QuarterFigures;

use super::lay::Layout;
use crate::builder::DocumentBuilder;
use crate::staffing::sentence;

/// Key issues and strengths.
pub fn issues(document: &mut DocumentBuilder) {
    document.section("Key issues and strengths");
    document.paragraph(
        "What auditors wrote is about single records, so it is in the private papers (Part II) alone.",
    );
}

/// How records and staff went, where the number of records may be shown.
pub fn trend(
    document: &mut DocumentBuilder,
    figures: &QuarterFigures,
    layout: &Layout,
    published: &Published,
) {
    document.section("Service trend");
    let shown = |cells: [_; 2]| cells.iter().all(|cell| published.shown(*cell).count().is_some());
    document.paragraph(match layout.trend {
        Some(cells) if shown(cells) => sentence(&figures.staffing.trend),
        Some(_) => "How many records were open is not shown here.".to_owned(),
        None => "No case list tells how many records were open in these months.".to_owned(),
    });
}
