//! How many actions stand where, of those that somebody sees.

use jiff::civil::Date;
use quarterlight_domain::action::ageing::Age;
use quarterlight_domain::figures::RegisterCounts;
use sea_orm::{ConnectionTrait, Value};

use crate::actions::{ActionFilter, condition, found_between};
use crate::fault::Fault;
use crate::sql;

/// Counts the actions that pass a filter; those whose findings go on under another are not counted.
/// One statement.
pub async fn counts(
    on: &impl ConnectionTrait,
    filter: &ActionFilter,
    today: Date,
) -> Result<RegisterCounts, Fault> {
    let (condition, id) = condition(filter);
    let open = "action.addressed_on is null and action.closed_on is null";
    let ages = Age::ALL.map(|age| found_between(Some(age), today));
    // The bands follow one another, so that the beginnings of three of them part all four.
    let query = format!(
        "select count(case when {open} then 1 end) as open, \
         count(case when {open} and action.due < $2 then 1 end) as overdue, \
         count(case when {open} and action.owner_id is null then 1 end) as without_owner, \
         count(case when {open} and finding.raised_at >= $3 then 1 end) as age_1, \
         count(case when {open} and finding.raised_at < $3 \
             and finding.raised_at >= $4 then 1 end) as age_2, \
         count(case when {open} and finding.raised_at < $4 \
             and finding.raised_at >= $5 then 1 end) as age_3, \
         count(case when {open} and finding.raised_at < $5 then 1 end) as age_4, \
         count(case when action.addressed_on is not null and action.verified_on is null \
             then 1 end) as addressed, \
         count(case when action.verified_on is not null and action.held_on is null \
             then 1 end) as verified, \
         count(case when action.verified_on is not null and action.held_on is null \
             and (action.recheck_on is null or action.recheck_on <= $2) then 1 end) as to_recheck, \
         count(action.held_on) as held, count(action.closed_on) as not_needed \
         from action join finding on finding.id = action.finding_id \
         join audit on audit.id = finding.audit_id \
         join case_list_line line on line.id = audit.line_id \
         left join team_path path on path.team_id = line.team_id \
         where {condition} and action.joined_to is null"
    );
    let [first, second, third, _] = ages;
    let values: [Value; 5] = [
        id.into(),
        sql::day(today),
        sql::maybe_time(first.0),
        sql::maybe_time(second.0),
        sql::maybe_time(third.0),
    ];
    let row = sql::one(on, &query, values).await?;
    Ok(RegisterCounts {
        open: row.count("open")?,
        overdue: row.count("overdue")?,
        without_owner: row.count("without_owner")?,
        ages: [row.count("age_1")?, row.count("age_2")?, row.count("age_3")?, row.count("age_4")?],
        addressed: row.count("addressed")?,
        verified: row.count("verified")?,
        to_recheck: row.count("to_recheck")?,
        held: row.count("held")?,
        not_needed: row.count("not_needed")?,
    })
}
