//! The routes of what has to do with machines: the identity provider, tokens, and how the program runs.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::pages::{api_tokens, operations, sessions};

/// The pages of those who look after the program.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api-tokens", get(api_tokens::list::get).post(api_tokens::list::post))
        .route("/api-tokens/{token}/end", post(api_tokens::list::end))
        .route("/operations", get(operations::show::get))
}

/// What is asked before anybody is signed in.
pub fn open() -> Router<App> {
    Router::new()
        .route("/sign-in/provider", get(sessions::provider::begin))
        .route("/sign-in/provider/callback", get(sessions::provider::callback))
        .route("/signed-out", get(sessions::signed_out::get))
        .route("/health", get(async || "well"))
        .route("/ready", get(ready))
}

/// Whether the program can do its work: the database answers, and its schema is this program's.
async fn ready(app: App) -> Response {
    let not_yet = |why: &'static str| (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    if app.store.operations.answers().await.is_err() {
        return not_yet("the database does not answer");
    }
    match app.store.steps_behind().await {
        Ok(0) => "ready".into_response(),
        Ok(_) => not_yet("the schema is not up to date"),
        Err(_) => not_yet("the database does not answer"),
    }
}
