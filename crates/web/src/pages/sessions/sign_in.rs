//! Signing in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::limits;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_domain::stamp::day_in_england;
use serde::Deserialize;

use super::code;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, ErrorSummary, Field, InputKind, PasswordInput, TextInput, WarningText};
use crate::layout::Frame;
use crate::page;
use crate::sign_in::finish::{Way, Who, finish};
use crate::sign_in::from::From;
use crate::sign_in::tries;
use crate::sign_in::use_passkey::UsePasskey;
use crate::{links, password};

/// What the person typed, and where they were going.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    email: String,
    password: String,
    /// The page that they asked for.
    back: String,
    /// The form that they had sent there, as it was sent; blank when it was no form.
    kept: String,
}

/// The page for signing in.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/sign_in.html")]
pub struct SignInPage {
    frame: Frame,
    action: String,
    errors: ErrorSummary,
    email: TextInput,
    password: PasswordInput,
    button: Button,
    back: String,
    kept: String,
    demonstration: bool,
    /// None where there are no passkeys.
    passkey: Option<UsePasskey>,
    reset: String,
    ways: Ways,
}

/// By which ways people come in here, and what went wrong with one of them.
#[derive(Debug, Clone, Default)]
struct Ways {
    /// A password.
    password: bool,
    /// The way to the council's identity provider.
    provider: Option<String>,
    /// What went wrong there.
    trouble: Option<WarningText>,
    /// Sending once more what was kept, after signing in there on another page.
    again: Option<Button>,
    /// What was kept, field by field.
    fields: Vec<(String, String)>,
}

impl Ways {
    fn new(app: &App, form: &SignInForm) -> Self {
        let has_provider = app.outside.provider.is_some();
        let keeps = has_provider && !form.kept.is_empty();
        // What was kept is sent from this page, once somebody has signed in on another.
        let back = if keeps { links::home() } else { form.back.clone() };
        let provider = has_provider.then(|| links::provider_to(&back));
        Self {
            password: app.outside.passwords,
            again: keeps.then(|| Button::submit("Save what you wrote").secondary()),
            fields: if keeps {
                serde_urlencoded::from_str(&form.kept).unwrap_or_default()
            } else {
                Vec::new()
            },
            provider,
            trouble: None,
        }
    }
}

/// The page, asked for by itself.
///
/// # Errors
/// Fails if the template does.
pub async fn get(app: App) -> page::Result {
    page::show(&SignInPage::new(&app, &SignInForm::default(), None))
}

/// Signs somebody in, and takes them to where they were going; or asks for a code first.
///
/// Whether somebody has the address or not, it takes as many statements and one hashing.
///
/// # Errors
/// Fails if the database does.
pub async fn post(
    app: App,
    from: From,
    Filled(form): Filled<SignInForm>,
) -> Result<Response, Failure> {
    if !app.outside.passwords {
        return Err(Refusal::because(NO_PASSWORDS).into());
    }
    let begun = tries::begin(&app, &from, &form.email).await?;
    let facts = app.store.people.signing_in(&form.email, day_in_england(app.now())).await?;
    let person = facts.as_ref().map(|facts| facts.person);
    let begun = match begun {
        Ok(begun) => begun,
        Err(wait) => {
            tries::note_unseen(&app, &from, (person, &form.email)).await?;
            let page = SignInPage::new(&app, &form, Some(&limits::in_words(wait)));
            return Ok((StatusCode::TOO_MANY_REQUESTS, Html(page.render()?)).into_response());
        }
    };
    let kept = facts.as_ref().and_then(|it| it.password.clone());
    let is_right = password::matches_in_turn(form.password.clone(), kept).await;
    let Some(facts) = facts.filter(|_| is_right) else {
        begun.was_wrong(&app, &from, (SignInEvent::Wrong, person)).await?;
        // The same words whether the address is known or not.
        let error = "Enter the email address and password of somebody who may sign in.";
        return Ok(page::again(&SignInPage::new(&app, &form, Some(error)))?.into_response());
    };
    begun.was_right(&app).await?;
    let way = Way { back: &form.back, kept: &form.kept };
    // Whoever has a second factor is asked for it: a password alone is no way round one.
    let has_passkeys = facts.has_passkeys && app.sign_in.passkeys.is_some();
    if facts.has_codes || has_passkeys {
        let asks = code::Asks { codes: facts.has_codes, first: code::First::Password };
        return code::ask(&app, facts.person, asks, way).await;
    }
    let (proof, proved) = (Proof::Password, app.now());
    let who = Who { person: facts.person, email: &form.email, proof, proved };
    finish(&app, &from, who, way).await
}

/// What somebody reads who sends a password where none is taken.
const NO_PASSWORDS: &str = "Nobody signs in here with a password. Use your council’s own sign-in.";

impl SignInPage {
    /// The page that somebody gets who asked for another.
    pub fn asked(app: &App, back: String, kept: String) -> Response {
        let form = SignInForm { back, kept, ..SignInForm::default() };
        match Self::new(app, &form, None).render() {
            Ok(html) => (StatusCode::UNAUTHORIZED, Html(html)).into_response(),
            Err(error) => Failure::from(error).into_response(),
        }
    }

    /// The page with what is wrong, for whoever came by another way than its form.
    pub fn told(app: &App, back: String, kept: String, error: &str) -> Response {
        let form = SignInForm { back, kept, ..SignInForm::default() };
        match Self::new(app, &form, Some(error)).render() {
            Ok(html) => Html(html).into_response(),
            Err(error) => Failure::from(error).into_response(),
        }
    }

    fn new(app: &App, form: &SignInForm, error: Option<&str>) -> Self {
        let frame = Frame {
            authority: app.authority.clone(),
            demonstration: app.demonstration,
            ..Frame::new("Sign in")
        };
        let passkey = app.sign_in.passkeys.is_some();
        let mut page = Self { ways: Ways::new(app, form), ..Self::framed(frame, form, error) };
        page.passkey = page.passkey.filter(|_| passkey);
        page
    }

    /// The page for somebody whom the council's own sign-in did not bring in, and why.
    pub fn turned_away(app: &App, sentence: String) -> Response {
        let mut page = Self::new(app, &SignInForm::default(), None);
        page.ways.trouble = Some(WarningText::new(sentence));
        match page.render() {
            Ok(html) => (StatusCode::FORBIDDEN, Html(html)).into_response(),
            Err(error) => Failure::from(error).into_response(),
        }
    }

    fn framed(frame: Frame, form: &SignInForm, error: Option<&str>) -> Self {
        let email = Field::new("email", "Email address").error(error.map(str::to_owned));
        Self {
            demonstration: frame.demonstration,
            frame: Frame { has_errors: error.is_some(), ..frame },
            action: links::sign_in(),
            errors: ErrorSummary::new().field(&email),
            email: TextInput::new(email)
                .value(form.email.clone())
                .kind(InputKind::Email)
                .autocomplete("username"),
            // What was typed as a password is never sent back.
            password: PasswordInput::current(Field::new("password", "Password")),
            button: Button::submit("Sign in"),
            back: form.back.clone(),
            kept: form.kept.clone(),
            passkey: Some(UsePasskey::beside(links::sign_in_passkey(), &form.back, &form.kept)),
            reset: links::reset(),
            ways: Ways { password: true, ..Ways::default() },
        }
    }

    /// Asked for, asked for with a form in hand, and after a wrong password.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Sign in");
        let form = SignInForm {
            email: "priya.anand@larkmoor.example".to_owned(),
            back: "/audits/3/standards/B1".to_owned(),
            kept: "judgement=met&seen=%3Cscript%3E".to_owned(),
            ..SignInForm::default()
        };
        let ways = |password| Ways {
            password,
            provider: Some(links::provider_to(&form.back)),
            trouble: Some(WarningText::new("Your council’s sign-in does not answer.")),
            again: Some(Button::submit("Save what you wrote").secondary()),
            fields: vec![("judgement".to_owned(), "<met>".to_owned())],
        };
        vec![
            Self { ways: ways(true), ..Self::framed(frame(), &form, None) },
            Self { ways: ways(false), ..Self::framed(frame(), &form, None) },
            Self::framed(frame(), &SignInForm::default(), None),
            Self::framed(frame(), &form, None),
            Self::framed(
                Frame { demonstration: true, ..frame() },
                &form,
                Some("Enter a password."),
            ),
        ]
    }
}
