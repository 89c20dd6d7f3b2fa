//! What stands behind the report: every figure for those who want them, and what the words mean.

use quarterlight_domain::figures::QuarterFigures;

use super::{
    by_service, coverage, definitions, draw, filing, guide, indicators, issues, matters, standards,
};
use crate::builder::DocumentBuilder;

/// Where grades are, and every standard.
pub const STANDARDS: &str = "Annex A";
/// Where it is said how the records were drawn.
pub const DRAW: &str = "Annex B";
/// Where the standards are that were not met, by service.
pub const BY_SERVICE: &str = "Annex C";
/// Where it is said who audits which records.
pub const COVERAGE: &str = "Annex D";
/// Where filing is, by service.
pub const FILING: &str = "Annex E";
/// Where themes and the auditors' words are.
pub const WORDS: &str = "Annex F";
/// Where every indicator is.
pub const INDICATORS: &str = "Annex G";
/// Where caseloads are, and records and staff month by month.
pub const STAFF: &str = "Annex H";
/// Where everything is that the committee asked, and each reply.
pub const REPLIES: &str = "Annex I";

/// The annexes, in the order of the sections that they belong to. The report itself stays short
/// enough to be read at a meeting.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    standards::every(document, figures);
    draw::say(document, figures);
    by_service::every(document, figures);
    coverage::every(document, figures);
    filing::every(document, figures);
    issues::every(document, figures);
    indicators::every(document, figures);
    guide::every(document, figures);
    matters::every(document, figures);
    definitions::say(document, figures);
}
