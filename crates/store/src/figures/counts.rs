//! The single counts of a quarter, one statement each.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::allocation::{AllocationLine, Experience};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::eligible::Exclusion;
use quarterlight_domain::figures::{DrawFacts, ServiceSample, Tally};
use quarterlight_domain::grade::Grade;
use quarterlight_domain::id::{CaseListId, EditionId, PlaceId};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::need::Need;
use sea_orm::{ConnectionTrait, Value};

use crate::coverage::NO_SERVICE;
use crate::fault::Fault;
use crate::sql;

/// Joins an audit to the service that its record stood in when it was drawn.
pub(super) const IN_SERVICE: &str = "join cycle on cycle.id = audit.cycle_id \
     join case_list_line line on line.id = audit.line_id \
     left join team_path path on path.team_id = line.team_id";

pub(super) fn of(quarter: Quarter, service: Option<PlaceId>) -> [Value; 2] {
    [quarter.to_string().into(), service.map(|id| id.0).into()]
}

/// The name of the authority.
pub async fn authority(on: &impl ConnectionTrait) -> Result<String, Fault> {
    let query = "select name from place where kind = 'authority' order by id limit 1";
    let row = sql::first(on, query, []).await?;
    row.map_or_else(|| Ok("The authority".to_owned()), |row| row.get("name"))
}

/// The name of a place.
pub async fn place_name(
    on: &impl ConnectionTrait,
    place: Option<PlaceId>,
) -> Result<Option<String>, Fault> {
    let Some(place) = place else { return Ok(None) };
    let query = "select name from place where id = $1";
    sql::first(on, query, [place.0.into()]).await?.map(|row| row.get("name")).transpose()
}

/// The date of a case list.
pub async fn as_at(
    on: &impl ConnectionTrait,
    list: Option<CaseListId>,
) -> Result<Option<Date>, Fault> {
    let Some(list) = list else { return Ok(None) };
    let query = "select as_at from case_list where id = $1";
    sql::first(on, query, [list.0.into()]).await?.map(|row| row.day("as_at")).transpose()
}

/// The case list that a quarter's sample was drawn from, and what the draw was made with.
pub async fn drawn_from(
    on: &impl ConnectionTrait,
    quarter: Quarter,
) -> Result<Option<(CaseListId, DrawFacts)>, Fault> {
    let query = "select draw.id, draw.case_list_id, draw.seed, draw.method, draw.frame_digest, \
         draw.drawn_on \
         from draw join cycle on cycle.id = draw.cycle_id where cycle.quarter = $1";
    let Some(row) = sql::first(on, query, [quarter.to_string().into()]).await? else {
        return Ok(None);
    };
    let draw = [row.get::<i64>("id")?.into()];
    let query = "select reason, count(*) as times from draw_event \
         where draw_id = $1 and kind = 'swap' group by reason";
    let mut swaps = Vec::new();
    for row in sql::all(on, query, draw.clone()).await? {
        swaps.push((row.code("reason", SwapReason::from_code)?, row.count("times")?));
    }
    swaps.sort_unstable();
    let query = "select count(*) as added from draw_addition join draw_event \
         on draw_event.draw_id = draw_addition.draw_id \
         and draw_event.position = draw_addition.position \
         where draw_event.draw_id = $1 and draw_event.kind = 'top-up'";
    let added = sql::one(on, query, draw.clone()).await?.count("added")?;
    let query = "select reason, records from draw_exclusion where draw_id = $1";
    let mut left_out = Vec::new();
    for row in sql::all(on, query, draw).await? {
        left_out.push((row.code("reason", Exclusion::from_code)?, row.count("records")?));
    }
    left_out.sort_unstable();
    let facts = DrawFacts {
        swaps,
        added,
        left_out,
        seed: row.get("seed")?,
        method: row.get("method")?,
        frame_digest: row.get("frame_digest")?,
        drawn_on: row.day("drawn_on")?,
    };
    Ok(Some((row.id("case_list_id", CaseListId)?, facts)))
}

/// Tallies by the edition that the audits were made on, and then by the code of the standard.
pub type ByEdition = BTreeMap<EditionId, BTreeMap<String, Tally>>;

/// The tallies of each service; the words for there being none where a record's team has none.
pub type ByService = BTreeMap<String, ByEdition>;

/// How often each judgement was given against each standard of each edition in each service, in
/// submitted audits.
pub async fn tallies(
    on: &impl ConnectionTrait,
    quarter: Quarter,
    service: Option<PlaceId>,
) -> Result<ByService, Fault> {
    let query = format!(
        "select path.service_name, audit.edition_id, settled_answer.standard, \
         settled_answer.judgement, count(*) as times \
         from audit {IN_SERVICE} join settled_answer on settled_answer.audit_id = audit.id \
         where audit.submitted_at is not null and cycle.quarter = $1 \
         and (cast($2 as bigint) is null or path.service_id = $2) \
         group by path.service_name, audit.edition_id, settled_answer.standard, \
         settled_answer.judgement"
    );
    let mut tallies = ByService::new();
    for row in sql::all(on, &query, of(quarter, service)).await? {
        let judgement = row.code("judgement", Judgement::from_code)?;
        let name = row.get::<Option<String>>("service_name")?;
        let of_service = tallies.entry(name.unwrap_or_else(|| NO_SERVICE.to_owned())).or_default();
        let of_edition = of_service.entry(row.id("edition_id", EditionId)?).or_default();
        of_edition.entry(row.get("standard")?).or_default().add(judgement, row.count("times")?);
    }
    Ok(tallies)
}

/// How many submitted audits were given each grade, from best to worst.
pub async fn grades(
    on: &impl ConnectionTrait,
    quarter: Quarter,
    service: Option<PlaceId>,
) -> Result<Vec<(Grade, u32)>, Fault> {
    let query = format!(
        "select settled.grade, count(*) as times from audit {IN_SERVICE} \
         join settled_grade settled on settled.audit_id = audit.id \
         where audit.submitted_at is not null and cycle.quarter = $1 \
         and (cast($2 as bigint) is null or path.service_id = $2) group by settled.grade"
    );
    let mut times = BTreeMap::new();
    for row in sql::all(on, &query, of(quarter, service)).await? {
        times.insert(row.code("grade", Grade::from_code)?, row.count("times")?);
    }
    Ok(Grade::ALL.map(|grade| (grade, times.get(&grade).copied().unwrap_or(0))).to_vec())
}

/// What was looked at in each service that has an open record.
pub async fn samples(
    on: &impl ConnectionTrait,
    quarter: Quarter,
    list: Option<CaseListId>,
    service: Option<PlaceId>,
) -> Result<Vec<ServiceSample>, Fault> {
    let Some(list) = list else { return Ok(Vec::new()) };
    // An auditor is from outside when no grant of theirs, as worker or manager, is over the
    // record's service or a team of it on the day on which the audit is due.
    let query = "select path.service_id, path.service_name, count(*) as open, \
         count(pick.record_id) as drawn, count(audit.submitted_at) as submitted, \
         count(case when audit.id is not null and not exists ( \
             select 1 from grant_standing \
             left join team_path own on own.team_id = grant_standing.place_id \
             where grant_standing.person_id = audit.auditor_id \
             and grant_standing.role in ('worker', 'service-manager') \
             and (grant_standing.place_id = path.service_id or own.service_id = path.service_id) \
             and grant_standing.from_day <= audit.due \
             and (grant_standing.until_day is null or grant_standing.until_day >= audit.due) \
         ) then 1 end) as outside \
         from case_list_line line \
         left join team_path path on path.team_id = line.team_id \
         left join cycle on cycle.quarter = $2 \
         left join sampled pick on pick.cycle_id = cycle.id and pick.line_id = line.id \
         left join audit on audit.cycle_id = cycle.id and audit.record_id = pick.record_id \
         where line.case_list_id = $1 and (cast($3 as bigint) is null or path.service_id = $3) \
         group by path.service_id, path.service_name";
    let [quarter, service] = of(quarter, service);
    let mut samples = Vec::new();
    for row in sql::all(on, query, [list.0.into(), quarter, service]).await? {
        let name: Option<String> = row.get("service_name")?;
        let sample = ServiceSample {
            service: name.clone().unwrap_or_else(|| NO_SERVICE.to_owned()),
            open: row.count("open")?,
            drawn: row.count("drawn")?,
            submitted: row.count("submitted")?,
            from_outside: row.count("outside")?,
        };
        samples.push((name.is_none(), sample));
    }
    samples.sort_by(|a, b| (a.0, &a.1.service).cmp(&(b.0, &b.1.service)));
    Ok(samples.into_iter().map(|(_, sample)| sample).collect())
}

/// Who holds the records of each need. A record with two needs is counted under both.
pub async fn allocation(
    on: &impl ConnectionTrait,
    list: CaseListId,
    service: Option<PlaceId>,
) -> Result<Vec<AllocationLine>, Fault> {
    let query = "select line.needs, worker.experience, count(*) as records \
         from case_list_line line \
         left join team_path path on path.team_id = line.team_id \
         left join worker on worker.id = line.worker_id \
         where line.case_list_id = $1 and (cast($2 as bigint) is null or path.service_id = $2) \
         group by line.needs, worker.experience";
    let values = [list.0.into(), service.map(|id| id.0).into()];
    let mut lines = Need::ALL.map(|need| AllocationLine { need, held: [0; 4], unallocated: 0 });
    for row in sql::all(on, query, values).await? {
        let needs: String = row.get("needs")?;
        let experience: Option<String> = row.get("experience")?;
        let experience = experience.as_deref().and_then(Experience::from_code);
        let records = row.count("records")?;
        for line in
            lines.iter_mut().filter(|line| needs.split(',').any(|code| code == line.need.code()))
        {
            let column = Experience::ALL.into_iter().position(|each| Some(each) == experience);
            match column.and_then(|column| line.held.get_mut(column)) {
                Some(held) => *held += records,
                None => line.unallocated += records,
            }
        }
    }
    Ok(lines.to_vec())
}
