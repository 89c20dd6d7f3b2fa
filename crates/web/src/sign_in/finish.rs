//! The end of signing in, however it went: a new session, a browser that is known, and the way back.

use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::Timestamp;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::NewSession;

use super::from::From;
use crate::app::App;
use crate::error::Failure;
use crate::page::{self, Page};
use crate::pages::sessions::kept::KeptPage;
use crate::{links, session};

/// Where somebody was going, and the form that they had sent there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way<'a> {
    /// The page.
    pub back: &'a str,
    /// The form, as it was sent; blank when it was none.
    pub kept: &'a str,
}

/// Somebody who has shown who they are.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// Who.
    pub person: PersonId,
    /// The address that they sign in with, or what stands for it.
    pub email: &'a str,
    /// With what.
    pub proof: Proof,
    /// When.
    pub proved: Timestamp,
}

/// Begins the session of somebody who has shown who they are.
///
/// Its token is new, and so is the word by which the browser is known: whatever somebody planted there
/// before is worth nothing. The session that the browser had before ends.
///
/// # Errors
/// Fails if the database does.
pub async fn finish(
    app: &App,
    from: &From,
    who: Who<'_>,
    way: Way<'_>,
) -> Result<Response, Failure> {
    let (token, digest) = session::new_token(app);
    let (known, known_digest) = session::new_token(app);
    let stamp = Stamp::person(who.person, app.now(), "signed in");
    let mut happened = from.happened(app, SignInEvent::SignedIn, Some(who.person));
    who.proof.words().clone_into(&mut happened.detail);
    let new = NewSession {
        token: &digest,
        proof: who.proof,
        proved: who.proved,
        account: &app.sign_in.key.account(who.email),
        browser: (from.known.as_deref(), &known_digest),
        before: from.session.as_deref(),
        happened: &happened,
    };
    app.store.sessions.open(&stamp, &new).await?;
    // Whoever was here before may have left the key of their copies; theirs alone to have again.
    let headers = session::set_cookies([
        session::cookie(app, token),
        session::known_cookie(app, known),
        session::no_pending_cookie(app),
        session::no_copy_cookie(app),
    ]);
    Ok((headers, onward(app, way)?).into_response())
}

/// Back to where somebody was going; with a form that they had sent, by way of sending it again.
///
/// # Errors
/// Fails if the template does.
pub fn onward(app: &App, way: Way<'_>) -> Result<Response, Failure> {
    let back = local(way.back);
    if way.kept.is_empty() {
        return Ok(Redirect::to(&back).into_response());
    }
    let Page::Html(html) = page::show(&KeptPage::new(app, back, way.kept))? else {
        return Err(Failure::NotFound);
    };
    Ok(Html(html).into_response())
}

/// A path on this server; anything else leads home, so that no link can lead a person away.
pub fn local(back: &str) -> String {
    let is_local = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(['\\', '\r', '\n'])
        && back != links::sign_out();
    if is_local { back.to_owned() } else { links::home() }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn no_link_leads_a_person_away() {
        assert_eq!(local("/audits/3?x=1"), "/audits/3?x=1");
        for away in
            ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "", "/sign-out"]
        {
            assert_eq!(local(away), "/", "{away}");
        }
    }
}
