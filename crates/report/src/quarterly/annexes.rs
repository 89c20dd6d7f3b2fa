//! What stands behind the report: every figure for those who want them, and what the words mean.

use quarterlight_domain::figures::QuarterFigures;

use super::{by_service, coverage, definitions, draw, issues, standards};
use crate::builder::DocumentBuilder;

/// The annexes, in the order of the sections that they belong to. The report itself stays short
/// enough to be read at a meeting.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    standards::every(document, figures);
    draw::say(document, figures);
    by_service::every(document, figures);
    coverage::by_service(document, figures);
    issues::in_words(document, figures);
    definitions::say(document, figures);
}
