//! What is counted, for Prometheus: requests by route, what waits, and how much room is left. Served on
//! an address of its own, which is none unless it is set, and nothing of it is about a child.

use std::fmt::Write;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use quarterlight_store::Store;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::serve::listen;

/// The bounds of the counts of how long requests took, in seconds.
const SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Begins to count, and serves what is counted where the settings say so.
pub async fn serve(config: &Config, store: Store) -> anyhow::Result<Option<JoinHandle<()>>> {
    if config.outside.metrics_listen.is_empty() {
        return Ok(None);
    }
    let handle = PrometheusBuilder::new().set_buckets(&SECONDS)?.install_recorder()?;
    let listener = listen(&config.outside.metrics_listen).await?;
    let pages = Router::new().route("/metrics", get(move || shown(handle.clone(), store.clone())));
    Ok(Some(tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, pages).await {
            tracing::error!("could not serve what is counted: {error}");
        }
    })))
}

async fn shown(handle: PrometheusHandle, store: Store) -> Response {
    let Ok(standing) = store.operations.standing().await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response();
    };
    handle.run_upkeep();
    let mut text = handle.render();
    let version = env!("CARGO_PKG_VERSION");
    // Writing to a text cannot fail.
    let _ = write!(
        text,
        "# TYPE quarterlight_info gauge\nquarterlight_info{{version=\"{version}\"}} 1\n"
    );
    for (name, value) in [
        ("quarterlight_concerns_waiting", standing.concerns),
        ("quarterlight_concern_emails_waiting", standing.concern_mails),
        ("quarterlight_reminders_waiting", standing.reminders),
        ("quarterlight_case_lists_waiting", standing.case_lists),
        ("quarterlight_journal_entries", standing.entries),
    ] {
        let _ = write!(text, "# TYPE {name} gauge\n{name} {value}\n");
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
