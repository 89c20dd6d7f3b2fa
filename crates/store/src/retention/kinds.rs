//! What each kind is in the database: which things there are, what of them goes, and what stays.

use quarterlight_domain::retention::Kind;

/// What stands where words were.
pub const REMOVED: &str = "Removed by retention.";

/// What happened to a child, as a list told it, with what it was asked: blank is not known.
pub const BLANK_HISTORY: &str = "history";

/// A table of which something goes: its name, which rows by `{ids}`, and the columns of words. Without
/// columns the rows go whole.
pub type Going = (&'static str, &'static str, &'static [&'static str]);

/// A table of which something stays that figures count: its rows by `{ids}`, and its columns.
pub type Staying = (&'static str, &'static str, &'static [&'static str]);

const OF_AUDIT: &str = "audit_id in ({ids})";
const OF_MODERATION: &str =
    "moderation_id in (select id from moderation where audit_id in ({ids}))";
const OF_CHECK: &str = "check_id in ({ids})";

/// The things of a kind that have ended and have not gone: their number, when their period started (a
/// day, a moment, or the later of both), their record and their cycle.
#[expect(clippy::too_many_lines, reason = "a table, read line by line")]
pub fn things(kind: Kind) -> &'static str {
    match kind {
        Kind::Answers => AUDITS_FOR_ANSWERS,
        Kind::Voices => AUDITS_FOR_VOICES,
        Kind::Concerns => {
            "select concern.id, cast(null as {day}) as start_on, step.at as start_at, \
                 concern.record_id, audit.cycle_id \
             from concern join concern_step step on step.concern_id = concern.id \
                 and step.kind in ('closed', 'withdrawn') \
             left join audit on audit.id = concern.audit_id \
             where not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'concerns' and gone.thing_id = concern.id)"
        }
        Kind::Filing => {
            "select filing_check.id, filing_check.checked_on as start_on, \
                 (select max(cleared.at) from filing_mismatch_cleared cleared \
                  join filing_mismatch found on found.id = cleared.mismatch_id \
                  where found.check_id = filing_check.id) as start_at, \
                 filing_check.record_id, audit.cycle_id \
             from filing_check left join audit on audit.id = filing_check.audit_id \
             left join filing_check_withdrawn withdrawn on withdrawn.check_id = filing_check.id \
             where (withdrawn.check_id is not null or not exists ( \
                 select 1 from filing_mismatch found where found.check_id = filing_check.id \
                 and not exists (select 1 from filing_mismatch_cleared cleared \
                     where cleared.mismatch_id = found.id))) \
             and not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'filing' and gone.thing_id = filing_check.id)"
        }
        Kind::Actions => {
            "select action.id, coalesce(action.closed_on, seen_to.held_on, seen_to.verified_on, \
                 seen_to.closed_on) as start_on, cast(null as {time}) as start_at, \
                 audit.record_id, audit.cycle_id \
             from action join action seen_to on seen_to.id = coalesce(action.joined_to, action.id) \
             join finding on finding.id = action.finding_id \
             join audit on audit.id = finding.audit_id \
             where coalesce(action.closed_on, seen_to.held_on, seen_to.verified_on, \
                 seen_to.closed_on) is not null \
             and not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'actions' and gone.thing_id = action.id)"
        }
        Kind::Differences => {
            "select case_list.id, cast(null as {day}) as start_on, case_list.read_at as start_at, \
                 cast(null as bigint) as record_id, cast(null as bigint) as cycle_id \
             from case_list where not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'differences' and gone.thing_id = case_list.id)"
        }
        Kind::Looks => {
            "select look.id, cast(null as {day}) as start_on, look.at as start_at, look.record_id, \
                 cast(null as bigint) as cycle_id from look"
        }
        Kind::ReportLooks => {
            "select report_look.id, cast(null as {day}) as start_on, report_look.at as start_at, \
                 cast(null as bigint) as record_id, \
                 coalesce(report.cycle_id, prepared_report.cycle_id) as cycle_id \
             from report_look left join report on report.id = report_look.report_id \
             left join prepared_report on prepared_report.id = report_look.prepared_id"
        }
        Kind::Reminders => {
            "select reminder.id, cast(null as {day}) as start_on, \
                 coalesce(reminder.settled_at, reminder.queued_at) as start_at, \
                 cast(null as bigint) as record_id, cast(null as bigint) as cycle_id \
             from reminder where reminder.outcome <> 'queued'"
        }
        Kind::CaseLists => CASE_LISTS,
        Kind::AllocationReasons => {
            "select reason.id, reason.review_on as start_on, reason.kept_at as start_at, \
                 reason.record_id, cast(null as bigint) as cycle_id from allocation_reason reason \
             where not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'allocation-reasons' and gone.thing_id = reason.id)"
        }
        Kind::LookReasons => {
            "select look_reason.id, cast(null as {day}) as start_on, look_reason.at as start_at, \
                 look_reason.record_id, cast(null as bigint) as cycle_id from look_reason \
             where not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'look-reasons' and gone.thing_id = look_reason.id)"
        }
        Kind::BreakGlass => {
            "select glass.id, cast(null as {day}) as start_on, review.at as start_at, \
                 glass.record_id, cast(null as bigint) as cycle_id \
             from glass join glass_review review on review.glass_id = glass.id \
             where not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'break-glass' and gone.thing_id = glass.id)"
        }
        Kind::LookSearches => {
            "select look_search.id, cast(null as {day}) as start_on, look_search.at as start_at, \
                 look_search.record_id, cast(null as bigint) as cycle_id from look_search"
        }
        Kind::UnusualLooks => {
            "select settled.id, cast(null as {day}) as start_on, settled.at as start_at, \
                 case when settled.record = 0 then null else settled.record end as record_id, \
                 cast(null as bigint) as cycle_id from unusual_settled settled \
             where not exists (select 1 from disposed_thing gone \
                 where gone.kind = 'unusual-looks' and gone.thing_id = settled.id)"
        }
        Kind::SignIns => {
            "select sign_in_event.id, cast(null as {day}) as start_on, \
                 sign_in_event.at as start_at, cast(null as bigint) as record_id, \
                 cast(null as bigint) as cycle_id from sign_in_event"
        }
        Kind::ApiCalls => {
            "select api_call.id, cast(null as {day}) as start_on, api_call.at as start_at, \
                 cast(null as bigint) as record_id, cast(null as bigint) as cycle_id from api_call"
        }
    }
}

const AUDITS_FOR_ANSWERS: &str = "select audit.id, cycle.due as start_on, \
         audit.submitted_at as start_at, audit.record_id, audit.cycle_id \
     from audit join cycle on cycle.id = audit.cycle_id \
     where (audit.submitted_at is not null or audit.missed_on is not null) \
     and not exists (select 1 from disposed_thing gone \
         where gone.kind = 'answers' and gone.thing_id = audit.id)";

const AUDITS_FOR_VOICES: &str = "select audit.id, cycle.due as start_on, \
         audit.submitted_at as start_at, audit.record_id, audit.cycle_id \
     from audit join cycle on cycle.id = audit.cycle_id \
     where (audit.submitted_at is not null or audit.missed_on is not null) \
     and not exists (select 1 from disposed_thing gone \
         where gone.kind = 'voices' and gone.thing_id = audit.id)";

/// Lists that another has superseded, of which no cycle is open and no list in use is made.
const CASE_LISTS: &str = "select list.id, \
         (select max(closed.closed_on) from draw \
          join cycle_closed closed on closed.cycle_id = draw.cycle_id \
          where draw.case_list_id = list.id) as start_on, \
         list.read_at as start_at, cast(null as bigint) as record_id, \
         cast(null as bigint) as cycle_id \
     from case_list list \
     where exists (select 1 from case_list later \
         where later.taken_in_at is not null and later.id > list.id) \
     and not exists (select 1 from draw where draw.case_list_id = list.id \
         and not exists (select 1 from cycle_closed closed \
             where closed.cycle_id = draw.cycle_id)) \
     and not exists (select 1 from case_list_source used \
         where used.earlier_list_id = list.id and not exists (select 1 from case_list later \
             where later.taken_in_at is not null and later.id > used.case_list_id)) \
     and not exists (select 1 from disposed_thing gone \
         where gone.kind = 'case-lists' and gone.thing_id = list.id)";

/// What goes of a kind.
#[expect(clippy::too_many_lines, reason = "a table, read line by line")]
pub fn going(kind: Kind) -> &'static [Going] {
    match kind {
        Kind::Answers => &[
            ("audit", "id in ({ids})", &["reasons"]),
            ("audit_answer", OF_AUDIT, &["seen", "found"]),
            ("audit_earlier", OF_AUDIT, &["reasons", "because"]),
            (
                "audit_earlier_answer",
                "earlier_id in (select id from audit_earlier where audit_id in ({ids}))",
                &["seen", "found"],
            ),
            ("moderation_reading", OF_MODERATION, &["words"]),
            ("moderation_outcome", OF_MODERATION, &["why"]),
            ("moderation_note", OF_MODERATION, &["words"]),
            (
                "moderation_note_done",
                "note_id in (select note.id from moderation_note note join moderation \
                 on moderation.id = note.moderation_id where moderation.audit_id in ({ids}))",
                &["words"],
            ),
            ("audit_correction", OF_AUDIT, &["why"]),
            ("audit_grade_change", OF_AUDIT, &["why"]),
            ("proposed_answer", OF_AUDIT, &["because"]),
            ("finding", OF_AUDIT, &["what"]),
            ("audit_summing_up", OF_AUDIT, &["strengths", "issues"]),
            ("audit_given", OF_AUDIT, &["because"]),
            ("audit_moved", OF_AUDIT, &["because"]),
            ("audit_missed", OF_AUDIT, &["words"]),
            ("unfinished_answer", OF_AUDIT, &[]),
        ],
        Kind::Voices => &[
            ("audit_voice", OF_AUDIT, &["how", "said", "change_words"]),
            ("audit_reply", OF_AUDIT, &["words"]),
            (
                "challenge_decided",
                "reply_id in (select id from audit_reply where audit_id in ({ids}))",
                &["reason"],
            ),
        ],
        Kind::Concerns => &[
            ("concern", "id in ({ids})", &["seen", "spoken_to", "why_before"]),
            ("concern_step", "concern_id in ({ids})", &["words"]),
            ("concern_mail", "concern_id in ({ids})", &[]),
        ],
        Kind::Filing => &[
            ("filing_item", OF_CHECK, &["found", "entered_at", "why"]),
            ("filing_paper", OF_CHECK, &["place"]),
            (
                "filing_mismatch_cleared",
                "mismatch_id in (select id from filing_mismatch where check_id in ({ids}))",
                &["words"],
            ),
            ("filing_mismatch", OF_CHECK, &["place", "what"]),
            ("filing_check_withdrawn", OF_CHECK, &["words"]),
        ],
        Kind::Actions => &[
            (
                "action",
                "id in ({ids})",
                &["plan", "proof", "sent_back_because", "closed_because", "asked_because"],
            ),
            ("action_step", "action_id in ({ids})", &["words"]),
        ],
        Kind::Differences => &[
            ("case_list_conflict", "case_list_id in ({ids})", &[]),
            ("case_list_doubt", "case_list_id in ({ids})", &[]),
            ("case_list_problem", "case_list_id in ({ids})", &[]),
            (
                "source_problem",
                "source_id in (select source_id from case_list_source where case_list_id in ({ids})) \
                 and source_id not in (select source_id from case_list_source \
                     where source_id is not null and case_list_id not in ({ids}))",
                &[],
            ),
        ],
        Kind::Looks => &[("look", "id in ({ids})", &[])],
        Kind::ReportLooks => &[("report_look", "id in ({ids})", &[])],
        Kind::Reminders => &[("reminder", "id in ({ids})", &[])],
        Kind::CaseLists => &[
            ("case_list_line", "case_list_id in ({ids})", &["worker_name"]),
            ("case_list_line", "case_list_id in ({ids})", &[BLANK_HISTORY]),
            ("case_list_apart", "case_list_id in ({ids})", &[]),
            (
                "draw_event",
                "draw_id in (select id from draw where case_list_id in ({ids}))",
                &["words"],
            ),
            (
                "record_exclusion_ended",
                "exclusion_id in (select exclusion.id from record_exclusion exclusion \
                 join draw on draw.cycle_id = exclusion.cycle_id where draw.case_list_id in ({ids}))",
                &["words"],
            ),
            (
                "record_exclusion",
                "cycle_id in (select cycle_id from draw where case_list_id in ({ids}))",
                &["words"],
            ),
            (
                "source_part",
                "source_id in (select source_id from case_list_source where case_list_id in ({ids})) \
                 and source_id not in (select source_id from case_list_source \
                     where source_id is not null and case_list_id not in ({ids}))",
                &[],
            ),
        ],
        Kind::AllocationReasons => &[("allocation_reason", "id in ({ids})", &["reason"])],
        Kind::LookReasons => &[("look_reason", "id in ({ids})", &["why"])],
        Kind::BreakGlass => &[
            ("glass", "id in ({ids})", &["why"]),
            ("glass_review", "glass_id in ({ids})", &["words"]),
            ("glass_mail", "glass_id in ({ids})", &[]),
        ],
        Kind::LookSearches => &[("look_search", "id in ({ids})", &[])],
        Kind::UnusualLooks => &[("unusual_settled", "id in ({ids})", &["words"])],
        Kind::SignIns => &[("sign_in_event", "id in ({ids})", &[])],
        Kind::ApiCalls => &[("api_call", "id in ({ids})", &[])],
    }
}

/// What stays of a kind and is counted. The journal binds it when the words go, so that nobody can
/// change it afterwards without being found.
pub fn staying(kind: Kind) -> &'static [Staying] {
    match kind {
        Kind::Answers => &[
            ("audit", "id in ({ids})", &["id", "record_id", "cycle_id", "auditor_id", "grade"]),
            ("audit_answer", OF_AUDIT, &["audit_id", "standard", "judgement"]),
            ("audit_correction", OF_AUDIT, &["audit_id", "standard", "judgement"]),
            ("audit_grade_change", OF_AUDIT, &["audit_id", "grade"]),
            ("finding", OF_AUDIT, &["audit_id", "id", "standard"]),
        ],
        Kind::Voices => &[("audit_voice", OF_AUDIT, &["audit_id", "whose", "changed"])],
        Kind::Concerns => &[("concern_step", "concern_id in ({ids})", &["concern_id", "kind"])],
        Kind::Filing => &[("filing_item", OF_CHECK, &["check_id", "place", "outcome", "late"])],
        Kind::Actions => &[("action", "id in ({ids})", &["id", "finding_id"])],
        Kind::CaseLists => {
            &[("case_list_line", "case_list_id in ({ids})", &["id", "cohort", "needs"])]
        }
        Kind::AllocationReasons => {
            &[("allocation_reason", "id in ({ids})", &["id", "record_id", "advice"])]
        }
        Kind::LookReasons => &[("look_reason", "id in ({ids})", &["id", "person_id", "record_id"])],
        Kind::BreakGlass => &[("glass", "id in ({ids})", &["id", "person_id", "record_id"])],
        Kind::UnusualLooks => {
            &[("unusual_settled", "id in ({ids})", &["id", "rule", "person_id", "by_id"])]
        }
        Kind::Differences
        | Kind::Looks
        | Kind::ReportLooks
        | Kind::Reminders
        | Kind::LookSearches
        | Kind::SignIns
        | Kind::ApiCalls => &[],
    }
}

/// What the entries about these things stand on, without their number, and whether an entry of this
/// deed is of this kind: what was heard in an audit goes with its voices.
pub fn entries(kind: Kind) -> (&'static [&'static str], fn(&str) -> bool) {
    fn heard(deed: &str) -> bool {
        matches!(deed, "audit.hear" | "audit.reply" | "challenge.decide")
    }
    fn written(deed: &str) -> bool {
        !heard(deed)
    }
    match kind {
        Kind::Answers => (&["audit", "moderation", "finding"], written),
        Kind::Voices => (&["audit", "reply"], heard),
        Kind::Concerns => (&["concern"], |_| true),
        Kind::Filing => (&["filing check"], |_| true),
        Kind::Actions => (&["action"], |_| true),
        Kind::Reminders => (&["reminder"], |_| true),
        // The draw itself is repeated from its entry; why its sample changed is not published.
        Kind::CaseLists => (&["draw", "exclusion"], |deed| deed != "draw.keep"),
        Kind::AllocationReasons => (&["allocation reason"], |_| true),
        Kind::LookReasons => (&["look-reason"], |_| true),
        Kind::BreakGlass => (&["glass"], |_| true),
        Kind::UnusualLooks => (&["unusual look"], |_| true),
        Kind::Differences
        | Kind::Looks
        | Kind::ReportLooks
        | Kind::LookSearches
        | Kind::SignIns
        | Kind::ApiCalls => (&[], |_| false),
    }
}

/// The numbers of other things whose entries go with these: a statement over `{ids}`, for a noun.
pub fn numbers(kind: Kind, noun: &str) -> &'static str {
    match (kind, noun) {
        (Kind::Answers, "moderation") => "select id from moderation where audit_id in ({ids})",
        (Kind::Answers, "finding") => "select id from finding where audit_id in ({ids})",
        (Kind::CaseLists, "draw") => "select id from draw where case_list_id in ({ids})",
        (Kind::CaseLists, "exclusion") => {
            "select exclusion.id from record_exclusion exclusion \
             join draw on draw.cycle_id = exclusion.cycle_id where draw.case_list_id in ({ids})"
        }
        (Kind::Voices, "reply") => "select id from audit_reply where audit_id in ({ids})",
        _ => "",
    }
}
