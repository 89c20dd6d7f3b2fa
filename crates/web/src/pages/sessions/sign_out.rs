//! Signing out.

use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use quarterlight_domain::sign_in::event::SignInEvent;
use serde::Deserialize;

use super::provider;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::links;
use crate::session::{self, SignedIn};
use crate::sign_in::from::From;

/// What the page's script knows of the machine.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignOutForm {
    /// Said where somebody else's answers wait on this machine, sealed: they are not lost because of
    /// whoever uses it next. What was this person's own, the script has wiped.
    others: String,
}

/// Ends the session, here and on the server, and with it the key of what the browser keeps sealed.
///
/// # Errors
/// Fails if the database does.
pub async fn post(
    app: App,
    from: From,
    sent: HeaderMap,
    visitor: SignedIn,
    Filled(form): Filled<SignOutForm>,
) -> Result<Response, Failure> {
    let happened = from.happened(&app, SignInEvent::SignedOut, Some(visitor.id()));
    app.store.sessions.end(&visitor.stamp("signed out"), &visitor.session, &happened).await?;
    let mut cookie = session::cookie(&app, String::new());
    cookie.make_removal();
    let gone = [cookie, session::no_copy_cookie(&app), provider::not_by_provider(&app)];
    let mut headers = session::set_cookies(gone);
    let cleared = if form.others.is_empty() { "\"cache\", \"storage\"" } else { "\"cache\"" };
    headers.insert("clear-site-data", HeaderValue::from_static(cleared));
    let next =
        if provider::is_by_provider(&app, &sent) { links::signed_out() } else { links::sign_in() };
    Ok((headers, Redirect::to(&next)).into_response())
}
