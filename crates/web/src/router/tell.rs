//! The routes by which a committee is told: reports, and its register.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::pages::{register, reports};

/// The pages of this chapter.
pub fn routes() -> Router<App> {
    of_reports().merge(of_prepared()).merge(of_register())
}

/// The pages for everybody, without a session.
pub fn open() -> Router<App> {
    use reports::published::{compare, list, owed, report};

    Router::new()
        .route("/published", get(list::get))
        .route("/published/owed", get(owed::get))
        .route("/published/{report}", get(report::get))
        .route("/published/{report}/compare", get(compare::get))
        .route("/published/{report}/file/{kind}", get(report::file))
}

/// The pages of reports on their way to members.
fn of_prepared() -> Router<App> {
    use reports::prepare::{build, part, sentences, show, steps};

    Router::new()
        .route("/reports/quarters/{quarter}/build", post(build::post))
        .route("/reports/prepared/{prepared}", get(show::get))
        .route("/reports/prepared/{prepared}/parts/{part}", get(part::get))
        .route(
            "/reports/prepared/{prepared}/sentences/{part}",
            get(sentences::get).post(sentences::edit),
        )
        .route("/reports/prepared/{prepared}/accept/{part}", post(sentences::accept))
        .route("/reports/prepared/{prepared}/clear", post(steps::clear))
        .route("/reports/prepared/{prepared}/ground", post(steps::ground))
        .route("/reports/prepared/{prepared}/approve", post(steps::approve))
        .route("/reports/prepared/{prepared}/release", post(steps::release))
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
        .route("/reports/programmes/{year}", get(reports::programme::draft))
        .route("/reports/programmes/{year}/file/{kind}", get(reports::programme::draft_file))
        .route("/reports/programmes/{year}/build", post(reports::programme::post))
        .route("/reports/readers", get(reports::readers::get))
        .route("/reports/readers/csv", get(reports::readers::csv))
        .route("/reports/{report}", get(reports::show::get))
        .route("/reports/{report}/file/{kind}", get(reports::show::file))
}
