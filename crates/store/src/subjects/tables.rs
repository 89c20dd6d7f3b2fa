//! Every table that holds something about a record, and which of its rows do.

/// A table, what it holds in words, and which of its rows are about record `$1`.
pub type Reach = (&'static str, &'static str, &'static str);

const OWN: &str = "record_id = $1";
const OF_AUDIT: &str = "audit_id in (select id from audit where record_id = $1)";
const OF_REFERENCE: &str = "reference = (select reference from record where id = $1)";
const OF_MODERATION: &str = "moderation_id in (select moderation.id from moderation \
     join audit on audit.id = moderation.audit_id where audit.record_id = $1)";
const OF_CHECK: &str = "check_id in (select id from filing_check where record_id = $1)";
const OF_CONCERN: &str = "concern_id in (select id from concern where record_id = $1)";
const OF_FINDING: &str = "finding_id in (select finding.id from finding \
     join audit on audit.id = finding.audit_id where audit.record_id = $1)";
const OF_GLASS: &str = "glass_id in (select id from glass where record_id = $1)";
const NAMED_IN: &str = "replace(sentence, (select reference from record where id = $1), '') \
     <> sentence";
const EITHER: &str =
    "not of_workers and (select reference from record where id = $1) in (one, other)";

/// Every table, in the order in which things happen.
pub const TABLES: &[Reach] = &[
    ("record", "The record", "id = $1"),
    (
        "source_part",
        "What each source said of it",
        "not of_workers and replace(said, (select reference from record where id = $1), '') <> said",
    ),
    ("source_problem", "Problems of sources that name it", NAMED_IN),
    (
        "case_list_line",
        "Its lines of case lists",
        "record_id = $1 or reference = (select reference from record where id = $1)",
    ),
    ("case_list_record", "The cells of coverage in which it was counted", OWN),
    ("case_list_apart", "Lists that had it as closed, or otherwise apart", OF_REFERENCE),
    ("case_list_closing", "When lists had it as closed", OF_REFERENCE),
    ("case_list_conflict", "Where lists differed about it", OF_REFERENCE),
    ("case_list_doubt", "Whether it was the same as another", EITHER),
    ("case_list_problem", "Problems of lists that name it", NAMED_IN),
    ("same_as", "What somebody said of that", EITHER),
    (
        "fact_set",
        "Which facts its lists were asked for",
        "id in (select fact_set_id from case_list_line where record_id = $1)",
    ),
    ("draw_pick", "Samples that it was drawn for", OWN),
    ("draw_addition", "Samples that it was added to", OWN),
    ("draw_event", "Samples that it was taken out of", "out_record_id = $1"),
    ("record_exclusion", "Draws that it was excluded from", OWN),
    (
        "record_exclusion_ended",
        "Exclusions that ended",
        "exclusion_id in (select id from record_exclusion where record_id = $1)",
    ),
    ("conflict", "Who keeps away from it", OWN),
    ("audit", "Its audits", OWN),
    ("audit_given", "Audits that were given to somebody else", OF_AUDIT),
    ("audit_moved", "Audits whose day was moved", OF_AUDIT),
    ("audit_missed", "Audits that were not made", OWN),
    ("audit_answer", "Answers", OF_AUDIT),
    ("unfinished_answer", "Words that were no answer yet", OF_AUDIT),
    ("proposed_answer", "What rules about time proposed", OF_AUDIT),
    ("audit_voice", "What those who were asked said", OF_AUDIT),
    ("audit_summing_up", "Strengths and issues", OF_AUDIT),
    ("audit_theme", "Themes of audits", OF_AUDIT),
    ("audit_reply", "What workers replied", OF_AUDIT),
    (
        "challenge_decided",
        "What was decided about that",
        "reply_id in (select audit_reply.id from audit_reply join audit on audit.id = audit_reply.audit_id where audit.record_id = $1)",
    ),
    ("practice_offer", "Whether strengths are offered to others", OF_AUDIT),
    ("audit_earlier", "Submissions that came before", OF_AUDIT),
    (
        "audit_earlier_answer",
        "Their answers",
        "earlier_id in (select audit_earlier.id from audit_earlier join audit on audit.id = audit_earlier.audit_id where audit.record_id = $1)",
    ),
    ("moderation", "Second readings", OF_AUDIT),
    ("moderation_reading", "What the second reader judged", OF_MODERATION),
    ("moderation_outcome", "What stands", OF_MODERATION),
    ("moderation_ended", "How second readings ended", OF_MODERATION),
    ("moderation_note", "What the auditor was to see to", OF_MODERATION),
    (
        "moderation_note_done",
        "That it was seen to",
        "note_id in (select moderation_note.id from moderation_note join moderation on moderation.id = moderation_note.moderation_id join audit on audit.id = moderation.audit_id where audit.record_id = $1)",
    ),
    ("audit_correction", "Judgements that stand in place of others", OF_AUDIT),
    ("audit_grade_change", "Grades that stand in place of others", OF_AUDIT),
    ("finding", "Findings", OF_AUDIT),
    ("finding_theme", "Themes of findings", OF_FINDING),
    ("action", "Actions", OF_FINDING),
    (
        "action_step",
        "What was done",
        "action_id in (select action.id from action join finding on finding.id = action.finding_id join audit on audit.id = finding.audit_id where audit.record_id = $1)",
    ),
    ("concern", "Concerns", OWN),
    ("concern_step", "What was done about concerns", OF_CONCERN),
    ("concern_notice", "Who was told of concerns", OF_CONCERN),
    ("concern_mail", "Emails about concerns", OF_CONCERN),
    ("filing_check", "Filing checks", OWN),
    ("filing_item", "What filing checks found", OF_CHECK),
    ("filing_paper", "What they found of the paper", OF_CHECK),
    ("filing_check_withdrawn", "Filing checks that were withdrawn", OF_CHECK),
    ("filing_mismatch", "What was to be put right", OF_CHECK),
    (
        "filing_mismatch_cleared",
        "That it was put right",
        "mismatch_id in (select filing_mismatch.id from filing_mismatch join filing_check on filing_check.id = filing_mismatch.check_id where filing_check.record_id = $1)",
    ),
    ("allocation_reason", "Why it is held otherwise than is advised", OWN),
    ("look", "Who looked at it", OWN),
    ("look_reason", "Why it was opened while it was restricted", OWN),
    ("look_search", "Who looked through its looks", OWN),
    ("unusual_settled", "What was found of unusual looks at it", "record = $1"),
    ("record_restriction", "When it was restricted, and why", OWN),
    (
        "record_restriction_lifted",
        "Restrictions that were lifted",
        "restriction_id in (select id from record_restriction where record_id = $1)",
    ),
    ("glass", "When it was opened by break-glass, and why", OWN),
    ("glass_notice", "Who was told of that", OF_GLASS),
    ("glass_mail", "Emails about that", OF_GLASS),
    ("glass_review", "What a second person found of that", OF_GLASS),
    ("retention_hold", "Holds over it", OWN),
];

/// Tables whose things have entries of their own in the journal, and the noun of those.
pub const NOUNS: &[(&str, &str)] = &[
    ("record", "record"),
    ("audit", "audit"),
    ("moderation", "moderation"),
    ("audit_reply", "reply"),
    ("finding", "finding"),
    ("action", "action"),
    ("concern", "concern"),
    ("filing_check", "filing check"),
    ("record_exclusion", "exclusion"),
    ("conflict", "conflict"),
    ("retention_hold", "hold"),
    ("look_reason", "look-reason"),
    ("record_restriction", "restriction"),
    ("glass", "glass"),
    ("unusual_settled", "unusual look"),
    ("allocation_reason", "allocation reason"),
];

/// Columns that say who somebody is: to be looked at before anything is given out.
pub const PEOPLE: &[&str] = &[
    "addressed_by",
    "asked_by",
    "auditor_id",
    "by_id",
    "by_person",
    "checked_by",
    "cleared_by",
    "closed_by",
    "confirmer_id",
    "ended_by",
    "excluded_by",
    "from_id",
    "held_by",
    "kept_by",
    "moderator_id",
    "owner_after",
    "owner_before",
    "owner_id",
    "person_id",
    "raised_by",
    "said_by",
    "to_id",
    "verified_by",
    "withdrawn_by",
];
