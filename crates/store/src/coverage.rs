//! The counts behind coverage: by service and cohort, from audits done.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::id::{CaseListId, PlaceId};
use sea_orm::ConnectionTrait;

use crate::fault::Fault;
use crate::sql::{self, Row};

/// The words for records whose team belongs to no service that we know.
pub const NO_SERVICE: &str = "Service not known";

/// Every cell of a case list that has an open record, seen from a quarter. One statement.
pub async fn cells(
    on: &impl ConnectionTrait,
    list: CaseListId,
    quarter: Quarter,
    service: Option<PlaceId>,
) -> Result<Vec<Cell>, Fault> {
    let query = "select path.service_id, path.service_name, line.cohort, \
         count(*) as open, count(done.record_id) as audited, \
         count(case when done.record_id is null then coming.record_id end) as planned \
         from case_list_line line \
         left join team_path path on path.team_id = line.team_id \
         left join (select distinct audit.record_id from audit \
             join cycle on cycle.id = audit.cycle_id \
             where audit.submitted_at is not null and cycle.quarter between $2 and $3 \
         ) done on done.record_id = line.record_id \
         left join (select distinct audit.record_id from audit \
             join cycle on cycle.id = audit.cycle_id \
             where audit.submitted_at is null and cycle.quarter = $3 \
         ) coming on coming.record_id = line.record_id \
         where line.case_list_id = $1 and (cast($4 as bigint) is null or path.service_id = $4) \
         group by path.service_id, path.service_name, line.cohort";
    let since = quarter.before().before().before();
    let values = [
        list.0.into(),
        since.to_string().into(),
        quarter.to_string().into(),
        service.map(|id| id.0).into(),
    ];
    let rows = sql::all(on, query, values).await?;
    let mut cells = rows.iter().map(cell).collect::<Result<Vec<_>, _>>()?;
    // Each engine sorts names and nulls in its own way, so the order is made here.
    cells.sort_by(|a, b| {
        (a.service.is_none(), &a.service_name, a.cohort).cmp(&(
            b.service.is_none(),
            &b.service_name,
            b.cohort,
        ))
    });
    Ok(cells)
}

fn cell(row: &Row) -> Result<Cell, Fault> {
    Ok(Cell {
        service: row.maybe_id("service_id", PlaceId)?,
        service_name: row
            .get::<Option<String>>("service_name")?
            .unwrap_or_else(|| NO_SERVICE.to_owned()),
        cohort: row.code("cohort", Cohort::from_code)?,
        open: row.count("open")?,
        audited: row.count("audited")?,
        planned: row.count("planned")?,
    })
}
