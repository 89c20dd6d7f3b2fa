//! Open records over time, on case lists and between them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::history::Span;
use quarterlight_domain::id::{CaseListId, PlaceId};
use quarterlight_domain::need::Known;
use quarterlight_domain::staffing::between::{After, Around};
use quarterlight_domain::staffing::period::{Basis, Period};
use quarterlight_domain::staffing::trend::{Open, Point, TrendFacts};
use sea_orm::ConnectionTrait;

use crate::fault::Fault;
use crate::sql::{self, Row};
use crate::{case_lists, staffing};

/// What is told of the periods; nine statements.
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
    between_lists(on, &mut points, &lists.into_iter().collect()).await?;
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

/// The list before a day that has none, and the next.
type Gap = (CaseListId, CaseListId);

/// Records of one team between two lists, with what both lists say of them; without it, they were
/// open throughout.
type Among = (Option<PlaceId>, u32, Option<Around>);

/// Counts the periods between two lists, by the days on which records were opened and closed as the
/// next list says, and by what has gone since the list before; three statements.
async fn between_lists(
    on: &impl ConnectionTrait,
    points: &mut [Point],
    dates: &BTreeMap<CaseListId, Date>,
) -> Result<(), Fault> {
    let gap_of = |point: &Point| match point.basis {
        Basis::Dates { before, after } => Some((before, after)),
        _ => None,
    };
    let mut gaps: Vec<Gap> = points.iter().filter_map(gap_of).collect();
    gaps.dedup();
    let day = |list: CaseListId| dates.get(&list).copied().unwrap_or(Date::MIN);
    let values: Vec<String> = gaps
        .iter()
        .enumerate()
        .map(|(place, gap)| format!("({place}, {}, {}, '{}')", gap.1, gap.0, day(gap.0)))
        .collect();
    let values = if values.is_empty() { "(0, 0, 0, '')".to_owned() } else { values.join(", ") };
    let gap = format!("with gap (place, later, earlier, day) as (values {values})");
    let among = among(on, &gap).await?;
    for point in points {
        let Some(gap) = gap_of(point) else { continue };
        let place = gaps.iter().position(|it| *it == gap);
        let mut teams: BTreeMap<Option<PlaceId>, Open> = BTreeMap::new();
        for (team, records, around) in place.and_then(|it| among.get(&it)).into_iter().flatten() {
            let known = around.as_ref().map(|it| it.open_on(point.period.last, day(gap.0)));
            let known = known.unwrap_or(Known::Yes);
            let open = teams.entry(*team).or_default();
            open.least += if known == Known::Yes { *records } else { 0 };
            open.most += if known == Known::No { 0 } else { *records };
        }
        // A team whose records are known to have gone has none that could be few.
        point.open.extend(teams.into_iter().filter(|(_, open)| open.most > 0));
    }
    Ok(())
}

/// Every record that could have been open between the lists of each gap.
async fn among(on: &impl ConnectionTrait, gap: &str) -> Result<BTreeMap<usize, Vec<Among>>, Fault> {
    let mut spans: BTreeMap<(usize, String), Vec<Span>> = BTreeMap::new();
    for row in sql::all(on, &format!("{gap} {CLOSED}"), []).await? {
        let span = Span { from: row.day("from_day")?, until: Some(row.day("until_day")?) };
        spans.entry((place(&row)?, row.get("reference")?)).or_default().push(span);
    }
    let mut all: BTreeMap<usize, Vec<Among>> = BTreeMap::new();
    for row in sql::all(on, &format!("{gap} {SETTLED}"), []).await? {
        let settled = (row.maybe_id("team_id", PlaceId)?, row.count("records")?, None);
        all.entry(place(&row)?).or_default().push(settled);
    }
    for row in sql::all(on, &format!("{gap} {}", others()), []).await? {
        let place = place(&row)?;
        let spans = spans.remove(&(place, row.get("reference")?)).unwrap_or_default();
        let other = (row.maybe_id("team_id", PlaceId)?, 1, Some(around(&row, spans)?));
        all.entry(place).or_default().push(other);
    }
    Ok(all)
}

/// When records were closed, as the next list says: of those that are open again, since the list
/// before.
const CLOSED: &str = "select gap.place, closing.reference, closing.from_day, closing.until_day \
     from gap join case_list_closing closing on closing.case_list_id = gap.later \
     where closing.until_day is not null \
     and (not closing.is_open or substr(cast(closing.until_day as text), 1, 10) > gap.day) \
     order by gap.place, closing.reference, closing.position";

/// Records that the next list has as open, and as opened by the day of the list before: most of them.
/// The day on which a record was opened stands first among its dates.
const SETTLED: &str = "select gap.place, line.team_id, count(*) as records \
     from gap join case_list_line line on line.case_list_id = gap.later \
     where line.dates like 'opened=%' and substr(line.dates, 8, 10) <= gap.day \
     group by gap.place, line.team_id order by gap.place, line.team_id";

/// Every other record, with what both lists say of it.
fn others() -> String {
    let is_on = |list: &str, reference: &str| {
        format!(
            "exists (select 1 from case_list_line other where other.case_list_id = gap.{list} \
             and other.reference = {reference})"
        )
    };
    format!(
        "select gap.place, line.reference, line.team_id, line.dates, 'open' as standing, \
         case when {} then 1 else 0 end as was_open, 0 as was_apart \
         from gap join case_list_line line on line.case_list_id = gap.later \
         where not (line.dates like 'opened=%' and substr(line.dates, 8, 10) <= gap.day) \
         union all \
         select gap.place, line.reference, line.team_id, '', \
         case when closing.reference is null then '' else 'closed' end, 1, 0 \
         from gap join case_list_line line on line.case_list_id = gap.earlier \
         left join case_list_closing closing on closing.case_list_id = gap.later \
             and closing.reference = line.reference and closing.position = 0 \
         where not {} \
         union all \
         select gap.place, closing.reference, {}, '', 'closed', 0, \
         case when exists (select 1 from case_list_closing was \
             where was.case_list_id = gap.earlier and was.reference = closing.reference) \
             then 1 else 0 end \
         from gap join case_list_closing closing on closing.case_list_id = gap.later \
         where not closing.is_open and closing.position = 0 and not {}",
        is_on("earlier", "line.reference"),
        is_on("later", "line.reference"),
        case_lists::team_named("closing.team_name"),
        is_on("earlier", "closing.reference"),
    )
}

fn around(row: &Row, spans: Vec<Span>) -> Result<Around, Fault> {
    let dates: String = row.get("dates")?;
    Ok(Around {
        was_open: whole(row, "was_open")? == 1,
        was_apart: whole(row, "was_apart")? == 1,
        after: match row.get::<String>("standing")?.as_str() {
            "open" => After::Open,
            "closed" => After::Closed,
            _ => After::Silent,
        },
        opened: dates.strip_prefix("opened=").and_then(|it| it.get(..10)?.parse().ok()),
        spans,
    })
}

fn place(row: &Row) -> Result<usize, Fault> {
    Ok(usize::try_from(whole(row, "place")?).unwrap_or(usize::MAX))
}

/// A number that the engines type differently.
fn whole(row: &Row, column: &str) -> Result<u32, Fault> {
    row.count(column).or_else(|_| {
        u32::try_from(row.get::<i32>(column)?)
            .map_err(|_| Fault::damaged(column, "a count is out of range"))
    })
}
