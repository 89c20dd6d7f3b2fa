//! Who calls: a token that is good, was made for this, and does not come too often.

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::hex::hex;
use quarterlight_domain::permission::api::{ApiDeed, Bearer};
use quarterlight_domain::stamp::{Stamp, day_in_england};
use quarterlight_store::Pace;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::app::App;

/// With what every token begins, so that a scanner for secrets knows one when it sees it.
pub const PREFIX: &str = "qlt_";

/// Whoever calls, once their token was found good. What it may do is asked by [`Caller::may`], and
/// no handler has a caller's stamp otherwise.
#[derive(Debug, Clone)]
pub struct Caller {
    bearer: Bearer,
    name: String,
    /// The moment of the call.
    pub at: Timestamp,
    /// The day of the call, in England.
    pub today: Date,
}

impl Caller {
    /// Nothing, if the token was made for this.
    ///
    /// # Errors
    /// Refuses what it was not made for.
    pub fn may(&self, deed: ApiDeed) -> Result<(), Problem> {
        if self.bearer.may(deed, self.today) {
            return Ok(());
        }
        Err(Problem::new(StatusCode::FORBIDDEN, "This token was not made for that."))
    }

    /// The stamp of something that is done by this token.
    pub fn stamp(&self, why: &str) -> Stamp {
        let why = format!("{why}, by the program “{}”", self.name);
        Stamp::token(self.bearer.token, self.at, why)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let none = || {
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "Show a good token in the header Authorization, as Bearer and the token.",
            )
        };
        let shown = parts.headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
        let token = shown.and_then(bearer_of).ok_or_else(none)?;
        let line = app.store.api_tokens.by_digest(&digest(token)).await?.ok_or_else(none)?;
        let at = app.now();
        let today = day_in_england(at);
        if !line.bearer.is_good(today) {
            return Err(none());
        }
        let route = parts.extensions.get::<MatchedPath>().map_or("none", MatchedPath::as_str);
        let route = format!("{} {route}", parts.method);
        let number = crate::error::number(&parts.headers);
        let id = line.bearer.token;
        let noted = app.store.api_tokens.note(id, (&route, &number), at, app.outside.pace);
        if noted.await? == Pace::TooFast {
            return Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "This token comes too often. Wait a minute.",
            ));
        }
        tracing::info!(request = number, token = id.0, route, "called");
        Ok(Self { bearer: line.bearer, name: line.name, at, today })
    }
}

/// The token of a header, where it has the form of one.
fn bearer_of(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    let is_ours = token.len() == PREFIX.len() + 64
        && token.strip_prefix(PREFIX)?.bytes().all(|byte| byte.is_ascii_hexdigit());
    (scheme.eq_ignore_ascii_case("bearer") && is_ours).then_some(token)
}

/// A new token, and the digest by which it is kept.
pub fn new_token(app: &App) -> (String, Vec<u8>) {
    let token = format!("{PREFIX}{}", hex(&(app.chance)()));
    let digest = digest(&token);
    (token, digest)
}

fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What stands after the question mark.
///
/// # Errors
/// Refuses what cannot be read as that.
pub fn asked<T: DeserializeOwned>(query: Option<&str>) -> Result<T, Problem> {
    serde_urlencoded::from_str(query.unwrap_or_default())
        .map_err(|_| Problem::unreadable("What stands after the question mark cannot be read."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_form_of_a_token_is_looked_up() {
        let good = format!("{PREFIX}{}", "0f".repeat(32));
        assert_eq!(bearer_of(&format!("Bearer {good}")), Some(good.as_str()));
        assert_eq!(bearer_of(&format!("bearer {good}")), Some(good.as_str()));
        for header in [
            good.clone(),
            format!("Basic {good}"),
            format!("Bearer  {good}"),
            format!("Bearer {good}0"),
            "Bearer ".to_owned(),
            String::new(),
            format!("Bearer {PREFIX}{}", "é".repeat(32)),
        ] {
            assert_eq!(bearer_of(&header), None, "{header}");
        }
    }
}
