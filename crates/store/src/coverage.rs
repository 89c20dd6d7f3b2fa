//! The counts behind coverage: by service and kind of cell, from audits done.

use std::collections::BTreeMap;

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cell::{CellKind, CellPattern};
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::id::{CaseListId, PlaceId};
use sea_orm::ConnectionTrait;

use crate::cells;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// The words for records whose team belongs to no service that we know.
pub const NO_SERVICE: &str = "Service not known";

/// The audits of one cycle on one framework, among records of a cell that are open now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellAudits {
    /// The cycle's quarter.
    pub quarter: Quarter,
    /// The framework's name.
    pub framework: String,
    /// Audits submitted.
    pub submitted: u32,
    /// Audits assigned and not yet submitted.
    pub assigned: u32,
}

/// Where a cell is, for putting counts together.
type Key = (Option<PlaceId>, CellKind);

/// Every cell of a case list that has an open record, seen from a quarter. Two statements: the open
/// records were counted when the list was taken in, and of the audits only those of four cycles are
/// looked at, however many records there are. Each finds its cell by two keys and reads neither the
/// audit nor the line.
pub async fn cells(
    on: &impl ConnectionTrait,
    list: CaseListId,
    quarter: Quarter,
    service: Option<PlaceId>,
) -> Result<Vec<Cell>, Fault> {
    let mut cells: BTreeMap<Key, Cell> = BTreeMap::new();
    let query = "select path.service_id, path.service_name, cell.cohort, cell.need, \
         cell.disabled, cell.placement, cell.route, cast(sum(cell.open) as bigint) as open \
         from case_list_cell cell \
         left join team_path path on path.team_id = cell.team_id \
         where cell.case_list_id = $1 and (cast($2 as bigint) is null or path.service_id = $2) \
         group by path.service_id, path.service_name, cell.cohort, cell.need, \
         cell.disabled, cell.placement, cell.route";
    for row in sql::all(on, query, [list.0.into(), service.map(|id| id.0).into()]).await? {
        let cell = cell(&row)?;
        cells.insert((cell.service, cell.kind), cell);
    }
    for row in audits(on, list, quarter, service).await? {
        let key = (row.maybe_id("service_id", PlaceId)?, cells::kind(&row)?);
        if let Some(cell) = cells.get_mut(&key) {
            cell.audited = row.count("audited")?;
            cell.planned = row.count("planned")?;
        }
    }
    let mut cells: Vec<Cell> = cells.into_values().collect();
    // Each engine sorts names and nulls in its own way, so the order is made here.
    cells.sort_by(|a, b| {
        (a.service.is_none(), &a.service_name, a.kind).cmp(&(
            b.service.is_none(),
            &b.service_name,
            b.kind,
        ))
    });
    Ok(cells)
}

/// How many records of each cell were audited in four cycles, and how many are to be in this one.
async fn audits(
    on: &impl ConnectionTrait,
    list: CaseListId,
    quarter: Quarter,
    service: Option<PlaceId>,
) -> Result<Vec<Row>, Fault> {
    let query = "select path.service_id, cell.cohort, cell.need, cell.disabled, cell.placement, \
         cell.route, cast(sum(counted.audited) as bigint) as audited, \
         cast(sum(counted.planned) as bigint) as planned \
         from (select stands.cell_id, count(case when seen.done = 1 then 1 end) as audited, \
             count(case when seen.done = 0 and seen.coming = 1 then 1 end) as planned \
             from (select audit.record_id, \
                 max(case when audit.submitted_at is not null then 1 else 0 end) as done, \
                 max(case when audit.submitted_at is null and cycle.quarter = $3 then 1 else 0 end) \
                 as coming \
                 from cycle join audit on audit.cycle_id = cycle.id \
                 where cycle.quarter between $2 and $3 group by audit.record_id \
             ) seen \
             join case_list_record stands \
             on stands.case_list_id = $1 and stands.record_id = seen.record_id \
             group by stands.cell_id \
         ) counted \
         join case_list_cell cell on cell.id = counted.cell_id \
         left join team_path path on path.team_id = cell.team_id \
         where (cast($4 as bigint) is null or path.service_id = $4) \
         group by path.service_id, cell.cohort, cell.need, cell.disabled, cell.placement, \
         cell.route";
    let since = quarter.before().before().before();
    let values = [
        list.0.into(),
        since.to_string().into(),
        quarter.to_string().into(),
        service.map(|id| id.0).into(),
    ];
    sql::all(on, query, values).await
}

/// The audits of every cycle on the open records that a pattern names, the latest first. One statement.
pub async fn by_cycle(
    on: &impl ConnectionTrait,
    list: CaseListId,
    pattern: &CellPattern,
) -> Result<Vec<CellAudits>, Fault> {
    let query = format!(
        "select cycle.quarter, edition.name, count(audit.submitted_at) as submitted, \
         count(*) as every \
         from audit join cycle on cycle.id = audit.cycle_id \
         join edition on edition.id = audit.edition_id \
         join case_list_record stands on stands.case_list_id = $1 \
         and stands.record_id = audit.record_id \
         join case_list_cell cell on cell.id = stands.cell_id \
         left join team_path path on path.team_id = cell.team_id \
         where {} group by cycle.quarter, edition.name",
        cells::cells_matching(2)
    );
    let values = std::iter::once(list.0.into()).chain(cells::values(pattern));
    let rows = sql::all(on, &query, values.collect::<Vec<_>>()).await?;
    let mut audits = rows.iter().map(cell_audits).collect::<Result<Vec<_>, _>>()?;
    audits.sort_by(|a, b| (b.quarter, &a.framework).cmp(&(a.quarter, &b.framework)));
    Ok(audits)
}

fn cell(row: &Row) -> Result<Cell, Fault> {
    Ok(Cell {
        service: row.maybe_id("service_id", PlaceId)?,
        service_name: row
            .get::<Option<String>>("service_name")?
            .unwrap_or_else(|| NO_SERVICE.to_owned()),
        kind: cells::kind(row)?,
        open: row.count("open")?,
        audited: 0,
        planned: 0,
    })
}

fn cell_audits(row: &Row) -> Result<CellAudits, Fault> {
    let submitted = row.count("submitted")?;
    Ok(CellAudits {
        quarter: row.parse("quarter", str::parse)?,
        framework: row.get("name")?,
        submitted,
        assigned: row.count("every")?.saturating_sub(submitted),
    })
}
