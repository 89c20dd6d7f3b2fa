//! How findings are being addressed, by the quarter whose audits found them.

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::ActionCounts;
use quarterlight_domain::id::PlaceId;
use sea_orm::ConnectionTrait;

use super::counts::{IN_SERVICE, of};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// How the findings of this quarter and the four before it are being addressed, the latest first.
/// Each finding counts by the action under which it is seen to.
pub async fn by_quarter(
    on: &impl ConnectionTrait,
    quarter: Quarter,
    service: Option<PlaceId>,
    today: Date,
) -> Result<Vec<ActionCounts>, Fault> {
    let open = "action.addressed_on is null and action.closed_on is null";
    let query = format!(
        "select cycle.quarter, count(*) as findings, \
         count(case when {open} and action.due >= $3 then 1 end) as open, \
         count(case when {open} and action.due < $3 then 1 end) as overdue, \
         count(case when action.addressed_on is not null and action.verified_on is null \
             then 1 end) as addressed, \
         count(case when action.verified_on is not null and action.held_on is null \
             then 1 end) as verified, \
         count(action.held_on) as held, count(action.closed_on) as not_needed, \
         count(case when exists (select 1 from finding_again again \
             where again.finding_id = finding.id) then 1 end) as again, \
         count(case when exists (select 1 from action_step step \
             where step.action_id = action.id and step.kind = 'time-agreed') \
             then 1 end) as more_time \
         from finding join finding_action on finding_action.finding_id = finding.id \
         join action on action.id = finding_action.action_id \
         join audit on audit.id = finding.audit_id {IN_SERVICE} \
         where cycle.quarter between $4 and $1 \
         and (cast($2 as bigint) is null or path.service_id = $2) \
         group by cycle.quarter order by cycle.quarter desc"
    );
    let since = quarter.before().before().before().before();
    let [until, service] = of(quarter, service);
    let values = [until, service, sql::day(today), since.to_string().into()];
    sql::all(on, &query, values).await?.iter().map(counts).collect()
}

fn counts(row: &Row) -> Result<ActionCounts, Fault> {
    Ok(ActionCounts {
        quarter: row.parse("quarter", str::parse)?,
        findings: row.count("findings")?,
        open: row.count("open")?,
        overdue: row.count("overdue")?,
        addressed: row.count("addressed")?,
        verified: row.count("verified")?,
        held: row.count("held")?,
        not_needed: row.count("not_needed")?,
        again: row.count("again")?,
        more_time: row.count("more_time")?,
    })
}
