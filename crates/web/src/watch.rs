//! The number of each request, and what is written down about it: never its address, what was asked
//! in it, or what was sent with it.

use quarterlight_domain::hex::hex;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;
use crate::session::Known;

/// The header that carries the number, from the door to the log and back to the browser.
pub const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers a request. Whatever number it came with is not believed: it would stand in the log.
pub async fn number(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let number = hex((app.chance)().get(..6).unwrap_or_default());
    let Ok(number) = HeaderValue::from_str(&number) else { return next.run(request).await };
    request.headers_mut().insert(NUMBER, number.clone());
    let mut response = next.run(request).await;
    response.headers_mut().insert(NUMBER, number);
    response
}

/// Writes down that a request was answered: by which route, how, and how long it took.
pub async fn watch(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    // The route as the program has it, with the names of its parts and not what stood there.
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "none".to_owned());
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH") => {
            known.to_owned()
        }
        _ => "other".to_owned(),
    };
    let number = crate::error::number(request.headers());
    let response = next.run(request).await;
    if is_shut(response.status(), &route) {
        // Which person, by their number; nobody where no session came with it, or was looked at.
        let who = response.extensions().get::<Known>();
        let who = who.map_or_else(|| "nobody".to_owned(), |known| known.0.to_string());
        let status = response.status().as_u16();
        tracing::warn!(request = number, person = who, method, route, status, "a door stayed shut");
    }
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    tracing::info!(
        request = number,
        method,
        route,
        status,
        milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    let labels = [("route", route), ("method", method), ("status", status.to_string())];
    metrics::counter!("quarterlight_requests_total", &labels).increment(1);
    let [route, ..] = labels;
    metrics::histogram!("quarterlight_request_seconds", &[route]).record(took.as_secs_f64());
    response
}

/// True of an answer by which something was refused: not for them or not there, which look the same;
/// from elsewhere; against the rules; more, or more often, than is taken; or not to be read.
fn is_shut(status: StatusCode, route: &str) -> bool {
    match status {
        StatusCode::FORBIDDEN
        | StatusCode::CONFLICT
        | StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_REQUEST => true,
        // An address that the program does not have is no door.
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => route != "none",
        // Whoever has no session yet is asked to sign in; a program shows a token, or a wrong one.
        StatusCode::UNAUTHORIZED => route.starts_with("/api/"),
        _ => false,
    }
}
