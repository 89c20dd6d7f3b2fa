//! What a report is about, in rows and in statements.

use quarterlight_domain::id::PlaceId;
use quarterlight_domain::release::about::About;
use sea_orm::Value;

use crate::fault::Fault;
use crate::sql::Row;

/// Where a report is about the same as `$1`, `$2` and `$3`, which [`values`] gives. The report's table
/// and its cycle, which it may have none of, are joined under these names.
pub const IS: &str = "coalesce(cycle.quarter, '') = $1 \
     and coalesce(report.service_id, 0) = cast($2 as bigint) \
     and coalesce(report.year, 0) = cast($3 as bigint)";

/// The values for [`IS`].
pub fn values(about: About) -> [Value; 3] {
    [
        about.quarter().map_or_else(String::new, |it| it.to_string()).into(),
        about.service().map_or(0, |id| id.0).into(),
        about.year().map_or(0, i64::from).into(),
    ]
}

/// What a row's report is about, from its columns `quarter`, `service_id` and `year`.
pub fn about(row: &Row) -> Result<About, Fault> {
    if let Some(year) = row.get::<Option<i64>>("year")? {
        return i16::try_from(year)
            .map(About::Year)
            .map_err(|_| Fault::damaged("year", "a year is out of range"));
    }
    let quarter = row.parse("quarter", str::parse)?;
    Ok(About::Quarter(quarter, row.maybe_id("service_id", PlaceId)?))
}
