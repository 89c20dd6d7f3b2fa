//! What weighs so much that whoever asks for it shows again who they are, unless they did so lately.
//!
//! The gate asks, before any handler runs; here stands for which routes.

use axum::http::Method;
use jiff::SignedDuration;
use quarterlight_domain::sign_in::proof::{LATELY, is_lately};

use crate::session::SignedIn;

/// Forms that give away what a role opens, or that cannot be taken back.
const WEIGHTY: [&str; 9] = [
    "/people/{person}/grants",
    "/people/grants/{grant}/confirm",
    "/break-glass",
    "/api-tokens",
    "/retention/disposals/{disposal}/confirm",
    "/sign-ins/people/{person}",
    "/sign-ins/people/{person}/factors",
    "/sign-ins/people/{person}/sessions",
    "/account/sessions",
];

/// Pages on which somebody changes what they sign in with. What is typed there is never sent back by
/// anybody, and so they are asked before they see the page, and once more only after twice the time.
const OWN: [&str; 6] = [
    "/account/password",
    "/account/codes",
    "/account/codes/off",
    "/account/recovery-codes",
    "/account/passkeys",
    "/account/passkeys/remove",
];

/// True if somebody is to show again who they are before this is given to them.
pub fn is_asked(visitor: &SignedIn, method: &Method, route: &str) -> bool {
    within(method, route).is_some_and(|within| !is_lately(visitor.proved, visitor.at, within))
}

/// How lately it must have been; none where it does not matter.
fn within(method: &Method, route: &str) -> Option<SignedDuration> {
    let is_form = method == Method::POST;
    if OWN.contains(&route) {
        return Some(if is_form { LATELY * 2 } else { LATELY });
    }
    (is_form && WEIGHTY.contains(&route)).then_some(LATELY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_ones_own_is_asked_for_before_it_is_seen() {
        assert_eq!(within(&Method::GET, "/account/codes"), Some(LATELY));
        assert_eq!(within(&Method::POST, "/account/codes"), Some(LATELY * 2));
        assert_eq!(within(&Method::GET, "/break-glass"), None);
        assert_eq!(within(&Method::POST, "/break-glass"), Some(LATELY));
        assert_eq!(within(&Method::POST, "/audits/{audit}/submit"), None);
    }
}
