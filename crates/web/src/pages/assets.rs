//! The design system's files, which a browser may keep for ever: a new one has a new name.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::error::Failure;

/// The script that stands by where there is no network. Its name is always the same, so no browser
/// keeps it, and each look at a page may bring the next.
pub async fn standby() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], quarterlight_assets::standby())
        .into_response()
}

/// One file.
pub async fn get(Path(name): Path<String>) -> Response {
    match quarterlight_assets::find(&name) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.content_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.bytes,
        )
            .into_response(),
        None => Failure::NotFound.into_response(),
    }
}
