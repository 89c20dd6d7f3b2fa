//! The routes of teams, staff, the trend and the allocation protocol.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::pages::staffing::{allocation, protocol, reason, staff, teams, trend};

/// These pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/trend", get(trend::get))
        .route("/trend.csv", get(trend::file))
        .route("/staff", get(staff::get).post(staff::post))
        .route("/staff/list", post(staff::list))
        .route("/teams", get(teams::get).post(teams::post))
        .route("/allocation", get(allocation::get))
        .route("/allocation/protocol/next", get(protocol::get).post(protocol::post))
        .route("/allocation/records/{record}/{advice}", get(reason::get).post(reason::post))
}
