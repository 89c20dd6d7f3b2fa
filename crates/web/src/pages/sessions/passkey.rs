//! Signing in with a passkey: a password and a code in one, and no address to type.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_store::PendingKind;
use serde::Deserialize;

use super::sign_in::SignInPage;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::session;
use crate::sign_in::finish::{Way, Who, finish};
use crate::sign_in::from::From;
use crate::sign_in::passkeys::{Passkeys, Refused};

/// What the page's script sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasskeyForm {
    answer: String,
    back: String,
    kept: String,
}

/// What the browser is asked: the same for everybody, since nobody has said yet who they are.
///
/// # Errors
/// Fails if the database does.
pub async fn question(app: App) -> Result<Response, Failure> {
    let passkeys = app.sign_in.passkeys.as_ref().ok_or(Failure::NotFound)?;
    let asked = passkeys.ask().ok_or(Failure::NotFound)?;
    let (token, digest) = session::new_token(&app);
    let waits = (PendingKind::Passkey, None);
    app.store.sign_ins.wait_for(&digest, waits, &asked.remembered, app.now()).await?;
    let cookie = session::set_cookies([session::pending_cookie(&app, token)]);
    Ok((cookie, asked.asked).into_response())
}

/// Signs somebody in by what their passkey answers.
///
/// # Errors
/// Fails if the database does.
pub async fn post(
    app: App,
    from: From,
    Filled(form): Filled<PasskeyForm>,
) -> Result<Response, Failure> {
    let refused = |why: &str| {
        let page = SignInPage::told(&app, form.back.clone(), form.kept.clone(), why);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let sign_ins = &app.store.sign_ins;
    let person = match shown(&app, &from, &form.answer).await? {
        Ok(person) => person,
        Err(why) => return refused(why),
    };
    let line = sign_ins.of(person).await?.ok_or(Failure::NotFound)?;
    let someone = app.store.people.get(person).await?.ok_or(Failure::NotFound)?;
    let today = quarterlight_domain::stamp::day_in_england(app.now());
    if someone.roles_on(today).is_empty() {
        sign_ins.note(&from.happened(&app, SignInEvent::Wrong, Some(person))).await?;
        return refused(WRONG);
    }
    let way = Way { back: &form.back, kept: &form.kept };
    let (proof, proved) = (Proof::Passkey, app.now());
    finish(&app, &from, Who { person, email: &line.email, proof, proved }, way).await
}

/// What somebody reads whose passkey does not open.
const WRONG: &str = "This passkey does not open Quarterlight. Sign in with your password.";

/// Whose passkey has answered the question that this browser was asked; the inner error is what they
/// read where it opens nothing. Taken once, whatever becomes of it, and noted where it is refused.
///
/// # Errors
/// Fails if the database does. There are no passkeys where none are set up.
pub async fn shown(
    app: &App,
    from: &From,
    answer: &str,
) -> Result<Result<PersonId, &'static str>, Failure> {
    let passkeys = app.sign_in.passkeys.as_ref().ok_or(Failure::NotFound)?;
    let sign_ins = &app.store.sign_ins;
    let Some(token) = &from.pending else { return Ok(Err(WRONG)) };
    // Taken out first: one answer to one question.
    let waited = sign_ins.take_pending(token, PendingKind::Passkey, app.now()).await?;
    let (Some(waited), Some(credential)) = (waited, Passkeys::which(answer)) else {
        return Ok(Err(WRONG));
    };
    let Some(kept) = sign_ins.passkey(&credential).await? else {
        sign_ins.note(&from.happened(app, SignInEvent::Wrong, None)).await?;
        return Ok(Err(WRONG));
    };
    let person = kept.person;
    let answer = (waited.question.as_str(), answer);
    let checked = passkeys.check(&app.sign_in.key, (person, &kept.passkey), answer);
    let is_new = match &checked {
        Ok(it) => sign_ins.use_passkey(kept.id, (it.counter, &it.passkey), app.now()).await?,
        Err(Refused::Copied) => false,
        Err(Refused::Wrong) => {
            sign_ins.note(&from.happened(app, SignInEvent::Wrong, Some(person))).await?;
            return Ok(Err(WRONG));
        }
    };
    if is_new {
        return Ok(Ok(person));
    }
    let mut happened = from.happened(app, SignInEvent::PasskeyRefused, Some(person));
    happened.detail = kept.name;
    sign_ins.note(&happened).await?;
    Ok(Err(
        "This passkey may have been copied, and was refused. Sign in with your password, remove it and tell an administrator.",
    ))
}
