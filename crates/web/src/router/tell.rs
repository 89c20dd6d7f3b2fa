//! The routes by which a committee is told: reports, and its register.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::pages::{register, reports};

/// The pages of this chapter.
pub fn routes() -> Router<App> {
    of_reports().merge(of_register())
}

/// The pages of the committee's register.
fn of_register() -> Router<App> {
    use register::{candidates, enter, item, list, meet, meeting, minutes, step};

    Router::new()
        .route("/register", get(list::get))
        .route("/register/meetings", post(meet::post))
        .route("/register/meetings/{meeting}", get(meeting::get))
        .route("/register/meetings/{meeting}/item", get(enter::get).post(enter::post))
        .route("/register/meetings/{meeting}/minutes", get(minutes::get).post(minutes::post))
        .route("/register/meetings/{meeting}/items", post(candidates::post))
        .route("/register/{item}", get(item::get))
        .route("/register/{item}/reply", post(step::reply))
        .route("/register/{item}/committee", post(step::committee))
        .route("/register/{item}/due", post(step::due))
        .route("/register/{item}/owner", post(step::owner))
}

/// The pages of reports.
fn of_reports() -> Router<App> {
    Router::new()
        .route("/assurance", get(reports::assurance::latest))
        .route("/assurance/pack", get(reports::pack::get))
        .route("/assurance/pack/file/{kind}", get(reports::pack::file))
        .route("/assurance/{quarter}", get(reports::assurance::get))
        .route("/reports", get(reports::list::get))
        .route("/reports/quarters/{quarter}", get(reports::draft::get))
        .route("/reports/quarters/{quarter}/file/{kind}", get(reports::draft::file))
        .route("/reports/quarters/{quarter}/release", post(reports::release::post))
        .route("/reports/programmes/{year}", get(reports::programme::draft))
        .route("/reports/programmes/{year}/file/{kind}", get(reports::programme::draft_file))
        .route("/reports/programmes/{year}/release", post(reports::programme::release))
        .route("/reports/programmes/released/{id}", get(reports::programme::released))
        .route(
            "/reports/programmes/released/{id}/file/{kind}",
            get(reports::programme::released_file),
        )
        .route("/reports/{report}", get(reports::show::get))
        .route("/reports/{report}/file/{kind}", get(reports::show::file))
}
