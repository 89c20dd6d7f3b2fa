//! What a case list says of one record, as a row.

use std::collections::BTreeMap;

use quarterlight_domain::case_list::{CaseLine, KeyDate, Reference};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::need::{Known, LegalRoute, Need, Needs, Placement};
use quarterlight_domain::place::Whereabouts;
use sea_orm::Value;

use crate::fault::Fault;
use crate::history;
use crate::sql::Row;

/// The columns of a line, for a query that names its table `line`.
pub const COLUMNS: &str = "line.reference, line.needs, line.assessment_open, line.disabled, \
     line.unaccompanied, line.placement, line.route, line.worker_name, line.team_name, line.dates, \
     line.history, (select facts from fact_set where fact_set.id = line.fact_set_id) as asked";

/// The columns that say where a record stands, for a query that names the view `path`.
pub const PATH: &str = "path.team_id, path.service_id, path.directorate_id, path.authority_id";

/// The values of a line, in the order of the columns that [`crate::case_lists`] inserts.
pub fn values(line: &CaseLine) -> [Value; 11] {
    let needs: Vec<&str> = line.needs.iter().map(|need| need.code()).collect();
    let dates: Vec<String> =
        line.dates.iter().map(|(kind, day)| format!("{}={day}", kind.code())).collect();
    [
        line.reference.as_str().into(),
        needs.join(",").into(),
        line.assessment_open.into(),
        line.disabled.code().into(),
        line.unaccompanied.code().into(),
        line.placement.code().into(),
        line.route.code().into(),
        Cohort::of(line).code().into(),
        line.worker.clone().into(),
        line.team.clone().into(),
        dates.join(",").into(),
    ]
}

/// The line that a row holds.
pub fn read(row: &Row) -> Result<CaseLine, Fault> {
    Ok(CaseLine {
        reference: row.parse("reference", Reference::new)?,
        needs: row.code("needs", needs)?,
        assessment_open: row.get("assessment_open")?,
        disabled: row.code("disabled", Known::from_code)?,
        unaccompanied: row.code("unaccompanied", Known::from_code)?,
        placement: row.code("placement", Placement::from_code)?,
        route: row.code("route", LegalRoute::from_code)?,
        worker: row.get("worker_name")?,
        team: row.get("team_name")?,
        dates: row.code("dates", dates)?,
        history: {
            let asked: Option<String> = row.get("asked")?;
            let asked = history::read_facts(&asked.unwrap_or_default());
            row.code("history", |text| history::read(text, &asked))?
        },
    })
}

/// Where the record of a row stands.
pub fn whereabouts(row: &Row) -> Result<Whereabouts, Fault> {
    let mut places = Vec::new();
    for column in ["team_id", "service_id", "directorate_id", "authority_id"] {
        places.extend(row.maybe_id(column, PlaceId)?);
    }
    Ok(Whereabouts::new(places))
}

fn needs(codes: &str) -> Option<Needs> {
    codes.split(',').map(Need::from_code).collect()
}

fn dates(text: &str) -> Option<BTreeMap<KeyDate, jiff::civil::Date>> {
    text.split(',')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (kind, day) = pair.split_once('=')?;
            Some((KeyDate::from_code(kind)?, day.parse().ok()?))
        })
        .collect()
}
