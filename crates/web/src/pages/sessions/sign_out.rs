//! Signing out.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::App;
use crate::error::Failure;
use crate::links;
use crate::session::{self, SignedIn};

/// Ends the session, here and on the server.
///
/// # Errors
/// Fails if the database does.
pub async fn post(app: App, visitor: SignedIn) -> Result<Response, Failure> {
    app.store.sessions.end(&visitor.stamp("signed out"), &visitor.session, visitor.id()).await?;
    let mut headers = HeaderMap::new();
    let mut cookie = session::cookie(&app, String::new());
    cookie.make_removal();
    if let Ok(value) = cookie.to_string().parse() {
        headers.insert(header::SET_COOKIE, value);
    }
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok((headers, Redirect::to(&links::sign_in())).into_response())
}
