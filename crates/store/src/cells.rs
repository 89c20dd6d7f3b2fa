//! What a cell is in SQL: the principal need of a line, the columns of a kind, and a pattern's conditions.

use quarterlight_domain::cell::{CellKind, CellPattern, Within};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use sea_orm::{ConnectionTrait, Value};

use crate::fault::Fault;
use crate::sql::{self, Row};

/// The principal need of a line, for a query that names its table `line`. Needs are kept in the
/// order of the domain, so a care leaver's code is always the last.
const NEED: &str = "case when line.needs like '%CP%' then 'CP' \
     when line.needs like '%CLA%' then 'CLA' when line.needs like '%CL' then 'CL' else 'CIN' end";

/// The columns of a line's kind, for a query that names its table `line`.
pub fn of_line() -> String {
    format!("line.cohort, {NEED} as need, line.disabled, line.placement, line.route")
}

/// The kind that a row holds.
pub fn kind(row: &Row) -> Result<CellKind, Fault> {
    Ok(CellKind {
        cohort: row.code("cohort", Cohort::from_code)?,
        need: row.code("need", Need::from_code)?,
        disabled: row.code("disabled", Known::from_code)?,
        placement: row.code("placement", Placement::from_code)?,
        route: row.code("route", LegalRoute::from_code)?,
    })
}

/// Counts a list that is being taken in, by cell and team, and notes which record stands in which.
pub async fn count(on: &impl ConnectionTrait, list: CaseListId) -> Result<(), Fault> {
    let query = format!(
        "insert into case_list_cell \
         (case_list_id, team_id, cohort, need, disabled, placement, route, open) \
         select line.case_list_id, line.team_id, line.cohort, {NEED}, line.disabled, \
         line.placement, line.route, count(*) from case_list_line line \
         where line.case_list_id = $1 group by line.case_list_id, line.team_id, line.cohort, \
         {NEED}, line.disabled, line.placement, line.route"
    );
    sql::run(on, &query, [list.0.into()]).await?;
    let query = format!(
        "insert into case_list_record (case_list_id, record_id, cell_id) \
         select line.case_list_id, line.record_id, cell.id from case_list_line line \
         join case_list_cell cell on cell.case_list_id = line.case_list_id \
         and cell.cohort = line.cohort and cell.need = {NEED} \
         and cell.disabled = line.disabled and cell.placement = line.placement \
         and cell.route = line.route and cell.team_id is not distinct from line.team_id \
         where line.case_list_id = $1"
    );
    sql::run(on, &query, [list.0.into()]).await?;
    Ok(())
}

/// The condition that a line is among those that a pattern names, for a query that names its table
/// `line` and the view `path`. It takes seven values from the place given: see [`values`].
pub fn matching(first: usize) -> String {
    conditions(first, "line", NEED)
}

/// The same condition on a cell, for a query that names its table `cell` and the view `path`.
pub fn cells_matching(first: usize) -> String {
    conditions(first, "cell", "cell.need")
}

fn conditions(first: usize, table: &str, of_need: &str) -> String {
    let [service, nowhere, cohort, need, disabled, placement, route] =
        std::array::from_fn(|place| format!("${}", first + place));
    let text = |value: &str, column: &str| {
        format!("(cast({value} as text) is null or {column} = {value})")
    };
    [
        format!("(cast({service} as bigint) is null or path.service_id = {service})"),
        format!("(cast({nowhere} as bigint) is null or path.service_id is null)"),
        text(&cohort, &format!("{table}.cohort")),
        text(&need, of_need),
        text(&disabled, &format!("{table}.disabled")),
        text(&placement, &format!("{table}.placement")),
        text(&route, &format!("{table}.route")),
    ]
    .join(" and ")
}

/// The values of a pattern, for [`matching`].
pub fn values(pattern: &CellPattern) -> [Value; 7] {
    let service = match pattern.within {
        Within::Service(id) => Some(id.0),
        Within::Anywhere | Within::NoService => None,
    };
    let nowhere = (pattern.within == Within::NoService).then_some(1_i64);
    [
        service.into(),
        nowhere.into(),
        pattern.cohort.map(|cohort| cohort.code().to_owned()).into(),
        pattern.need.map(|need| need.code().to_owned()).into(),
        pattern.disabled.map(|disabled| disabled.code().to_owned()).into(),
        pattern.placement.map(|placement| placement.code().to_owned()).into(),
        pattern.route.map(|route| route.code().to_owned()).into(),
    ]
}
