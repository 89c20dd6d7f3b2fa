//! What the words of the report mean, for a reader whom nobody can tell.

use quarterlight_domain::figures::QuarterFigures;

use super::{allocation, sample};
use crate::builder::DocumentBuilder;

pub(crate) type Terms = [(&'static str, &'static str)];

/// Says what those words mean that the report uses; a short report has few of them.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Definitions");
    let audited = sample::all(figures).submitted > 0;
    for (needed, terms) in [
        (true, ALWAYS),
        (figures.draw.is_some(), DRAW),
        (audited, RESULTS),
        (!figures.actions.is_empty(), ACTIONS),
        (!figures.coverage.is_empty(), COVERAGE),
        (!figures.allocation.is_empty(), allocation::TERMS),
        (figures.further.filing.records > 0, FILING),
        (figures.further.moderation.read.count > 0, MODERATION),
    ] {
        for (term, text) in terms.iter().filter(|_| needed) {
            document.definition(*term, *text);
        }
    }
}

pub(crate) const ALWAYS: &Terms = &[
    ("Record", "The file that the authority keeps on one child: electronic, paper or both."),
    ("Case list", "The list of the records that were open on one date."),
    ("Draw", "The choice of the records to be audited, made by a method that anybody can repeat."),
    ("Audit", "One auditor’s reading of one record against the standards of the framework."),
    (
        "Part II",
        "The part of a committee’s papers that is private, because it could show who somebody is.",
    ),
];

const DRAW: &Terms = &[
    (
        "Framework",
        "The standards that a record is read against. Each numbered version is an edition.",
    ),
    (
        "Seed",
        "The words or numbers from which the draw begins. With the same seed and the same list, \
         the same records are drawn, whoever does it.",
    ),
    (
        "Method",
        "How the seed leads to the records. Its technical name is printed for those who wish to \
         check it by a program of their own.",
    ),
    (
        "Digest",
        "A fingerprint of the list of records that could be drawn (SHA-256). If one letter of \
         the list were changed afterwards, the digest would be another.",
    ),
];

pub(crate) const RESULTS: &Terms = &[
    ("Standard", "One thing that a record must show."),
    ("Compliance standard", "It asks if something was done, on time and in its place."),
    ("Quality standard", "It asks how well something was done."),
    (
        "Critical standard",
        "A standard so important that, where it is not met, the record cannot be graded better \
         than Requires improvement.",
    ),
    ("Judgement", "The answer to one standard in one audit. There are five."),
    ("Met", "The record shows it."),
    ("Partly met", "The record shows some of it."),
    ("Not met", "The record does not show it."),
    ("Not applicable", "It is not asked of a child in these circumstances."),
    ("Cannot tell", "The record does not let the auditor tell. It always leads to a finding."),
    ("Met of counted", "How many were met, out of those met, partly met and not met together."),
    (
        "Grade",
        "The auditor’s opinion of one record as a whole: Outstanding, Good, Requires improvement \
         or Inadequate.",
    ),
];

pub(crate) const ACTIONS: &Terms = &[
    ("Finding", "An issue that an audit found and that must be addressed."),
    ("Open", "The finding has not been addressed, and its day has not passed."),
    ("Overdue", "The finding has not been addressed, and its day has passed."),
    (
        "Addressed",
        "The person responsible says that it was put right, and nobody else has seen it yet.",
    ),
    ("Verified", "Somebody other than the person responsible has seen that it was put right."),
    (
        "Held",
        "Somebody who had no part in it has looked again later, and what was put right still was.",
    ),
];

pub(crate) const COVERAGE: &Terms = &[
    ("Cohort", "Children with something in common, counted together. No child is in two cohorts."),
    ("Out of area", "In a placement outside the area of this authority."),
    (
        "State: audited",
        "At least one of these records was audited in this quarter or the three before it.",
    ),
    ("State: planned", "None was audited, but at least one audit is assigned in this quarter."),
    ("State: not audited", "None was audited, and no audit is assigned."),
    (
        "State: unknown",
        "It is not known who should audit these records, because the case list does not say \
         enough or the team belongs to no service known here.",
    ),
    (
        "State: in part",
        "True of some of the records, and not of all: one service audits the cohort and another \
         does not.",
    ),
];

pub(crate) const FILING: &Terms = &[
    ("Item", "One letter, email or other piece of correspondence that belongs on a record."),
    ("Missing", "The item was due and is not on the record."),
    ("Misfiled", "The item is on the record, and not where the filing protocol puts it."),
    ("Late", "The item was entered later than the filing protocol allows."),
    ("Mismatch", "Paper and electronic record say different things, or one of them is wanting."),
];

pub(crate) const MODERATION: &Terms = &[
    (
        "Second reading",
        "Somebody who had no part in an audit judges the same record again. Where the two differ, \
         it is settled which judgement stands.",
    ),
    ("Blind", "The second reader did not see what the auditor had judged."),
    (
        "Gwet’s AC1",
        "How far two readers agree beyond chance: 1 is always, 0 is no more than by chance.",
    ),
];
