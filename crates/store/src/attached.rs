//! What else is kept with an audit, so that a page asks only for what is there.
//!
//! Most audits have no concern, no note of a moderator and no reply. They are told apart in the one
//! statement that finds the audit, and a page asks nothing more about what it will not show.

use crate::fault::Fault;
use crate::sql::Row;

/// Whether there is anything of each kind that can be kept with an audit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one question, asked by itself")]
pub struct Attached {
    /// It was given to somebody else, or its day moved.
    pub passage: bool,
    /// A concern was raised in it.
    pub concerns: bool,
    /// A moderator has begun to read it, or it was submitted before and taken back.
    pub moderation: bool,
    /// Somebody was asked, or it is noted why not.
    pub voices: bool,
    /// Strengths, key issues, themes or training are written.
    pub summing_up: bool,
    /// The worker replied to it.
    pub replies: bool,
    /// Findings were raised in it.
    pub findings: bool,
    /// Its auditor has confirmed or overruled something that was proposed.
    pub proposals: bool,
    /// Somebody left words in it that are not saved as an answer.
    pub left: bool,
    /// The same record was audited and submitted in an earlier cycle.
    pub earlier: bool,
    /// Its framework has a later edition.
    pub edition: bool,
    /// Its record has a restriction that nobody has lifted, whatever its days.
    pub restricted: bool,
}

/// A kind, as its column is called, and the rows that it is looked for in.
const KINDS: [(&str, &[&str]); 12] = [
    (
        "passage",
        &[
            "audit_given where audit_given.audit_id = audit.id",
            "audit_moved where audit_moved.audit_id = audit.id",
        ],
    ),
    ("concerns", &["concern where concern.audit_id = audit.id"]),
    (
        "moderation",
        &[
            "moderation where moderation.audit_id = audit.id",
            "audit_earlier where audit_earlier.audit_id = audit.id",
        ],
    ),
    ("voices", &["audit_voice where audit_voice.audit_id = audit.id"]),
    (
        "summing_up",
        &[
            "audit_summing_up where audit_summing_up.audit_id = audit.id",
            "audit_theme where audit_theme.audit_id = audit.id and audit_theme.chosen",
        ],
    ),
    ("replies", &["audit_reply where audit_reply.audit_id = audit.id"]),
    ("findings", &["finding where finding.audit_id = audit.id"]),
    ("proposals", &["proposed_answer where proposed_answer.audit_id = audit.id"]),
    ("left", &["unfinished_answer where unfinished_answer.audit_id = audit.id"]),
    (
        "earlier",
        &["audit other join cycle before on before.id = other.cycle_id \
            where other.record_id = audit.record_id and other.submitted_at is not null \
            and before.quarter < cycle.quarter"],
    ),
    (
        "edition",
        &["edition used join edition later on later.name = used.name \
            and later.number > used.number where used.id = audit.edition_id"],
    ),
    ("restricted", &["restriction_standing held where held.record_id = audit.record_id"]),
];

/// The columns of what is attached, for a query on `audit` joined with its `cycle`.
pub fn columns() -> String {
    let there = |rows: &&str| format!("exists (select 1 from {rows})");
    let column = |(kind, rows): (&str, &[&str])| {
        let any: Vec<String> = rows.iter().map(there).collect();
        format!("({}) as has_{kind}", any.join(" or "))
    };
    KINDS.into_iter().map(column).collect::<Vec<_>>().join(", ")
}

/// What is attached to the audit of a row.
pub fn attached(row: &Row) -> Result<Attached, Fault> {
    Ok(Attached {
        passage: row.get("has_passage")?,
        concerns: row.get("has_concerns")?,
        moderation: row.get("has_moderation")?,
        voices: row.get("has_voices")?,
        summing_up: row.get("has_summing_up")?,
        replies: row.get("has_replies")?,
        findings: row.get("has_findings")?,
        proposals: row.get("has_proposals")?,
        left: row.get("has_left")?,
        earlier: row.get("has_earlier")?,
        edition: row.get("has_edition")?,
        restricted: row.get("has_restricted")?,
    })
}
