//! Signing in with a passkey: a password and a code in one, and no address to type.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_store::PendingKind;
use serde::Deserialize;

use super::sign_in::SignInPage;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::session;
use crate::sign_in::finish::{Way, finish};
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
    let passkeys = app.sign_in.passkeys.as_ref().ok_or(Failure::NotFound)?;
    let refused = |why: &str| {
        let page = SignInPage::told(&app, form.back.clone(), form.kept.clone(), why);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let wrong = "This passkey does not open Quarterlight. Sign in with your password.";
    let sign_ins = &app.store.sign_ins;
    let Some(token) = &from.pending else { return refused(wrong) };
    // Taken out first: one answer to one question, whatever becomes of it.
    let waited = sign_ins.take_pending(token, PendingKind::Passkey, app.now()).await?;
    let (Some(waited), Some(credential)) = (waited, Passkeys::which(&form.answer)) else {
        return refused(wrong);
    };
    let Some(kept) = sign_ins.passkey(&credential).await? else {
        sign_ins.note(&from.happened(&app, SignInEvent::Wrong, None)).await?;
        return refused(wrong);
    };
    let person = kept.person;
    let answer = (waited.question.as_str(), form.answer.as_str());
    let checked = passkeys.check(&app.sign_in.key, (person, &kept.passkey), answer);
    let is_new = match &checked {
        Ok(it) => sign_ins.use_passkey(kept.id, (it.counter, &it.passkey), app.now()).await?,
        Err(Refused::Copied) => false,
        Err(Refused::Wrong) => {
            sign_ins.note(&from.happened(&app, SignInEvent::Wrong, Some(person))).await?;
            return refused(wrong);
        }
    };
    if !is_new {
        let mut happened = from.happened(&app, SignInEvent::PasskeyRefused, Some(person));
        happened.detail = kept.name;
        sign_ins.note(&happened).await?;
        return refused(
            "This passkey may have been copied, and was refused. Sign in with your password, remove it and tell an administrator.",
        );
    }
    let line = sign_ins.of(person).await?.ok_or(Failure::NotFound)?;
    let someone = app.store.people.get(person).await?.ok_or(Failure::NotFound)?;
    let today = quarterlight_domain::stamp::day_in_england(app.now());
    if someone.roles_on(today).is_empty() {
        sign_ins.note(&from.happened(&app, SignInEvent::Wrong, Some(person))).await?;
        return refused(wrong);
    }
    let way = Way { back: &form.back, kept: &form.kept };
    finish(&app, &from, (person, &line.email, "passkey"), way).await
}
