//! Every step of the schema, and what of each the database itself keeps from being changed.

/// One step, and the tables of it whose rows must never be changed or removed by a statement: the
/// journal, agreed editions, case lists that were read, samples that were drawn, reports that were
/// released, and who looked.
///
/// A trigger stops an accident. Somebody who means harm can drop it, and is found by the journal.
pub struct Step {
    pub name: &'static str,
    pub sql: &'static str,
    pub kept_for_ever: &'static [&'static str],
}

/// Every step, in order. A step that was released never changes; the next one is added.
pub const STEPS: &[Step] = &[
    Step {
        name: "0001_house",
        sql: include_str!("../../migrations/0001_house.sql"),
        kept_for_ever: &[
            "journal_entry",
            "journal_checkpoint",
            "edition",
            "edition_section",
            "edition_standard",
            "draw",
            "draw_pick",
            "report",
            "look",
        ],
    },
    Step {
        name: "0002_frameworks",
        sql: include_str!("../../migrations/0002_frameworks.sql"),
        kept_for_ever: &["edition_origin", "edition_agreement", "edition_link", "edition_asked"],
    },
    Step {
        name: "0003_sources",
        sql: include_str!("../../migrations/0003_sources.sql"),
        kept_for_ever: &[
            "fact_set",
            "source",
            "source_file",
            "source_list",
            "source_part",
            "source_problem",
            "case_list_source",
            "case_list_list",
            "case_list_apart",
            "case_list_conflict",
            "case_list_doubt",
            "case_list_worker",
            "same_as",
            "column_mapping",
        ],
    },
    Step {
        name: "0004_timescales",
        sql: include_str!("../../migrations/0004_timescales.sql"),
        kept_for_ever: &["rule_set", "rule_variation"],
    },
    Step {
        name: "0005_coverage",
        sql: include_str!("../../migrations/0005_coverage.sql"),
        kept_for_ever: &[
            "case_list_cell",
            "case_list_record",
            "coverage_claim",
            "draw_request",
            "draw_request_taken",
            "draw_request_withdrawn",
        ],
    },
    Step {
        name: "0006_programme",
        sql: include_str!("../../migrations/0006_programme.sql"),
        kept_for_ever: &[
            "programme",
            "programme_quarter",
            "programme_cohort",
            "programme_framework",
            "programme_release",
            "cycle_edition",
            "draw_exclusion",
            "draw_event",
            "draw_addition",
        ],
    },
    Step {
        name: "0007_allocation",
        sql: include_str!("../../migrations/0007_allocation.sql"),
        kept_for_ever: &["audit_given", "audit_moved", "cycle_closed", "audit_missed"],
    },
    Step {
        name: "0008_exclusions",
        sql: include_str!("../../migrations/0008_exclusions.sql"),
        kept_for_ever: &["record_exclusion", "record_exclusion_ended", "draw_request_settled"],
    },
    Step {
        name: "0009_concerns",
        sql: include_str!("../../migrations/0009_concerns.sql"),
        kept_for_ever: &["concern", "concern_step", "concern_notice"],
    },
    Step {
        name: "0010_concern_mail",
        sql: include_str!("../../migrations/0010_concern_mail.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0011_moderation",
        sql: include_str!("../../migrations/0011_moderation.sql"),
        kept_for_ever: &[
            "moderation_rule",
            "moderation",
            "moderation_reading",
            "moderation_outcome",
            "moderation_ended",
            "moderation_note",
            "moderation_note_done",
            "audit_earlier",
            "audit_earlier_answer",
            "audit_correction",
            "audit_grade_change",
            "rewording",
        ],
    },
    Step {
        name: "0012_filing",
        sql: include_str!("../../migrations/0012_filing.sql"),
        kept_for_ever: &[
            "filing_protocol",
            "filing_protocol_kind",
            "filing_check",
            "filing_item",
            "filing_paper",
            "filing_check_withdrawn",
            "filing_mismatch",
            "filing_mismatch_cleared",
        ],
    },
    Step {
        name: "0013_voices",
        sql: include_str!("../../migrations/0013_voices.sql"),
        kept_for_ever: &["audit_reply", "challenge_decided"],
    },
    Step {
        name: "0014_proposals",
        sql: include_str!("../../migrations/0014_proposals.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0015_saving",
        sql: include_str!("../../migrations/0015_saving.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0016_offline",
        sql: include_str!("../../migrations/0016_offline.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0018_findings",
        sql: include_str!("../../migrations/0018_findings.sql"),
        kept_for_ever: &["action_step", "practice_offer"],
    },
    Step {
        name: "0019_register",
        sql: include_str!("../../migrations/0019_register.sql"),
        kept_for_ever: &["register_item", "register_step"],
    },
    Step {
        name: "0020_release",
        sql: include_str!("../../migrations/0020_release.sql"),
        kept_for_ever: &["prepared_report", "prepared_step", "report_release", "report_look"],
    },
    Step {
        name: "0021_indicators",
        sql: include_str!("../../migrations/0021_indicators.sql"),
        kept_for_ever: &["indicator_set", "indicator_change"],
    },
    Step {
        name: "0022_staffing",
        sql: include_str!("../../migrations/0022_staffing.sql"),
        kept_for_ever: &[
            "place_event",
            "staff_given",
            "staff_month",
            "allocation_protocol",
            "allocation_advice",
            "allocation_reason",
        ],
    },
    Step {
        name: "0023_sign_in",
        sql: include_str!("../../migrations/0023_sign_in.sql"),
        kept_for_ever: &["sign_in_event", "confidentiality_text", "confidentiality_accepted"],
    },
    Step {
        name: "0024_outside",
        sql: include_str!("../../migrations/0024_outside.sql"),
        kept_for_ever: &["identity_bound", "api_token", "api_token_ended", "api_call"],
    },
    Step {
        name: "0025_access",
        sql: include_str!("../../migrations/0025_access.sql"),
        kept_for_ever: &[
            "person_grant",
            "grant_given",
            "grant_confirmed",
            "grant_ended",
            "record_restriction",
            "record_restriction_lifted",
            "look_reason",
            "glass",
            "glass_notice",
            "glass_review",
            "look_search",
            "unusual_settled",
        ],
    },
    Step {
        name: "0026_keeping",
        sql: include_str!("../../migrations/0026_keeping.sql"),
        kept_for_ever: &[
            "journal_node",
            "journal_signed",
            "journal_cosigned",
            "journal_sent",
            "retention_change",
            "retention_hold",
            "retention_hold_lifted",
            "disposal",
            "disposal_line",
            "disposal_ended",
            "disposal_batch",
            "disposed_thing",
            "disposed_part",
        ],
    },
    Step {
        name: "0027_upkeep",
        sql: include_str!("../../migrations/0027_upkeep.sql"),
        kept_for_ever: &["upkeep"],
    },
];
