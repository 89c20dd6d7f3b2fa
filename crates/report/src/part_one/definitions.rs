//! What the words of the public report mean; the same as in the private one.

use super::lay::Layout;
use crate::builder::DocumentBuilder;
use crate::quarterly::definitions::{
    ACTIONS, ALWAYS, COVERAGE, FILING, MODERATION, RESULTS, Terms,
};

/// What only the public report says.
pub const PUBLIC: &Terms = &[
    ("[c]", "A figure that is hidden: a small one, or one from which a small one would follow."),
    ("Solver", "A program that finds the least and the most that a number can be, given others."),
    (
        "Digest",
        "A fingerprint of all figures that are shown (SHA-256). If one were changed afterwards, \
         the digest would be another.",
    ),
];

/// Cohort and out of area; the states of cohorts are in the private report alone.
const OF_COVERAGE: usize = 2;

/// What a second reading is; the words of its statistics are in the private report alone.
const OF_MODERATION: usize = 1;

/// Says what those words mean that the report uses.
pub fn say(document: &mut DocumentBuilder, layout: &Layout) {
    document.annex("Definitions");
    let coverage = COVERAGE.get(..OF_COVERAGE).unwrap_or_default();
    for (needed, terms) in [
        (true, ALWAYS),
        (!layout.grades.rows.is_empty(), RESULTS),
        (!layout.actions.rows.is_empty(), ACTIONS),
        (!layout.coverage.rows.is_empty(), coverage),
        (layout.filing.is_some(), FILING),
        (layout.moderation.is_some(), MODERATION.get(..OF_MODERATION).unwrap_or_default()),
        (true, PUBLIC),
    ] {
        for (term, text) in terms.iter().filter(|_| needed) {
            document.definition(*term, *text);
        }
    }
}
