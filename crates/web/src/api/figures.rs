//! The counts of a quarter, as its report has them.

use axum::Json;
use axum::extract::{Path, RawQuery};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::Tally;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::permission::api::ApiDeed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::{Caller, asked};
use super::problem::{Problem, Problems};
use crate::app::App;

/// Of which service.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Of {
    /// The number of a service. Without it, all of them together.
    #[param(minimum = 1)]
    service: Option<u32>,
}

/// The counts of a quarter.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures {
    /// The quarter, as 2026-Q3.
    quarter: String,
    /// The edition that was audited against.
    edition: i64,
    /// What was drawn and audited, service by service.
    services: Vec<ServiceCounts>,
    /// What was answered, standard by standard.
    standards: Vec<StandardCounts>,
}

/// What was drawn and audited in a service.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceCounts {
    /// The service.
    service: String,
    /// Records that are open.
    open: u32,
    /// Records that were drawn.
    drawn: u32,
    /// Audits that were submitted.
    submitted: u32,
}

/// What was answered of a standard. The share is `met` of `met` and `partly_met` and `not_met`.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardCounts {
    /// Its code.
    code: String,
    /// Met.
    met: u32,
    /// Partly met.
    partly_met: u32,
    /// Not met.
    not_met: u32,
    /// Not applicable.
    not_applicable: u32,
    /// Cannot tell.
    cannot_tell: u32,
}

/// The counts of a quarter: for those who answer for it, and not for the public.
#[utoipa::path(
    get,
    path = "/api/v1/figures/{quarter}",
    tag = "figures",
    security(("token" = ["figures:read"])),
    params(("quarter" = String, Path, description = "The quarter, as 2026-Q3"), Of),
    responses((status = 200, description = "The counts", body = Figures), Problems)
)]
pub async fn get(
    app: App,
    caller: Caller,
    Path(quarter): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Figures>, Problem> {
    let of: Of = asked(query.as_deref())?;
    let service = of.service.map(|id| PlaceId(id.into()));
    caller.may(ApiDeed::ReadFigures(service))?;
    let quarter: Quarter = quarter.parse().map_err(|_| Problem::not_found())?;
    let services = app.store.figures.services().await?;
    if service.is_some_and(|id| services.iter().all(|(it, _)| *it != id)) {
        return Err(Problem::not_found());
    }
    let cycle = app.store.cycles.of_quarter(quarter).await?.ok_or_else(Problem::not_found)?.cycle;
    let edition = app.store.frameworks.edition(cycle.edition).await?;
    let edition = edition.ok_or_else(Problem::not_found)?;
    let counts = app.store.figures.quarter(quarter, &edition, service, caller.today).await?;
    let standard = |code: &str, tally: Tally| StandardCounts {
        code: code.to_owned(),
        met: tally.met,
        partly_met: tally.partly_met,
        not_met: tally.not_met,
        not_applicable: tally.not_applicable,
        cannot_tell: tally.cannot_tell,
    };
    let of_section = counts.sections.iter().flat_map(|section| &section.standards);
    Ok(Json(Figures {
        quarter: quarter.to_string(),
        edition: cycle.edition.0,
        standards: of_section.map(|it| standard(&it.code, it.tally)).collect(),
        services: counts
            .samples
            .iter()
            .map(|it| ServiceCounts {
                service: it.service.clone(),
                open: it.open,
                drawn: it.drawn,
                submitted: it.submitted,
            })
            .collect(),
    }))
}
