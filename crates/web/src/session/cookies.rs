//! The cookies by which a browser is known: to its session, to accounts, and to what is half done.

use axum::http::{HeaderMap, header};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use quarterlight_domain::hex::hex;
use quarterlight_store::CopyKey;
use sha2::{Digest, Sha256};

use crate::app::App;

/// A new session's token, and the digest by which it is kept.
pub fn new_token(app: &App) -> (String, Vec<u8>) {
    let token = hex(&(app.chance)());
    let digest = digest(&token);
    (token, digest)
}

/// The cookie that carries a token.
pub fn cookie(app: &App, token: String) -> Cookie<'static> {
    Cookie::build((cookie_name(app), token))
        .path("/")
        .http_only(true)
        .secure(!app.plain_http)
        .same_site(SameSite::Lax)
        .build()
}

/// The cookie by which a browser is known to the accounts that were signed in to with it.
pub fn known_cookie(app: &App, token: String) -> Cookie<'static> {
    let mut cookie = cookie(app, token);
    cookie.set_name(name(app, "quarterlight-browser", "__Host-quarterlight-browser"));
    cookie.set_max_age(time::Duration::days(365));
    cookie
}

/// The digest by which the browser may be known.
pub fn known_browser(app: &App, headers: &HeaderMap) -> Option<Vec<u8>> {
    cookie_digest(headers, name(app, "quarterlight-browser", "__Host-quarterlight-browser"))
}

/// The cookie of a sign-in that is half done: it opens nothing.
pub fn pending_cookie(app: &App, token: String) -> Cookie<'static> {
    let mut cookie = cookie(app, token);
    cookie.set_name(name(app, "quarterlight-half", "__Host-quarterlight-half"));
    cookie.set_same_site(SameSite::Strict);
    cookie.set_max_age(time::Duration::minutes(10));
    cookie
}

/// The same cookie, taken away again.
pub fn no_pending_cookie(app: &App) -> Cookie<'static> {
    let mut cookie = pending_cookie(app, String::new());
    cookie.make_removal();
    cookie
}

/// The digest of the session that the browser has, whether it still holds or not.
pub fn present(app: &App, headers: &HeaderMap) -> Option<Vec<u8>> {
    cookie_digest(headers, cookie_name(app))
}

/// The digest of a sign-in that is half done.
pub fn pending(app: &App, headers: &HeaderMap) -> Option<Vec<u8>> {
    cookie_digest(headers, name(app, "quarterlight-half", "__Host-quarterlight-half"))
}

/// The cookie that carries the key of what a browser keeps sealed. The page's own script reads it; it
/// has no day on which it ends, so that a browser that is closed forgets it.
pub fn copy_cookie(app: &App, key: &CopyKey) -> Cookie<'static> {
    let secret = hex(&key.secret);
    let name = if app.plain_http { "quarterlight-copy" } else { "__Host-quarterlight-copy" };
    Cookie::build((name, format!("{}.{secret}", key.id)))
        .path("/")
        .secure(!app.plain_http)
        .same_site(SameSite::Strict)
        .build()
}

/// The same cookie, taken away again.
pub fn no_copy_cookie(app: &App) -> Cookie<'static> {
    let mut cookie = copy_cookie(app, &CopyKey { id: String::new(), secret: Vec::new() });
    cookie.make_removal();
    cookie
}

/// The headers that set these cookies.
pub fn set_cookies(cookies: impl IntoIterator<Item = Cookie<'static>>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for cookie in cookies {
        if let Ok(value) = cookie.to_string().parse() {
            headers.append(header::SET_COOKIE, value);
        }
    }
    headers
}

/// The cookie's name: with the prefix by which browsers refuse it from anywhere but this very host.
pub(super) fn cookie_name(app: &App) -> &'static str {
    name(app, "quarterlight", "__Host-quarterlight")
}

fn name(app: &App, plain: &'static str, host: &'static str) -> &'static str {
    if app.plain_http { plain } else { host }
}

pub(super) fn cookie_digest(headers: &HeaderMap, name: &str) -> Option<Vec<u8>> {
    CookieJar::from_headers(headers).get(name).map(|cookie| digest(cookie.value()))
}

fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
