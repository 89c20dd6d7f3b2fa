//! Marks in everything that is written about records, and a walk through all that somebody can open.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use quarterlight_store::BUNDLED_TABLES;
use sea_orm::{ConnectionTrait, Statement};

use crate::browser::{Browser, World};
use crate::nobody_else::{links, text};

/// Somebody of every role.
pub const EVERY_ROLE: [&str; 12] = [
    "amara.osei",
    "catherine.bello",
    "bernard.quill",
    "sylvia.marchetti",
    "raj.bedi",
    "helen.oyelaran",
    "priya.anand",
    "farah.siddiqui",
    "tomasz.wilk",
    "lorna.macallister",
    "hana.novak",
    "ines.moreira",
];

/// Pages of one kind that a walk opens; `QUARTERLIGHT_OF_A_KIND` says how many in a long campaign.
fn of_a_kind() -> usize {
    let set = std::env::var_os("QUARTERLIGHT_OF_A_KIND");
    set.and_then(|it| it.into_string().ok()?.parse().ok()).unwrap_or(2)
}

/// What is written about a record in words of somebody’s own, table by table.
pub const WORDS: &[(&str, &[&str])] = &[
    ("case_list_line", &["worker_name", "team_name"]),
    ("draw_event", &["words"]),
    ("record_exclusion", &["words"]),
    ("record_exclusion_ended", &["words"]),
    ("conflict", &["why"]),
    ("audit", &["reasons"]),
    ("audit_given", &["because"]),
    ("audit_moved", &["because"]),
    ("audit_missed", &["words"]),
    ("audit_answer", &["seen", "found"]),
    ("audit_voice", &["how", "said", "change_words"]),
    ("audit_summing_up", &["strengths", "issues", "training"]),
    ("audit_reply", &["words"]),
    ("challenge_decided", &["reason"]),
    ("audit_earlier", &["reasons", "because"]),
    ("audit_earlier_answer", &["seen", "found"]),
    ("moderation_reading", &["words"]),
    ("moderation_outcome", &["why"]),
    ("moderation_note", &["words"]),
    ("moderation_note_done", &["words"]),
    ("audit_correction", &["why"]),
    ("audit_grade_change", &["why"]),
    ("finding", &["what"]),
    ("action", &["proof", "sent_back_because", "plan", "closed_because", "asked_because"]),
    ("action_step", &["words"]),
    ("concern", &["seen", "spoken_to", "why_before"]),
    ("concern_step", &["words"]),
    ("filing_item", &["found", "why"]),
    ("filing_paper", &["place"]),
    ("filing_check_withdrawn", &["words"]),
    ("filing_mismatch", &["place", "what"]),
    ("filing_mismatch_cleared", &["words"]),
    ("allocation_reason", &["advice", "reason"]),
    ("proposed_answer", &["because"]),
];

/// Columns of text that are no words about a record: codes, days, keys and digests, what is read by the
/// program (and is looked for as facts), and why somebody looked, restricted or held, which is about
/// the looking.
pub const NO_WORDS: &[(&str, &[&str])] = &[
    ("record", &["reference"]),
    ("source_part", &["said"]),
    ("source_problem", &["list", "sheet_column", "heading", "sentence"]),
    (
        "case_list_line",
        &[
            "reference",
            "needs",
            "disabled",
            "unaccompanied",
            "placement",
            "route",
            "cohort",
            "dates",
            "history",
            "lists",
        ],
    ),
    ("case_list_apart", &["reference", "standing", "disabled", "placement", "history", "lists"]),
    ("case_list_closing", &["reference", "team_name", "from_day", "until_day"]),
    ("case_list_conflict", &["matter", "reference", "says"]),
    ("case_list_doubt", &["one", "other", "why", "one_on", "other_on"]),
    ("case_list_problem", &["list", "sheet_column", "heading", "sentence"]),
    ("same_as", &["one", "other"]),
    ("fact_set", &["facts"]),
    ("draw_pick", &["stratum"]),
    ("draw_addition", &["stratum"]),
    ("draw_event", &["kind", "reason"]),
    ("record_exclusion", &["reason"]),
    ("audit", &["grade"]),
    ("audit_missed", &["why"]),
    ("audit_answer", &["standard", "judgement", "form_key"]),
    ("unfinished_answer", &["standard", "form", "form_key"]),
    ("proposed_answer", &["standard", "proposed", "rules"]),
    ("audit_voice", &["whose", "changed"]),
    ("audit_reply", &["standard", "meant", "form_key"]),
    ("challenge_decided", &["outcome"]),
    ("audit_earlier", &["grade", "ended"]),
    ("audit_earlier_answer", &["standard", "judgement"]),
    ("moderation", &["why"]),
    ("moderation_reading", &["standard", "theirs", "mine"]),
    ("moderation_outcome", &["standard", "stands", "judgement"]),
    ("moderation_ended", &["how"]),
    ("moderation_note", &["standard"]),
    ("audit_correction", &["standard", "judgement_before", "judgement"]),
    ("audit_grade_change", &["grade_before", "grade"]),
    ("finding", &["standard", "form_key"]),
    ("action", &["first_due", "asked_until"]),
    ("action_step", &["kind", "due_before", "due_after"]),
    ("concern", &["form_key"]),
    ("concern_step", &["kind"]),
    ("concern_notice", &["level"]),
    ("concern_mail", &["level", "outcome", "trouble"]),
    ("filing_check", &["form_key", "quarter", "newest"]),
    ("filing_item", &["kind", "entered_at", "outcome", "late", "hours", "dated"]),
    ("filing_paper", &["paper_exists", "mentioned", "agrees", "last_item"]),
    ("filing_mismatch", &["matter", "since"]),
    ("allocation_reason", &["form_key"]),
    ("look", &["page"]),
    ("look_reason", &["why"]),
    ("unusual_settled", &["rule", "words"]),
    ("record_restriction", &["why"]),
    ("record_restriction_lifted", &["why"]),
    ("glass", &["form_key", "why"]),
    ("glass_mail", &["outcome"]),
    ("glass_review", &["words"]),
    ("retention_hold", &["over", "kind", "because"]),
];

/// The texts of one column of a query.
pub async fn column(world: &World, query: &str) -> Vec<String> {
    let on = sea_orm::Database::connect(&world.address).await.unwrap();
    let statement = Statement::from_string(on.get_database_backend(), query.to_owned());
    let rows = on.query_all_raw(statement).await.unwrap();
    let found = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect();
    on.close().await.unwrap();
    found
}

/// The columns of text that are in neither list.
pub async fn in_neither(world: &World) -> Vec<String> {
    let mut left = Vec::new();
    let known = |lists: &[(&str, &[&str])], table: &str, column: &str| {
        lists.iter().any(|(of, columns)| *of == table && columns.contains(&column))
    };
    for (table, ..) in BUNDLED_TABLES {
        let query = format!(
            "select name from pragma_table_info('{table}') where lower(type) = 'text' \
             and name not in (select name from pragma_table_info('{table}') \
                 where name = 'at' or name like '%_at' or name like '%_on' or name like '%_day' \
                 or name in ('due', 'day', 'until_at', 'meant_for'))"
        );
        for column in column(world, &query).await {
            if !known(WORDS, table, &column) && !known(NO_WORDS, table, &column) {
                left.push(format!("{table}.{column}"));
            }
        }
    }
    left
}

/// Puts a mark into every word about these records; gives how many tables have one.
pub async fn plant(world: &World, records: &[i64]) -> BTreeSet<String> {
    let on = sea_orm::Database::connect(&world.address).await.unwrap();
    let triggers = "select name from sqlite_master where type = 'trigger'";
    for trigger in column(world, triggers).await {
        on.execute_unprepared(&format!("drop trigger {trigger}")).await.unwrap();
    }
    let mut marked = BTreeSet::new();
    on.execute_unprepared("begin immediate").await.unwrap();
    for (table, columns) in WORDS {
        let (_, _, rows) = BUNDLED_TABLES.iter().find(|(name, ..)| name == table).unwrap();
        for record in records {
            let rows = rows.replace("$1", &record.to_string());
            let set: Vec<String> = columns
                .iter()
                .map(|it| {
                    format!(
                        "{it} = case when {it} is null or {it} = '' then {it} \
                         else 'MARK{record}x{table}.{it}' end"
                    )
                })
                .collect();
            let statement = format!("update {table} set {} where {rows}", set.join(", "));
            let done = on.execute_unprepared(&statement).await;
            let done = done.unwrap_or_else(|fault| panic!("{statement}: {fault}"));
            if done.rows_affected() > 0 {
                marked.insert((*table).to_owned());
            }
        }
    }
    on.execute_unprepared("commit").await.unwrap();
    on.close().await.unwrap();
    marked
}

/// The marks in a text: of which record, and of which column.
pub fn marks(text: &str) -> BTreeSet<(i64, String)> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("MARK") {
        let rest = &text[at + 4..];
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let Ok(record) = number.parse() else { continue };
        let column = rest[number.len()..].chars().skip(1);
        let column = column.take_while(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'));
        found.insert((record, column.collect()));
    }
    found
}

/// The kind of page that a path leads to.
pub fn kind(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let part = |part: &str| match part.parse::<i64>() {
        Ok(_) => "{}".to_owned(),
        Err(_) => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Every page and file that somebody comes to from these, some of each kind, with what it says.
pub async fn walk(browser: &mut Browser, from: &[String]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut of_kind: BTreeMap<String, usize> = BTreeMap::new();
    let of_a_kind = of_a_kind();
    let mut queue: VecDeque<String> = from.iter().cloned().collect();
    while let Some(path) = queue.pop_front() {
        if found.contains_key(&path) {
            continue;
        }
        let many = of_kind.entry(kind(&path)).or_default();
        if *many >= of_a_kind {
            continue;
        }
        *many += 1;
        let answer = browser.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.words());
        queue.extend(links(&answer.text));
        found.insert(path, text(&answer));
    }
    found
}
