//! The routes of people and grants, restricted records, break-glass and the looks.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::pages::{looks, openings, people, records, restricted};

/// These pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/people", get(people::list::get).post(people::list::post))
        .route("/people/roles", get(people::roles::get))
        .route("/people/roles/workbook", get(people::roles::workbook))
        .route("/people/unused", get(people::unused::get))
        .route("/people/{person}", get(people::show::get))
        .route("/people/{person}/grants", post(people::give::post))
        .route("/people/grants/{grant}/confirm", post(people::change::confirm))
        .route("/people/grants/{grant}/end", post(people::change::end))
        .route("/records/{record}/readers", get(records::readers::get))
        .route("/records/{record}/why", post(records::ask::post))
        .route("/restricted", get(restricted::list::get).post(restricted::list::post))
        .route("/restricted/{restriction}/lift", post(restricted::list::lift))
        .route("/break-glass", get(openings::open::get).post(openings::open::post))
        .route("/break-glass/openings", get(openings::list::get))
        .route(
            "/break-glass/openings/{opening}",
            get(openings::show::get).post(openings::show::post),
        )
        .route("/looks", get(looks::search::get))
        .route("/looks/workbook", get(looks::search::workbook))
        .route(
            "/looks/unusual/thresholds",
            get(looks::thresholds::get).post(looks::thresholds::post),
        )
        .route("/looks/unusual", get(looks::unusual::get).post(looks::unusual::post))
}
