//! Choosing a new password with the code that an administrator gave.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::limits;
use quarterlight_domain::stamp::Stamp;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, InputKind, PasswordInput, TextInput};
use crate::layout::Frame;
use crate::sign_in::from::From;
use crate::sign_in::screen::{Whose, screen};
use crate::sign_in::{recovery, tries};
use crate::{links, page, password};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ResetForm {
    email: String,
    code: String,
    new: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/reset.html")]
pub struct ResetPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    email: TextInput,
    code: TextInput,
    new: PasswordInput,
    button: Button,
}

/// Shows the form. The code is typed, and so never stands in an address.
///
/// # Errors
/// Fails if the template does.
pub async fn get(app: App) -> page::Result {
    page::show(&ResetPage::new(frame(&app), &ResetForm::default(), &Errors::default()))
}

/// Takes the new password, where the code is theirs and was not used. Then they sign in with it.
///
/// # Errors
/// Fails if the database does.
pub async fn post(
    app: App,
    from: From,
    Filled(form): Filled<ResetForm>,
) -> Result<Response, Failure> {
    let mut errors = Errors::default();
    let begun = match tries::begin(&app, &from, &form.email).await? {
        Ok(begun) => begun,
        Err(wait) => {
            tries::note_unseen(&app, &from, (None, &form.email)).await?;
            errors.say("email", limits::in_words(wait));
            let page = ResetPage::new(frame(&app), &form, &errors).render()?;
            return Ok((StatusCode::TOO_MANY_REQUESTS, Html(page)).into_response());
        }
    };
    let digest = recovery::digest(&form.code);
    let person = app.store.people.by_email(&form.email).await?;
    let whose = app.store.sign_ins.reset_of(&digest, app.now()).await?;
    let (Some(person), true) = (person, person.is_some() && person == whose) else {
        begun.was_wrong(&app, &from, (SignInEvent::Wrong, person)).await?;
        errors.say("code", "Enter the code that an administrator gave you, with your own address. It can be used once, within an hour.");
        return Ok(page::again(&ResetPage::new(frame(&app), &form, &errors))?.into_response());
    };
    begun.was_right(&app).await?;
    let line = app.store.sign_ins.of(person).await?.ok_or(Failure::NotFound)?;
    let whose = Whose { name: &line.name, email: &line.email, authority: &app.authority };
    let hash = match screen(&form.new, whose) {
        Ok(()) => password::hash_aside(form.new.clone(), (app.chance)()).await,
        Err(refusal) => Err(refusal),
    };
    let hash = match hash {
        Ok(hash) => hash,
        Err(refusal) => {
            errors.say("new", refusal.sentence());
            return Ok(page::again(&ResetPage::new(frame(&app), &form, &errors))?.into_response());
        }
    };
    let stamp = Stamp::person(person, app.now(), "chose a password after a reset");
    let happened = from.happened(&app, SignInEvent::ResetUsed, Some(person));
    app.store.sign_ins.use_reset(&stamp, (person, &digest, &hash), &happened).await?;
    Ok(Redirect::to(&links::sign_in()).into_response())
}

fn frame(app: &App) -> Frame {
    Frame {
        authority: app.authority.clone(),
        demonstration: app.demonstration,
        breadcrumbs: vec![("Sign in".to_owned(), links::sign_in())],
        ..Frame::new("Choose a new password")
    }
}

impl ResetPage {
    fn new(frame: Frame, form: &ResetForm, errors: &Errors) -> Self {
        let email = Field::new("email", "Email address").error(errors.at("email"));
        let code = Field::new("code", "Code from an administrator")
            .hint("24 letters and digits. Capitals and hyphens do not matter.")
            .error(errors.at("code"));
        let new = Field::new("new", "New password")
            .hint("12 to 200 characters of any kind. Three or more words that have nothing to do with each other make a good one.")
            .error(errors.at("new"));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&email).field(&code).field(&new),
            action: links::reset(),
            email: TextInput::new(email)
                .value(form.email.clone())
                .kind(InputKind::Email)
                .autocomplete("username"),
            code: TextInput::new(code).value(form.code.clone()).autocomplete("off"),
            new: PasswordInput::chosen(new),
            button: Button::submit("Choose this password"),
        }
    }

    /// Asked, and everything wrong with hostile words.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for field in ["email", "code", "new"] {
            errors.say(field, "Enter it.");
        }
        let form =
            ResetForm { email: HOSTILE.to_owned(), code: HOSTILE.to_owned(), new: String::new() };
        let frame = || Frame::new("Choose a new password");
        vec![
            Self::new(frame(), &ResetForm::default(), &Errors::default()),
            Self::new(frame(), &form, &errors),
        ]
    }
}
