//! The files kept on children, as the current case list describes them.

use std::sync::Arc;

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::eligible::OpenRecord;
use quarterlight_domain::frame::Stratum;
use quarterlight_domain::id::{CycleId, PersonId, PlaceId, RecordId, WorkerId};
use quarterlight_domain::record::{Record, Worker};

use crate::cells;
use crate::coverage::NO_SERVICE;
use crate::engine::Engine;
use crate::exclusions;
use crate::fault::Fault;
use crate::line;
use crate::sql::{self, Row};

/// The files kept on children.
#[derive(Debug, Clone)]
pub struct Records(pub(crate) Arc<Engine>);

/// Which records to list.
#[derive(Debug, Clone, Default)]
pub struct RecordFilter {
    /// Of this service only.
    pub service: Option<PlaceId>,
    /// Of this cohort only.
    pub cohort: Option<Cohort>,
    /// Of these cells only.
    pub cells: CellPattern,
    /// With a reference that begins so.
    pub reference: Option<String>,
}

/// A record as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// Its id.
    pub id: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// Its cohort.
    pub cohort: Cohort,
    /// Its team, as the list names it.
    pub team: Option<String>,
    /// The quarter of its latest submitted audit.
    pub audited: Option<Quarter>,
}

/// A record as something that can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameLine {
    /// Its id.
    pub id: RecordId,
    /// Its reference.
    pub reference: Reference,
    /// Its service's name; none when that is not known.
    pub service: Option<String>,
    /// Its cohort.
    pub cohort: Cohort,
}

impl FrameLine {
    /// The stratum that it is drawn in: its cohort in its service.
    pub fn stratum(&self) -> Stratum {
        Stratum::of(self.service.as_deref().unwrap_or(NO_SERVICE), self.cohort.code())
    }
}

/// The most records that one page lists.
const ON_A_PAGE: i64 = 200;

impl Records {
    /// The open record with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: RecordId) -> Result<Option<Record>, Fault> {
        self.find("line.record_id = $1", id.0.into()).await
    }

    /// The open record with this reference.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn by_reference(&self, reference: &Reference) -> Result<Option<Record>, Fault> {
        self.find("line.reference = $1", reference.as_str().into()).await
    }

    /// The open records that pass the filter, by reference, two hundred at most; and how many there are.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn list(&self, filter: &RecordFilter) -> Result<(Vec<RecordLine>, u32), Fault> {
        let query = format!(
            "select line.record_id, line.reference, line.cohort, line.team_name, \
             (select max(cycle.quarter) from audit join cycle on cycle.id = audit.cycle_id \
              where audit.record_id = line.record_id and audit.submitted_at is not null) as audited, \
             count(*) over () as matching \
             from case_list_line line \
             left join team_path path on path.team_id = line.team_id \
             where line.case_list_id = ({CURRENT}) \
             and (cast($1 as bigint) is null or path.service_id = $1) \
             and (cast($2 as text) is null or line.cohort = $2) \
             and (cast($3 as text) is null or substr(line.reference, 1, length($3)) = $3) \
             and {} order by line.reference limit {ON_A_PAGE}",
            cells::matching(4)
        );
        let values: [sea_orm::Value; 3] = [
            filter.service.map(|id| id.0).into(),
            filter.cohort.map(Cohort::code).map(str::to_owned).into(),
            filter.reference.clone().into(),
        ];
        let values = values.into_iter().chain(cells::values(&filter.cells));
        let rows = sql::all(&self.0.read, &query, values.collect::<Vec<_>>()).await?;
        let matching = rows.first().map_or(Ok(0), |row| row.count("matching"))?;
        Ok((rows.iter().map(record_line).collect::<Result<_, _>>()?, matching))
    }

    /// Every open record, for a draw, but for those audited in a quarter since the one given.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn frame(&self, not_audited_since: Option<Quarter>) -> Result<Vec<FrameLine>, Fault> {
        let query = format!(
            "select line.record_id, line.reference, line.cohort, path.service_name \
             from case_list_line line \
             left join team_path path on path.team_id = line.team_id \
             where line.case_list_id = ({CURRENT}) \
             and (cast($1 as text) is null or not exists ( \
                 select 1 from audit join cycle on cycle.id = audit.cycle_id \
                 where audit.record_id = line.record_id and cycle.quarter >= $1)) \
             order by line.reference"
        );
        let since = not_audited_since.map(|quarter| quarter.to_string());
        let rows = sql::all(&self.0.read, &query, [since.into()]).await?;
        rows.iter().map(frame_line).collect()
    }

    /// The open records that were drawn in a cycle and have no auditor yet. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn to_assign(&self, cycle: CycleId) -> Result<Vec<Record>, Fault> {
        let query = select(
            "line.record_id in ( \
                 select sampled.record_id from sampled \
                 left join audit on audit.cycle_id = sampled.cycle_id \
                     and audit.record_id = sampled.record_id \
                 where sampled.cycle_id = $1 and audit.id is null)",
        );
        sql::all(&self.0.read, &query, [cycle.0.into()]).await?.iter().map(record).collect()
    }

    /// Every open record, with what a draw asks about it; where the draw is a cycle's, whether it
    /// was excluded from it by name, too. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn drawable(&self, cycle: Option<CycleId>) -> Result<Vec<OpenRecord>, Fault> {
        let query = format!(
            "select line.record_id, line.reference, {}, line.worker_id, \
             path.service_id, path.service_name, last.quarter as audited, excluded.reason \
             from case_list_line line \
             left join team_path path on path.team_id = line.team_id \
             left join ( \
                 select audit.record_id, max(cycle.quarter) as quarter from audit \
                 join cycle on cycle.id = audit.cycle_id group by audit.record_id \
             ) last on last.record_id = line.record_id \
             left join record_exclusion excluded on excluded.cycle_id = cast($1 as bigint) \
                 and excluded.record_id = line.record_id and {} \
             where line.case_list_id = ({CURRENT}) order by line.reference",
            cells::of_line(),
            exclusions::STANDS
        );
        let values = [cycle.map(|id| id.0).into()];
        sql::all(&self.0.read, &query, values).await?.iter().map(open_record).collect()
    }

    /// A record as the case list described it from which a cycle's sample was drawn, be it open
    /// still or not.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn as_drawn(
        &self,
        cycle: CycleId,
        reference: &Reference,
    ) -> Result<Option<Record>, Fault> {
        let list = "select draw.case_list_id from draw where draw.cycle_id = $2";
        let query = select_from(list, "line.reference = $1");
        let values = [reference.as_str().into(), cycle.0.into()];
        let row = sql::first(&self.0.read, &query, values).await?;
        row.as_ref().map(record).transpose()
    }

    async fn find(&self, which: &str, value: sea_orm::Value) -> Result<Option<Record>, Fault> {
        let row = sql::first(&self.0.read, &select(which), [value]).await?;
        row.as_ref().map(record).transpose()
    }
}

fn select(which: &str) -> String {
    select_from(CURRENT, which)
}

fn select_from(list: &str, which: &str) -> String {
    format!(
        "select line.record_id, {}, {}, path.service_name, case_list.as_at, \
         worker.id as worker_id, worker.name as worker, worker.experience, worker.person_id \
         from case_list_line line \
         join case_list on case_list.id = line.case_list_id \
         left join team_path path on path.team_id = line.team_id \
         left join worker on worker.id = line.worker_id \
         where line.case_list_id = ({list}) and {which} order by line.reference",
        line::COLUMNS,
        line::PATH
    )
}

/// The current case list, inside a query.
pub const CURRENT: &str = "select id from case_list where taken_in_at is not null \
     order by as_at desc, id desc limit 1";

fn record(row: &Row) -> Result<Record, Fault> {
    Ok(Record {
        id: row.id("record_id", RecordId)?,
        line: line::read(row)?,
        as_at: row.day("as_at")?,
        worker: match row.maybe_id("worker_id", WorkerId)? {
            None => None,
            Some(id) => Some(Worker {
                id,
                name: row.get("worker")?,
                experience: row.code("experience", Experience::from_code)?,
                person: row.maybe_id("person_id", PersonId)?,
            }),
        },
        whereabouts: line::whereabouts(row)?,
        service: row.get("service_name")?,
    })
}

fn record_line(row: &Row) -> Result<RecordLine, Fault> {
    let audited: Option<String> = row.get("audited")?;
    Ok(RecordLine {
        id: row.id("record_id", RecordId)?,
        reference: row.parse("reference", Reference::new)?,
        cohort: row.code("cohort", Cohort::from_code)?,
        team: row.get("team_name")?,
        audited: audited.and_then(|quarter| quarter.parse().ok()),
    })
}

fn open_record(row: &Row) -> Result<OpenRecord, Fault> {
    let line = frame_line(row)?;
    let audited: Option<String> = row.get("audited")?;
    Ok(OpenRecord {
        stratum: line.stratum(),
        reference: line.reference,
        kind: cells::kind(row)?,
        service: row.maybe_id("service_id", PlaceId)?,
        audited: audited.and_then(|quarter| quarter.parse().ok()),
        worker: row.maybe_id("worker_id", WorkerId)?,
        excluded: row.maybe_code("reason", SwapReason::from_code)?,
    })
}

fn frame_line(row: &Row) -> Result<FrameLine, Fault> {
    Ok(FrameLine {
        id: row.id("record_id", RecordId)?,
        reference: row.parse("reference", Reference::new)?,
        service: row.get("service_name")?,
        cohort: row.code("cohort", Cohort::from_code)?,
    })
}
