//! The public part of released reports.

use axum::Json;
use axum::extract::Path;
use quarterlight_domain::id::ReportId;
use quarterlight_domain::permission::api::ApiDeed;
use quarterlight_store::PublicLine;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::caller::Caller;
use super::problem::{Problem, Problems};
use crate::app::App;

/// A released report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleasedReport {
    /// Its number.
    report: i64,
    /// Its title.
    title: String,
    /// The quarter that it is about, as 2026-Q3; none of a programme.
    quarter: Option<String>,
    /// The year whose programme it is; none of the report of a quarter.
    programme_of: Option<i16>,
    /// When it was released.
    #[schema(format = Date)]
    released_on: String,
    /// The report that it corrects.
    corrects: Option<i64>,
    /// The report that corrects it.
    corrected_by: Option<i64>,
}

/// A released report with its public part.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicPart {
    /// Which report.
    report: ReleasedReport,
    /// Part I as it was released: headings, sentences and tables, in their order. Small counts are
    /// hidden in it.
    part_one: Value,
}

fn report(line: &PublicLine) -> ReleasedReport {
    ReleasedReport {
        report: line.id.0,
        title: line.title.clone(),
        quarter: line.about.quarter().map(|it| it.to_string()),
        programme_of: line.about.year(),
        released_on: line.released_on.to_string(),
        corrects: line.corrects.map(|it| it.0),
        corrected_by: line.corrected_by.map(|it| it.0),
    }
}

/// Every released report that has a public part, the latest first.
#[utoipa::path(
    get,
    path = "/api/v1/reports",
    tag = "figures",
    security(("token" = ["released:read"])),
    responses((status = 200, description = "Released reports", body = Vec<ReleasedReport>), Problems)
)]
pub async fn list(app: App, caller: Caller) -> Result<Json<Vec<ReleasedReport>>, Problem> {
    caller.may(ApiDeed::ReadReleased)?;
    let lines = app.store.releases.public().await?;
    Ok(Json(lines.iter().map(report).collect()))
}

/// The public part of one.
#[utoipa::path(
    get,
    path = "/api/v1/reports/{report}",
    tag = "figures",
    security(("token" = ["released:read"])),
    params(("report" = i64, Path, description = "The number of the report")),
    responses((status = 200, description = "The public part", body = PublicPart), Problems)
)]
pub async fn get(
    app: App,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<PublicPart>, Problem> {
    caller.may(ApiDeed::ReadReleased)?;
    let id: ReportId = id.parse().map_err(|_| Problem::not_found())?;
    let found = app.store.releases.part_one(id).await?.ok_or_else(Problem::not_found)?;
    let part_one = serde_json::from_str(&found.part_one).unwrap_or(Value::Null);
    Ok(Json(PublicPart { report: report(&found.line), part_one }))
}
