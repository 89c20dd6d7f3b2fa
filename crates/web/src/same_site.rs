//! Forms are taken from our own pages alone.
//!
//! `tower-http` refuses what says that it comes from elsewhere. A browser always says where a form
//! comes from; what says nothing is no browser, and has no business sending forms with a session.

use axum::extract::Request;
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what would change something and does not say where it comes from. The API is shown a token
/// instead, which no browser adds by itself.
pub async fn say_whence(request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    let says = headers.contains_key(header::ORIGIN) || headers.contains_key(FETCH_SITE);
    if is_safe || says || request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let why = "A form is taken only from Quarterlight’s own pages, and this one does not say where it comes from. Nothing was changed.";
    (StatusCode::FORBIDDEN, why).into_response()
}
