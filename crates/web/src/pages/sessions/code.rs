//! The second half of signing in: a one-time code, or a recovery code.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::limits;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::PendingKind;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, InputKind, InputWidth, TextInput};
use crate::layout::Frame;
use crate::sign_in::finish::{Way, finish};
use crate::sign_in::from::From;
use crate::sign_in::{codes, recovery, tries};
use crate::{links, page, session};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
    back: String,
    kept: String,
}

/// The page that asks for a code.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/code.html")]
pub struct CodePage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    code: TextInput,
    button: Button,
    back: String,
    kept: String,
}

/// There is nothing to ask by itself: the password comes first.
pub async fn get() -> Redirect {
    Redirect::to(&links::sign_in())
}

/// Asks for a code, now that the password was right. What is kept until it comes opens nothing.
///
/// # Errors
/// Fails if the database does.
pub async fn ask(
    app: &App,
    (person, _): (PersonId, &str),
    way: Way<'_>,
) -> Result<Response, Failure> {
    let (token, digest) = session::new_token(app);
    let waits = (PendingKind::Code, Some(person));
    app.store.sign_ins.wait_for(&digest, waits, "", app.now()).await?;
    let form =
        CodeForm { back: way.back.to_owned(), kept: way.kept.to_owned(), ..CodeForm::default() };
    let page = CodePage::new(app, &form, None).render()?;
    Ok((session::set_cookies([session::pending_cookie(app, token)]), Html(page)).into_response())
}

/// Looks at a code. Five are looked at for one right password, and wrong ones count like passwords.
///
/// # Errors
/// Fails if the database does.
pub async fn post(
    app: App,
    from: From,
    Filled(form): Filled<CodeForm>,
) -> Result<Response, Failure> {
    let Some(token) = from.pending.clone() else { return Ok(begin_again(&app)) };
    let Some(person) =
        app.store.sign_ins.take_try(&token, app.now()).await?.and_then(|it| it.person)
    else {
        return Ok(begin_again(&app));
    };
    let Some(line) = app.store.sign_ins.of(person).await? else { return Ok(begin_again(&app)) };
    let begun = match tries::begin(&app, &from, &line.email).await? {
        Ok(begun) => begun,
        Err(wait) => {
            tries::note_unseen(&app, &from, (Some(person), &line.email)).await?;
            let page = CodePage::new(&app, &form, Some(limits::in_words(wait))).render()?;
            return Ok((StatusCode::TOO_MANY_REQUESTS, Html(page)).into_response());
        }
    };
    let factor = match opens(&app, &from, person, &form.code).await? {
        Ok(factor) => factor,
        Err(event) => {
            begun.was_wrong(&app, &from, (event, Some(person))).await?;
            let error = match event {
                SignInEvent::CodeReused => {
                    "This code was used already. Wait for the next one, and enter that."
                }
                _ => "Enter the 6 digits that your telephone shows now, or a recovery code.",
            };
            let page = CodePage::new(&app, &form, Some(error.to_owned()));
            return Ok(page::again(&page)?.into_response());
        }
    };
    // Taken out, so that one right password and one right code are one session.
    if app.store.sign_ins.take_pending(&token, PendingKind::Code, app.now()).await?.is_none() {
        return Ok(begin_again(&app));
    }
    begun.was_right(&app).await?;
    let way = Way { back: &form.back, kept: &form.kept };
    finish(&app, &from, (person, &line.email, factor), way).await
}

/// What the code is, where it opens; or what is noted of it.
async fn opens(
    app: &App,
    from: &From,
    person: PersonId,
    typed: &str,
) -> Result<Result<&'static str, SignInEvent>, Failure> {
    if recovery::looks_like_one(typed) {
        let stamp = Stamp::person(person, app.now(), "used a recovery code");
        let happened = from.happened(app, SignInEvent::RecoveryUsed, Some(person));
        let digest = recovery::digest(typed);
        let sign_ins = &app.store.sign_ins;
        let is_right = sign_ins.use_recovery_code(&stamp, person, &digest, &happened).await?;
        return Ok(if is_right { Ok("recovery") } else { Err(SignInEvent::SecondWrong) });
    }
    let Some(kept) = app.store.sign_ins.codes_of(person).await? else {
        return Ok(Err(SignInEvent::SecondWrong));
    };
    let step = codes::step(&app.sign_in.key, person, &kept.secret, typed, app.now());
    let Some(step) = step else { return Ok(Err(SignInEvent::SecondWrong)) };
    let is_new = app.store.sign_ins.use_code(kept.id, step).await?;
    Ok(if is_new { Ok("code") } else { Err(SignInEvent::CodeReused) })
}

fn begin_again(app: &App) -> Response {
    let headers = session::set_cookies([session::no_pending_cookie(app)]);
    (headers, Redirect::to(&links::sign_in())).into_response()
}

impl CodePage {
    fn new(app: &App, form: &CodeForm, error: Option<String>) -> Self {
        let frame = Frame {
            authority: app.authority.clone(),
            demonstration: app.demonstration,
            ..Frame::new("Enter your code")
        };
        Self::framed(frame, form, error)
    }

    fn framed(frame: Frame, form: &CodeForm, error: Option<String>) -> Self {
        let frame = Frame { has_errors: error.is_some(), ..frame };
        let code = Field::new("code", "Code")
            .hint("The 6 digits that your telephone shows now. Without it, one of your recovery codes.")
            .error(error);
        Self {
            frame,
            errors: ErrorSummary::new().field(&code),
            action: links::sign_in_code(),
            code: TextInput::new(code).kind(InputKind::OneTimeCode).width(InputWidth::Characters20),
            button: Button::submit("Sign in"),
            back: form.back.clone(),
            kept: form.kept.clone(),
        }
    }

    /// Asked, and after a wrong code with a form in hand.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Enter your code");
        let form = CodeForm {
            code: HOSTILE.to_owned(),
            back: HOSTILE.to_owned(),
            kept: HOSTILE.to_owned(),
        };
        vec![
            Self::framed(frame(), &CodeForm::default(), None),
            Self::framed(frame(), &form, Some("Enter the 6 digits.".to_owned())),
        ]
    }
}
