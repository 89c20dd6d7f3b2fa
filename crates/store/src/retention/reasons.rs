//! Why what goes by no kind of retention stays, or is let go of sooner: each table that refers to a person
//! or a record is here or under a kind, and a test looks.

/// A reason, and the tables that it is for.
pub type Staying = (&'static str, &'static [&'static str]);

/// Every table that refers to a person or a record, and goes by no kind.
pub const STAYING: &[Staying] = &[
    (
        "It is let go of by itself, in hours or days: it opens or waits for something.",
        &[
            "session",
            "known_browser",
            "sign_in_pending",
            "copy_key",
            "sign_in_reset",
            "recovery_code",
        ],
    ),
    (
        "It is what somebody signs in with now; it ends with the account, and says nothing of a record.",
        &["person", "passkey", "one_time_code", "identity_bound"],
    ),
    (
        "Who might do what, and on whose word, is asked as long as anybody asks who could see a record. \
         It says nothing of a record.",
        &[
            "person_grant",
            "grant_given",
            "grant_confirmed",
            "grant_ended",
            "grant_from_group",
            "confidentiality_accepted",
            "second_factor_ended",
            "second_factor_told",
            "api_token",
            "api_token_ended",
            "api_pace",
        ],
    ),
    (
        "It proves what went, what was held and why, and by whose decision.",
        &[
            "retention_change",
            "retention_hold",
            "retention_hold_lifted",
            "disposal",
            "disposal_line",
            "disposal_ended",
            "disposal_done",
            "disposal_batch",
            "disposed_thing",
            "disposed_part",
        ],
    ),
    (
        "It says which records were asked about, and by whom told: no words of a child, and needed to \
         show that whoever had to be told was.",
        &["concern_notice", "glass_notice", "record_restriction", "record_restriction_lifted"],
    ),
    (
        "It is counted, or a figure stands on it: numbers, codes and days without words of anybody. \
         The record's number in it says nothing once the lists are gone.",
        &[
            "record",
            "filing_check",
            "audit_theme",
            "finding_theme",
            "practice_offer",
            "moderation",
            "moderation_ended",
            "case_list_record",
            "case_list_cell",
            "case_list_closing",
            "case_list_worker",
            "case_list_list",
            "case_list_source",
            "case_list",
        ],
    ),
    (
        "A sample must be repeatable as long as its report is read, and a report is read for good.",
        &[
            "draw",
            "draw_pick",
            "draw_addition",
            "draw_exclusion",
            "draw_request",
            "draw_request_settled",
            "draw_request_taken",
            "draw_request_withdrawn",
        ],
    ),
    (
        "It keeps somebody away from a record as long as either is there; why is theirs to say, and may \
         be left blank.",
        &["conflict"],
    ),
    (
        "It was agreed, given or decided for the whole authority, in the name of an office.",
        &[
            "edition",
            "edition_agreement",
            "edition_asked",
            "edition_link",
            "edition_origin",
            "edition_section",
            "edition_standard",
            "draft",
            "draft_author",
            "draft_comment",
            "draft_link",
            "draft_section",
            "draft_standard",
            "consultation",
            "consultee",
            "column_mapping",
            "same_as",
            "source",
            "source_file",
            "source_list",
            "rule_set",
            "rule_variation",
            "theme",
            "rewording",
            "cycle",
            "cycle_closed",
            "cycle_edition",
            "coverage_claim",
            "programme",
            "programme_cohort",
            "programme_framework",
            "programme_quarter",
            "programme_release",
            "filing_protocol",
            "filing_protocol_kind",
            "indicator_set",
            "indicator_change",
            "moderation_rule",
            "place",
            "place_event",
            "allocation_protocol",
            "allocation_advice",
            "looking_threshold",
        ],
    ),
    (
        "Who works here, since when, and how much they can do: employment, whose period is the \
         authority's own; it is corrected and never grows with audits.",
        &["auditor", "worker", "supervision", "staff_given", "staff_month"],
    ),
    (
        "A committee's papers and minutes are archived for good, and what was released never changes.",
        &[
            "report",
            "report_release",
            "prepared_report",
            "prepared_step",
            "meeting",
            "register_item",
            "register_step",
        ],
    ),
    (
        "The journal proves all of this. Its entries name nobody; their personal parts go with what they \
         are about.",
        &["journal_entry", "journal_payload"],
    ),
];
