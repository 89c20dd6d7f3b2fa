//! What other programs can ask: a few narrow things, with a token for each, described as OpenAPI 3.1.
//!
//! Nothing of any one record is given here. The one thing that records come in by is a case list.

pub mod caller;
mod case_lists;
mod figures;
mod health;
mod journal;
pub mod problem;
mod register;
mod released;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Json, Router};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::app::App;
use crate::upload::UPLOAD;
use problem::Problem;

/// The routes of the API.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/openapi.json", get(description))
        .route("/api/v1/health", get(health::get))
        .route("/api/v1/figures/{quarter}", get(figures::get))
        .route("/api/v1/reports", get(released::list))
        .route("/api/v1/reports/{report}", get(released::get))
        .route("/api/v1/register", get(register::get))
        .route("/api/v1/journal/checkpoint", get(journal::checkpoint))
        .route("/api/v1/journal/entries", get(journal::entries))
        .route("/api/v1/case-lists", post(case_lists::send).layer(DefaultBodyLimit::max(UPLOAD)))
        .route("/api/v1/case-lists/{case_list}/take-in", post(case_lists::take_in))
        .method_not_allowed_fallback(async || Problem::NOT_ALLOWED)
}

/// The API as OpenAPI.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Quarterlight",
        version = "1",
        description = "What other programs can ask Quarterlight. Each call shows a token, which an administrator makes for one program and a few narrow things. Nothing of any one record is given.",
        license(name = "MIT", identifier = "MIT"),
    ),
    paths(
        health::get,
        figures::get,
        released::list,
        released::get,
        register::get,
        journal::checkpoint,
        journal::entries,
        case_lists::send,
        case_lists::take_in,
    ),
    modifiers(&ShowsToken),
    tags(
        (name = "figures", description = "Counts and reports"),
        (name = "case lists", description = "The records open on a date"),
        (name = "operation", description = "How the program is, and its journal"),
    ),
)]
struct Description;

struct ShowsToken;

impl Modify for ShowsToken {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token that an administrator made on the page of API tokens."))
            .build();
        let parts = openapi.components.get_or_insert_with(Default::default);
        parts.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The description of the API, for tests and for whoever asks.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

async fn description() -> Json<utoipa::openapi::OpenApi> {
    Json(openapi())
}
