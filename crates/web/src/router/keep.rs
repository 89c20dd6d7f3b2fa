//! The routes of the history, of retention and of subject access.

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::pages::{bundles, history, retention};

/// These pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/history", get(history::show::get))
        .route("/history/proof", post(history::show::post))
        .route("/history/export", get(history::export::get))
        .route("/retention", get(retention::list::get))
        .route("/retention/rules", post(retention::rule::post))
        .route("/retention/holds", post(retention::hold::post))
        .route("/retention/holds/{hold}/lift", post(retention::hold::lift))
        .route("/retention/disposals", post(retention::list::propose))
        .route("/retention/disposals/{disposal}", get(retention::disposal::get))
        .route("/retention/disposals/{disposal}/file/{kind}", get(retention::disposal::file))
        .route("/retention/disposals/{disposal}/confirm", post(retention::disposal::confirm))
        .route("/retention/disposals/{disposal}/withdraw", post(retention::disposal::withdraw))
        .route("/subject-access", get(bundles::ask::get).post(bundles::ask::post))
}
