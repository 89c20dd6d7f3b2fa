//! Drawn records as the list of their draw has them, beside what the current list says of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::id::{AuditId, CycleId};
use quarterlight_domain::timescale::beside::{DrawnRecord, Later};

use crate::fault::Fault;
use crate::line;
use crate::records::CURRENT;
use crate::sql::{self, Row};
use crate::timescales::Timescales;

/// The columns of a drawn record, for a query that names its line `line` and that line's list `list`.
fn columns() -> String {
    format!(
        "{}, list.as_at, line.record_id, list.id = ({CURRENT}) as is_current, \
         (select current.as_at from case_list current where current.id = ({CURRENT})) as today",
        line::COLUMNS
    )
}

/// Finds the drawn line of a record and its line on the current list, where that is another.
fn either(drawn: &str, record: &str) -> String {
    format!("(line.id = {drawn} or line.record_id = {record} and line.case_list_id = ({CURRENT}))")
}

impl Timescales {
    /// The record of an audit, as at its draw and as the current list has it. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn drawn_record(&self, audit: AuditId) -> Result<Option<DrawnRecord>, Fault> {
        let query = format!(
            "select {}, line.id = audit.line_id as is_drawn \
             from audit join case_list_line line on line.record_id = audit.record_id and {} \
             join case_list list on list.id = line.case_list_id where audit.id = $1",
            columns(),
            either("audit.line_id", "audit.record_id")
        );
        let rows = sql::all(&self.0.read, &query, [audit.0.into()]).await?;
        Ok(records(&rows)?.pop())
    }

    /// Every record in the sample of a cycle, as at its draw and as the current list has it. One
    /// statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn drawn_records(&self, cycle: CycleId) -> Result<Vec<DrawnRecord>, Fault> {
        let query = format!(
            "select {}, line.id = pick.line_id as is_drawn \
             from sampled pick join case_list_line line on line.record_id = pick.record_id and {} \
             join case_list list on list.id = line.case_list_id where pick.cycle_id = $1",
            columns(),
            either("pick.line_id", "pick.record_id")
        );
        records(&sql::all(&self.0.read, &query, [cycle.0.into()]).await?)
    }
}

/// The lines of one record: the drawn one with the day of its list, and the current one.
#[derive(Default)]
struct Pair {
    drawn: Option<(Date, CaseLine, bool)>,
    current: Option<CaseLine>,
    today: Option<Date>,
}

fn records(rows: &[Row]) -> Result<Vec<DrawnRecord>, Fault> {
    let mut pairs: BTreeMap<i64, Pair> = BTreeMap::new();
    for row in rows {
        let pair = pairs.entry(row.get("record_id")?).or_default();
        let is_current: bool = row.get("is_current")?;
        pair.today = row.maybe_day("today")?;
        if row.get("is_drawn")? {
            pair.drawn = Some((row.day("as_at")?, line::read(row)?, is_current));
        } else if is_current {
            pair.current = Some(line::read(row)?);
        }
    }
    let record = |pair: Pair| {
        let (day, line, is_current) = pair.drawn?;
        let later = match (is_current, pair.current, pair.today) {
            (true, _, _) | (_, None, None) => Later::SameList,
            (false, Some(line), today) => Later::Line(today.unwrap_or(day), Box::new(line)),
            (false, None, Some(today)) => Later::Gone(today),
        };
        Some(DrawnRecord { day, line, later })
    };
    Ok(pairs.into_values().filter_map(record).collect())
}
