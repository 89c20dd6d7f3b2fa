//! Tables whose rows go by retention and in no other way: the database refuses unless a disposal is under way.

use sea_orm::DbBackend;

/// The tables, and whether an earlier step protected them already.
const UNTIL_DISPOSAL: [(&str, bool); 25] = [
    ("journal_payload", false),
    ("look", true),
    ("report_look", true),
    ("audit_given", true),
    ("audit_moved", true),
    ("audit_missed", true),
    ("audit_reply", true),
    ("challenge_decided", true),
    ("audit_earlier", true),
    ("audit_earlier_answer", true),
    ("audit_correction", true),
    ("audit_grade_change", true),
    ("moderation_reading", true),
    ("moderation_outcome", true),
    ("moderation_note", true),
    ("moderation_note_done", true),
    ("concern", true),
    ("concern_step", true),
    ("filing_item", true),
    ("filing_paper", true),
    ("filing_mismatch", true),
    ("filing_mismatch_cleared", true),
    ("filing_check_withdrawn", true),
    ("action_step", true),
    ("source_problem", true),
];

/// The same of what differed between lists.
const DIFFERENCES: [&str; 2] = ["case_list_conflict", "case_list_doubt"];

/// What went by no kind until later, and was kept for ever.
const MORE: [&str; 13] = [
    "sign_in_event",
    "api_call",
    "look_reason",
    "look_search",
    "unusual_settled",
    "glass",
    "glass_review",
    "source_part",
    "case_list_apart",
    "allocation_reason",
    "draw_event",
    "record_exclusion",
    "record_exclusion_ended",
];

/// The statements by which more tables go by retention.
pub fn keep_more_until_disposal(engine: DbBackend) -> String {
    MORE.iter().fold(String::new(), |all, table| {
        let one = trigger(engine, table, true);
        format!("{all}{one}\n")
    })
}

/// The statements that make it so.
pub fn keep_until_disposal(engine: DbBackend) -> String {
    let tables = UNTIL_DISPOSAL.into_iter().chain(DIFFERENCES.map(|table| (table, true)));
    let each = tables.map(|(table, protected)| trigger(engine, table, protected));
    let function = if engine == DbBackend::Sqlite {
        String::new()
    } else {
        "create function kept_until_disposal() returns trigger language plpgsql as \
         $$ begin if not (select open from disposal_permit where id = 1) then \
         raise exception '% is kept until it goes by retention', tg_table_name; end if; \
         return null; end $$;\n"
            .to_owned()
    };
    each.fold(function, |all, one| format!("{all}{one}\n"))
}

fn trigger(engine: DbBackend, table: &str, protected: bool) -> String {
    if engine == DbBackend::Sqlite {
        ["update", "delete"]
            .map(|verb| {
                let name = format!("{table}_no_{verb}");
                let drop = if protected { format!("drop trigger {name};") } else { String::new() };
                format!(
                    "{drop} create trigger {name} before {verb} on {table} \
                     when not (select open from disposal_permit where id = 1) begin \
                     select raise(abort, '{table} is kept until it goes by retention'); end;"
                )
            })
            .join("\n")
    } else {
        let drop = if protected {
            format!("drop trigger {table}_kept on {table};")
        } else {
            String::new()
        };
        format!(
            "{drop} create trigger {table}_kept before update or delete or truncate on {table} \
             for each statement execute function kept_until_disposal();"
        )
    }
}
