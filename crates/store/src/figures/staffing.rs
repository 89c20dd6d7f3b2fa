//! Records and staff over time, caseloads by guide, and records held otherwise than is advised.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{CaseListId, PlaceId, RecordId};
use quarterlight_domain::need::{Need, Needs};
use quarterlight_domain::staffing::bands::{self, Carried};
use quarterlight_domain::staffing::exceptions::{self, Exception, HeldRecord};
use quarterlight_domain::staffing::figures::{self, StaffingFigures};
use quarterlight_domain::staffing::history::Reading;
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::period::{Basis, Period, Step, periods, usual_start};
use quarterlight_domain::staffing::protocol::{Advice, Protocol, in_force};
use quarterlight_domain::staffing::trend::{Open, Point, Scope, TrendFacts};
use sea_orm::ConnectionTrait;

use super::counts;
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};
use crate::staffing;

/// What is told of the periods; eight statements.
pub async fn trend(on: &impl ConnectionTrait, periods: &[Period]) -> Result<TrendFacts, Fault> {
    let query = "select id, as_at from case_list where taken_in_at is not null order by as_at, id";
    let rows = sql::all(on, query, []).await?;
    let list = |row: &Row| Ok((row.id("id", CaseListId)?, row.day("as_at")?));
    let lists = rows.iter().map(list).collect::<Result<Vec<_>, Fault>>()?;
    let mut points: Vec<Point> = periods
        .iter()
        .map(|period| Point { period: *period, basis: period.basis(&lists), open: Vec::new() })
        .collect();
    on_lists(on, &mut points).await?;
    between_lists(on, &mut points).await?;
    let first = periods.first().map_or(Date::MAX, |it| it.first);
    let end = periods.last().map_or(Date::MIN, |it| it.last);
    let kept = staffing::all_protocols(on).await?;
    Ok(TrendFacts {
        points,
        staff: staffing::staff(on, first, end).await?,
        history: staffing::history(on).await?,
        protocols: kept.into_iter().map(|kept| kept.protocol).collect(),
    })
}

/// Counts the periods that have a list of their own.
async fn on_lists(on: &impl ConnectionTrait, points: &mut [Point]) -> Result<(), Fault> {
    let of_list = |point: &Point| match point.basis {
        Basis::List { list, .. } => Some(list),
        _ => None,
    };
    let mut ids: Vec<String> = points.iter().filter_map(of_list).map(|id| id.to_string()).collect();
    // No list has this number; a list of none is not SQL.
    ids.push("0".to_owned());
    let query = format!(
        "select case_list_id, team_id, count(*) as records from case_list_line \
         where case_list_id in ({}) group by case_list_id, team_id order by case_list_id, team_id",
        ids.join(", ")
    );
    for row in sql::all(on, &query, []).await? {
        let list = row.id("case_list_id", CaseListId)?;
        let (team, records) = (row.maybe_id("team_id", PlaceId)?, row.count("records")?);
        for point in points.iter_mut().filter(|point| of_list(point) == Some(list)) {
            point.open.push((team, Open::exactly(records)));
        }
    }
    Ok(())
}

/// Counts the periods between two lists: what the next list says was open by the last day, and what
/// has gone since the list before, of which it is not known when.
async fn between_lists(on: &impl ConnectionTrait, points: &mut [Point]) -> Result<(), Fault> {
    let gaps: Vec<String> = points
        .iter()
        .enumerate()
        .filter_map(|(place, point)| match point.basis {
            Basis::Dates { before, after } => {
                let day = point.period.last;
                Some(format!("({place}, {after}, {before}, '{day}')"))
            }
            _ => None,
        })
        .collect();
    let gaps = if gaps.is_empty() { "(0, 0, 0, '')".to_owned() } else { gaps.join(", ") };
    // The day on which a record was opened stands first among its dates.
    let dated = "line.dates like 'opened=%'";
    let opened = format!(
        "with gap (place, later, earlier, day) as (values {gaps}) \
         select gap.place, line.team_id, \
         count(case when {dated} and substr(line.dates, 8, 10) <= gap.day then 1 end) as least, \
         count(case when not ({dated}) then 1 end) as untold \
         from gap join case_list_line line on line.case_list_id = gap.later \
         group by gap.place, line.team_id order by gap.place, line.team_id"
    );
    let gone = format!(
        "with gap (place, later, earlier, day) as (values {gaps}) \
         select gap.place, line.team_id, 0 as least, count(*) as untold \
         from gap join case_list_line line on line.case_list_id = gap.earlier \
         where not exists (select 1 from case_list_line still \
             where still.case_list_id = gap.later and still.reference = line.reference) \
         group by gap.place, line.team_id order by gap.place, line.team_id"
    );
    let mut rows = sql::all(on, &opened, []).await?;
    rows.extend(sql::all(on, &gone, []).await?);
    for row in rows {
        let place = usize::try_from(whole(&row, "place")?).unwrap_or(usize::MAX);
        let team = row.maybe_id("team_id", PlaceId)?;
        let (least, untold) = (whole(&row, "least")?, whole(&row, "untold")?);
        if let Some(point) = points.get_mut(place) {
            point.open.push((team, Open { least, most: least + untold }));
        }
    }
    Ok(())
}

/// A count that the engines type differently.
fn whole(row: &Row, column: &str) -> Result<u32, Fault> {
    row.count(column).or_else(|_| {
        u32::try_from(row.get::<i32>(column)?)
            .map_err(|_| Fault::damaged(column, "a count is out of range"))
    })
}

/// What the workers of a list carry, of one service or of all; one statement.
pub async fn carried(
    on: &impl ConnectionTrait,
    (list, service): (CaseListId, Option<PlaceId>),
    protocol: &Protocol,
) -> Result<Vec<Carried>, Fault> {
    let query = "select line.worker_id, line.needs, path.team_name, path.service_name, \
         worker.experience, worker.full_time_thousandths, count(*) as records \
         from case_list_line line join worker on worker.id = line.worker_id \
         left join team_path path on path.team_id = line.team_id \
         where line.case_list_id = $1 and (cast($2 as bigint) is null or path.service_id = $2) \
         group by line.worker_id, line.needs, path.team_name, path.service_name, \
         worker.experience, worker.full_time_thousandths order by line.worker_id";
    let values = [list.0.into(), service.map(|id| id.0).into()];
    let mut carried: BTreeMap<(i64, Option<String>, Option<String>), Carried> = BTreeMap::new();
    for row in sql::all(on, query, values).await? {
        let place = (row.get("service_name")?, row.get("team_name")?);
        let thousandths: Option<i64> = row.get("full_time_thousandths")?;
        let full_time =
            thousandths.and_then(|it| u32::try_from(it).ok()).map(|it| Hundredths(it.div_ceil(10)));
        let needs = needs(&row)?;
        let weight = u64::from(protocol.weight(&needs).0) * u64::from(row.count("records")?);
        let weight = Hundredths(u32::try_from(weight).unwrap_or(u32::MAX));
        let key = (row.get("worker_id")?, row.get("service_name")?, row.get("team_name")?);
        let experience = row.code("experience", Experience::from_code)?;
        let none = Hundredths::default();
        let entry =
            carried.entry(key).or_insert(Carried { place, experience, full_time, weighted: none });
        entry.weighted = entry.weighted.plus(weight);
    }
    Ok(carried.into_values().collect())
}

fn needs(row: &Row) -> Result<Needs, Fault> {
    row.code("needs", |text| text.split(',').map(Need::from_code).collect())
}

/// What is held otherwise than is advised, and of how many records it cannot be told; three
/// statements.
pub async fn exceptions(
    on: &impl ConnectionTrait,
    (list, as_at, service): (CaseListId, Date, Option<PlaceId>),
    protocol: &Protocol,
) -> Result<(Vec<Exception>, u32), Fault> {
    let since = without_since(on, list).await?;
    let query = format!(
        "select line.record_id, line.reference, line.needs, line.dates, line.worker_id, \
         worker.experience, path.team_name, path.service_name, {} \
         from case_list_line line left join worker on worker.id = line.worker_id \
         left join team_path path on path.team_id = line.team_id \
         where line.case_list_id = $1 and (cast($2 as bigint) is null or path.service_id = $2) \
         and (line.worker_id is null or worker.experience <> 'experienced' or $3)",
        line::PATH
    );
    let of_experienced = protocol
        .advice
        .iter()
        .any(|it| matches!(it, Advice::NotHeldBy(_, Experience::Experienced)));
    let values = [list.0.into(), service.map(|id| id.0).into(), of_experienced.into()];
    let rows = sql::all(on, &query, values).await?;
    let held = rows.iter().map(|row| held(row, &since)).collect::<Result<Vec<_>, _>>()?;
    let about: BTreeSet<Need> = protocol
        .advice
        .iter()
        .filter_map(|it| match it {
            Advice::NotHeldBy(need, _) => Some(*need),
            Advice::WithoutWorker { .. } => None,
        })
        .collect();
    let is_untold = |it: &&HeldRecord| {
        it.held_by == Some(Experience::Unknown) && it.needs.iter().any(|need| about.contains(need))
    };
    let untold = u32::try_from(held.iter().filter(is_untold).count()).unwrap_or(u32::MAX);
    let reasons = staffing::reasons(on).await?;
    let said: BTreeMap<(RecordId, &str), _> =
        reasons.iter().map(|it| ((it.record, it.advice.as_str()), &it.why)).collect();
    let said = |record, advice: &str| said.get(&(record, advice)).map(|it| (*it).clone());
    Ok((exceptions::exceptions(protocol, &held, as_at, said), untold))
}

fn held(row: &Row, since: &BTreeMap<RecordId, Date>) -> Result<HeldRecord, Fault> {
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
    let facts = trend(on, &months).await?;
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
