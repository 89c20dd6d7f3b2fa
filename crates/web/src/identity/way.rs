//! What a browser carries while its person is away at the identity provider.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::app::App;

/// How long somebody may take to sign in at the provider, in seconds.
const LONGEST: i64 = 10 * 60;

/// The longest path that is carried along; a longer one leads home.
const LONGEST_BACK: usize = 300;

/// What ties an answer of the provider to the browser that asked: it stands in a cookie that no
/// script reads, for ten minutes at most, and goes with its first use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// What must come back in the address.
    pub state: String,
    /// What must stand in the token.
    pub nonce: String,
    /// What the code is redeemed with: only its digest went through the browser's address.
    pub verifier: String,
    /// Where they were going.
    pub back: String,
    /// True where they are to be asked again, whatever session they have there.
    pub again: bool,
    /// When they went, in seconds.
    pub begun: i64,
}

impl Way {
    /// The way that a browser carries, unless it is too old.
    pub fn carried(app: &App, jar: &CookieJar, now: Timestamp) -> Option<Self> {
        Self::read(jar.get(name(app))?.value(), now)
    }

    fn read(cookie: &str, now: Timestamp) -> Option<Self> {
        let way: Self = serde_urlencoded::from_str(cookie).ok()?;
        // Anybody can write a cookie: a moment before all time is no moment.
        let passed = now.as_second().checked_sub(way.begun)?;
        (0..=LONGEST).contains(&passed).then_some(way)
    }

    /// True if what came back in the address is what went. Digests are compared, so that the time it
    /// takes says nothing of how much of it was right.
    pub fn is_of(&self, state: &str) -> bool {
        Sha256::digest(self.state.as_bytes()) == Sha256::digest(state.as_bytes())
    }

    /// The cookie that carries it.
    pub fn cookie(&self, app: &App) -> Cookie<'static> {
        let short = Self {
            back: Some(self.back.clone())
                .filter(|back| back.len() <= LONGEST_BACK)
                .unwrap_or_else(|| "/".to_owned()),
            ..self.clone()
        };
        Cookie::build((name(app), serde_urlencoded::to_string(short).unwrap_or_default()))
            .path("/")
            .http_only(true)
            .secure(!app.plain_http)
            // The provider sends the browser back, which is another site's doing.
            .same_site(SameSite::Lax)
            .build()
    }

    /// The same cookie, taken away again.
    pub fn no_cookie(app: &App) -> Cookie<'static> {
        let empty = Self {
            state: String::new(),
            nonce: String::new(),
            verifier: String::new(),
            back: String::new(),
            again: false,
            begun: 0,
        };
        let mut cookie = empty.cookie(app);
        cookie.make_removal();
        cookie
    }
}

fn name(app: &App) -> &'static str {
    if app.plain_http { "quarterlight-way" } else { "__Host-quarterlight-way" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_any_moment_is_read_and_only_a_young_one_holds() {
        let now: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let begun = |at: i64| format!("state=s&nonce=n&verifier=v&back=%2F&again=false&begun={at}");
        let second = now.as_second();
        for holds in [second, second - 1, second - LONGEST] {
            assert!(Way::read(&begun(holds), now).is_some(), "{holds}");
        }
        for over in [second + 1, second - LONGEST - 1, 0, i64::MIN, i64::MIN + 1, i64::MAX] {
            assert!(Way::read(&begun(over), now).is_none(), "{over}");
        }
        assert!(Way::read("state=s&begun=", now).is_none());
    }
}
