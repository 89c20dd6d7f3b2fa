//! How the audits of a cycle come on, counted by team; and why some were missed.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::{CycleId, PlaceId};
use quarterlight_domain::missed::MissedBecause;
use quarterlight_domain::progress::{ProgressCounts, TeamProgress};
use sea_orm::ConnectionTrait;

use crate::fault::Fault;
use crate::line;
use crate::sql;
use jiff::civil::Date;

/// How the audits come on, a row for each team that has a drawn record.
pub async fn by_team(
    on: &impl ConnectionTrait,
    cycle: CycleId,
    today: Date,
) -> Result<Vec<TeamProgress>, Fault> {
    // An auditor works inside when a grant of theirs, as worker or manager, is over the place or
    // over something inside it on the day on which the audit is due.
    let outside = |column: &str| {
        format!(
            "count(case when audit.id is not null and not exists ( \
                 select 1 from grant_standing \
                 left join team_path own on own.team_id = grant_standing.place_id \
                 left join place above on above.id = grant_standing.place_id \
                 where grant_standing.person_id = audit.auditor_id \
                 and grant_standing.role in ('worker', 'service-manager') \
                 and (grant_standing.place_id = path.{column} or own.{column} = path.{column} \
                      or above.parent_id = path.{column}) \
                 and grant_standing.from_day <= audit.due \
                 and (grant_standing.until_day is null or grant_standing.until_day >= audit.due) \
             ) then 1 end)"
        )
    };
    let (service, directorate) = (outside("service_id"), outside("directorate_id"));
    let query = format!(
        "select {}, path.team_name, path.service_name, \
         count(*) as drawn, count(audit.id) as allocated, count(audit.started_at) as started, \
         count(audit.submitted_at) as submitted, \
         count(case when audit.id is not null and audit.submitted_at is null \
             and audit.missed_on is null and audit.due < $2 then 1 end) as late, \
         count(missed.record_id) as missed, \
         {service} as outside_service, {directorate} as outside_directorate \
         from sampled pick join case_list_line line on line.id = pick.line_id \
         left join team_path path on path.team_id = line.team_id \
         left join audit on audit.cycle_id = pick.cycle_id and audit.record_id = pick.record_id \
         left join audit_missed missed on missed.cycle_id = pick.cycle_id \
             and missed.record_id = pick.record_id \
         where pick.cycle_id = $1 \
         group by {}, path.team_name, path.service_name",
        line::PATH,
        line::PATH
    );
    let rows = sql::all(on, &query, [cycle.0.into(), sql::day(today)]).await?;
    let mut teams = Vec::new();
    for row in &rows {
        teams.push(TeamProgress {
            whereabouts: line::whereabouts(row)?,
            team: row.get("team_name")?,
            service: row.get("service_name")?,
            counts: ProgressCounts {
                drawn: row.count("drawn")?,
                allocated: row.count("allocated")?,
                started: row.count("started")?,
                submitted: row.count("submitted")?,
                late: row.count("late")?,
                missed: row.count("missed")?,
                outside_service: row.count("outside_service")?,
                outside_directorate: row.count("outside_directorate")?,
            },
        });
    }
    teams.sort_by(|a, b| (&a.service, &a.team).cmp(&(&b.service, &b.team)));
    Ok(teams)
}

/// How many audits of a quarter were missed, by why; only kinds that happened.
pub async fn missed(
    on: &impl ConnectionTrait,
    quarter: Quarter,
    service: Option<PlaceId>,
) -> Result<Vec<(MissedBecause, u32)>, Fault> {
    let query = "select missed.why, count(*) as times from audit_missed missed \
         join cycle on cycle.id = missed.cycle_id \
         join sampled pick \
             on pick.cycle_id = cycle.id and pick.record_id = missed.record_id \
         join case_list_line line on line.id = pick.line_id \
         left join team_path path on path.team_id = line.team_id \
         where cycle.quarter = $1 and (cast($2 as bigint) is null or path.service_id = $2) \
         group by missed.why";
    let values = [quarter.to_string().into(), service.map(|id| id.0).into()];
    let mut missed = Vec::new();
    for row in sql::all(on, query, values).await? {
        missed.push((row.code("why", MissedBecause::from_code)?, row.count("times")?));
    }
    missed.sort_unstable();
    Ok(missed)
}
