//! Caseloads by guide, records held otherwise than is advised, and what a report says of both.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{CaseListId, PlaceId, RecordId};
use quarterlight_domain::need::{Need, Needs};
use quarterlight_domain::staffing::bands::{self, Carried, Load};
use quarterlight_domain::staffing::exceptions::{self, Exception, HeldRecord, Untold};
use quarterlight_domain::staffing::figures::{self, StaffingFigures};
use quarterlight_domain::staffing::history::Reading;
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::period::{Step, periods, usual_start};
use quarterlight_domain::staffing::protocol::{Advice, Protocol, in_force};
use quarterlight_domain::staffing::trend::Scope;
use sea_orm::ConnectionTrait;

use super::{counts, trend};
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};
use crate::staffing;

/// What one worker carries, with who it is and whose records they are.
struct OfWorker {
    worker: i64,
    service: Option<PlaceId>,
    carried: Carried,
}

/// What the workers of a list carry, once for each team whose records they hold; one statement.
async fn of_workers(
    on: &impl ConnectionTrait,
    list: CaseListId,
    protocol: &Protocol,
) -> Result<Vec<OfWorker>, Fault> {
    let query = "select line.worker_id, line.needs, path.team_name, path.service_name, \
         path.service_id, worker.experience, worker.full_time_thousandths, count(*) as records \
         from case_list_line line join worker on worker.id = line.worker_id \
         left join team_path path on path.team_id = line.team_id \
         where line.case_list_id = $1 \
         group by line.worker_id, line.needs, path.team_name, path.service_name, \
         path.service_id, worker.experience, worker.full_time_thousandths order by line.worker_id";
    let mut all: BTreeMap<(i64, Option<String>, Option<String>), OfWorker> = BTreeMap::new();
    let mut weights: BTreeMap<i64, Hundredths> = BTreeMap::new();
    for row in sql::all(on, query, [list.0.into()]).await? {
        let worker: i64 = row.get("worker_id")?;
        let place: (Option<String>, Option<String>) =
            (row.get("service_name")?, row.get("team_name")?);
        let thousandths: Option<i64> = row.get("full_time_thousandths")?;
        let full_time =
            thousandths.and_then(|it| u32::try_from(it).ok()).map(|it| Hundredths(it.div_ceil(10)));
        let needs = needs(&row)?;
        let weight = u64::from(protocol.weight(&needs).0) * u64::from(row.count("records")?);
        let weight = Hundredths(u32::try_from(weight).unwrap_or(u32::MAX));
        let sum = weights.entry(worker).or_default();
        *sum = sum.plus(weight);
        let key = (worker, place.0.clone(), place.1.clone());
        let experience = row.code("experience", Experience::from_code)?;
        let service = row.maybe_id("service_id", PlaceId)?;
        let carried = Carried { place, experience, full_time, weighted: Hundredths::default() };
        all.entry(key).or_insert(OfWorker { worker, service, carried });
    }
    let mut all: Vec<OfWorker> = all.into_values().collect();
    for it in &mut all {
        it.carried.weighted = weights.get(&it.worker).copied().unwrap_or_default();
    }
    Ok(all)
}

/// What the workers who hold records of one service or of all carry, their records elsewhere
/// included; one statement.
pub async fn carried(
    on: &impl ConnectionTrait,
    (list, service): (CaseListId, Option<PlaceId>),
    protocol: &Protocol,
) -> Result<Vec<Carried>, Fault> {
    let all = of_workers(on, list, protocol).await?;
    let is_in = |it: &OfWorker| service.is_none() || it.service == service;
    Ok(all.into_iter().filter(is_in).map(|it| it.carried).collect())
}

fn needs(row: &Row) -> Result<Needs, Fault> {
    row.code("needs", |text| text.split(',').map(Need::from_code).collect())
}

/// What is held otherwise than is advised, and of how many records it cannot be told; three
/// statements, and one more where advice is about caseloads.
pub async fn exceptions(
    on: &impl ConnectionTrait,
    (list, as_at, service): (CaseListId, Date, Option<PlaceId>),
    protocol: &Protocol,
) -> Result<(Vec<Exception>, Untold), Fault> {
    let since = without_since(on, list).await?;
    let is_of_caseloads = protocol.advice.contains(&Advice::WithinGuide);
    let mut loads: BTreeMap<i64, Load> = BTreeMap::new();
    if is_of_caseloads {
        let all = of_workers(on, list, protocol).await?;
        loads.extend(all.iter().map(|it| (it.worker, it.carried.load(protocol))));
    }
    let query = format!(
        "select line.record_id, line.reference, line.needs, line.dates, line.worker_id, \
         worker.experience, path.team_name, path.service_name, {} \
         from case_list_line line left join worker on worker.id = line.worker_id \
         left join team_path path on path.team_id = line.team_id \
         where line.case_list_id = $1 and (cast($2 as bigint) is null or path.service_id = $2) \
         and (line.worker_id is null or worker.experience <> 'experienced' or $3)",
        line::PATH
    );
    let of_experienced = is_of_caseloads
        || protocol
            .advice
            .iter()
            .any(|it| matches!(it, Advice::NotHeldBy(_, Experience::Experienced)));
    let values = [list.0.into(), service.map(|id| id.0).into(), of_experienced.into()];
    let rows = sql::all(on, &query, values).await?;
    let held = rows.iter().map(|row| held(row, &since, &loads)).collect::<Result<Vec<_>, _>>()?;
    let untold = exceptions::untold(protocol, &held);
    let reasons = staffing::reasons(on).await?;
    let said: BTreeMap<(RecordId, &str), _> =
        reasons.iter().map(|it| ((it.record, it.advice.as_str()), &it.why)).collect();
    let said = |record, advice: &str| said.get(&(record, advice)).map(|it| (*it).clone());
    Ok((exceptions::exceptions(protocol, &held, as_at, said), untold))
}

fn held(
    row: &Row,
    since: &BTreeMap<RecordId, Date>,
    loads: &BTreeMap<i64, Load>,
) -> Result<HeldRecord, Fault> {
    let record = row.id("record_id", RecordId)?;
    let worker: Option<i64> = row.get("worker_id")?;
    let dates: String = row.get("dates")?;
    // Where no list has ever named a worker, it has had none since it was opened, if that is known.
    let opened = dates.strip_prefix("opened=").and_then(|it| it.get(..10)?.parse().ok());
    let since = since.get(&record).copied().or(opened);
    Ok(HeldRecord {
        record,
        reference: row.parse("reference", Reference::new)?,
        needs: needs(row)?,
        place: (row.get("service_name")?, row.get("team_name")?),
        whereabouts: line::whereabouts(row)?,
        held_by: row.maybe_code("experience", Experience::from_code)?,
        load: worker.and_then(|id| loads.get(&id)).copied().unwrap_or_default(),
        without_since: worker.is_none().then_some(since).flatten(),
    })
}

/// For records that a list names no worker for and an earlier one did: the date of the first list
/// since.
async fn without_since(
    on: &impl ConnectionTrait,
    list: CaseListId,
) -> Result<BTreeMap<RecordId, Date>, Fault> {
    let query = "select earlier.record_id, earlier.worker_id, told.as_at \
         from case_list_line line \
         join case_list current_list on current_list.id = line.case_list_id \
         join case_list_line earlier on earlier.record_id = line.record_id \
         join case_list told on told.id = earlier.case_list_id \
         where line.case_list_id = $1 and line.worker_id is null \
         and told.taken_in_at is not null and told.as_at <= current_list.as_at \
         order by earlier.record_id, told.as_at, told.id";
    let mut since: BTreeMap<RecordId, Option<Date>> = BTreeMap::new();
    for row in sql::all(on, query, [list.0.into()]).await? {
        let (record, as_at) = (row.id("record_id", RecordId)?, row.day("as_at")?);
        if row.get::<Option<i64>>("worker_id")?.is_some() {
            since.insert(record, None);
        } else if let Some(entry) = since.get_mut(&record) {
            entry.get_or_insert(as_at);
        }
    }
    Ok(since.into_iter().filter_map(|(record, day)| Some((record, day?))).collect())
}

/// What a report says of allocation and of staff.
pub async fn of_report(
    on: &impl ConnectionTrait,
    (list, service): (Option<CaseListId>, Option<PlaceId>),
    until: Date,
    today: Date,
) -> Result<StaffingFigures, Fault> {
    let until = until.min(today);
    // Eighteen months, to the month of the quarter's end or to this one.
    let months = periods(usual_start(until), until, Step::Month).unwrap_or_default();
    let facts = trend::trend(on, &months).await?;
    let scope = match counts::place_name(on, service).await? {
        Some(name) => Scope::Service(name),
        None => Scope::All,
    };
    let trend = facts.rows(&scope, Reading::Now);
    let as_at = counts::as_at(on, list).await?;
    let protocol = as_at.and_then(|day| in_force(&facts.protocols, day)).cloned();
    let mut told = StaffingFigures { trend, protocol: protocol.clone(), ..Default::default() };
    if let (Some(list), Some(as_at), Some(protocol)) = (list, as_at, protocol) {
        told.bands = bands::by_team(&protocol, &carried(on, (list, service), &protocol).await?);
        let (found, untold) = exceptions(on, (list, as_at, service), &protocol).await?;
        told.exceptions = figures::count(&found, today);
        told.untold = untold;
    }
    Ok(told)
}
