//! Showing again who one is, before something weighty; and the second factor that a session lacks.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::limits;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_store::{SignInLine, SignsInWith};
use serde::Deserialize;

use super::{code, passkey};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, PasswordInput, TextInput, WarningText};
use crate::layout::Frame;
use crate::permit::{KeepOwnAccount, Through};
use crate::session::{First, SignedIn};
use crate::sign_in::finish::{Way, local, onward};
use crate::sign_in::from::From;
use crate::sign_in::tries;
use crate::sign_in::use_passkey::UsePasskey;
use crate::{links, page, password};

/// What was typed, and what is carried along.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProveForm {
    password: String,
    code: String,
    /// What the page's script adds, where a passkey was used.
    answer: String,
    back: String,
    kept: String,
}

/// What is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed {
    Password,
    PasswordAndCode,
}

/// By which ways somebody can show who they are.
#[derive(Debug, Clone, Copy, Default)]
struct Ways {
    typed: Option<Typed>,
    passkey: bool,
    provider: bool,
}

impl Ways {
    fn of(app: &App, visitor: &SignedIn, with: SignsInWith) -> Self {
        let provider = visitor.proof.is_of_provider() && app.outside.provider.is_some();
        let passkey = with.passkeys > 0 && app.sign_in.passkeys.is_some();
        // Whoever has a passkey and no codes shows that: a password alone is no way round it.
        let password =
            with.password && app.outside.passwords && !provider && (with.codes || !passkey);
        let typed = if with.codes { Typed::PasswordAndCode } else { Typed::Password };
        Self { typed: password.then_some(typed), passkey, provider }
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/prove.html")]
pub struct ProvePage {
    frame: Frame,
    errors: ErrorSummary,
    trouble: Option<WarningText>,
    action: String,
    typed: Option<(PasswordInput, Option<TextInput>)>,
    button: Button,
    passkey: Option<UsePasskey>,
    provider: Option<String>,
    /// What goes on once the council's own sign-in has asked them again on another page.
    again: (String, Vec<(String, String)>, Button),
    back: String,
    kept: String,
}

/// Where somebody was going with a form of this page, and the form that it carries.
pub fn carried(form: &str) -> (String, String) {
    let form: ProveForm = serde_urlencoded::from_str(form).unwrap_or_default();
    (local(&form.back), form.kept)
}

/// Asked for by itself: it leads back to what somebody signs in with.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn get(app: App, visitor: Through<KeepOwnAccount>) -> page::Result {
    let form = ProveForm { back: links::account(), ..ProveForm::default() };
    let line = own(&app, &visitor).await?;
    page::show(&ProvePage::of(&app, &visitor, (&line, None), &form, &Errors::default()))
}

/// Looks at what was shown, and goes on to where the person was going.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<ProveForm>,
) -> Result<Response, Failure> {
    let line = own(&app, &visitor).await?;
    let ways = Ways::of(&app, &visitor, line.with);
    let (mut errors, mut trouble) = (Errors::default(), None);
    let shown = if ways.passkey && !form.answer.is_empty() {
        match passkey::shown(&app, &from, &form.answer).await? {
            Ok(person) if person == visitor.id() => Some(visitor.proof.with_passkey()),
            Ok(_) => {
                trouble = Some("This passkey is somebody else’s.");
                None
            }
            Err(why) => {
                trouble = Some(why);
                None
            }
        }
    } else if ways.typed.is_some() {
        typed(&app, &from, &line, &form, &mut errors).await?
    } else {
        trouble = Some("Nothing was shown yet.");
        None
    };
    let Some(proof) = shown else {
        let page = ProvePage::of(&app, &visitor, (&line, trouble), &form, &errors);
        return Ok(page::again(&page)?.into_response());
    };
    let mut happened = from.happened(&app, SignInEvent::Shown, Some(visitor.id()));
    proof.words().clone_into(&mut happened.detail);
    app.store.sessions.proved(&visitor.session, proof, visitor.at, Some(&happened)).await?;
    onward(&app, Way { back: &form.back, kept: &form.kept })
}

async fn own(app: &App, visitor: &SignedIn) -> Result<SignInLine, Failure> {
    app.store.sign_ins.of(visitor.id()).await?.ok_or(Failure::NotFound)
}

/// A password, and a code of whoever has codes. Wrong ones count like those at the door.
async fn typed(
    app: &App,
    from: &From,
    line: &SignInLine,
    form: &ProveForm,
    errors: &mut Errors,
) -> Result<Option<Proof>, Failure> {
    let begun = match tries::begin(app, from, &line.email).await? {
        Ok(begun) => begun,
        Err(wait) => {
            tries::note_unseen(app, from, (Some(line.person), &line.email)).await?;
            errors.say("password", limits::in_words(wait));
            return Ok(None);
        }
    };
    let kept = app.store.sign_ins.password_of(line.person).await?;
    if !password::matches_in_turn(form.password.clone(), kept).await {
        begun.was_wrong(app, from, (SignInEvent::Wrong, Some(line.person))).await?;
        errors.say("password", "Enter the password that you sign in with now.");
        return Ok(None);
    }
    if !line.with.codes {
        begun.was_right(app).await?;
        return Ok(Some(Proof::Password));
    }
    match code::opens(app, from, line.person, &form.code).await? {
        Ok(proof) => {
            begun.was_right(app).await?;
            Ok(Some(proof))
        }
        Err(event) => {
            begun.was_wrong(app, from, (event, Some(line.person))).await?;
            errors.say("code", code::is_wrong(event));
            Ok(None)
        }
    }
}

impl ProvePage {
    /// The page in place of the one that somebody asked for, with where they were going.
    ///
    /// # Errors
    /// Fails if the database does.
    pub async fn asked(
        app: &App,
        visitor: &SignedIn,
        back: String,
        kept: String,
    ) -> Result<Response, Failure> {
        let form = ProveForm { back, kept, ..ProveForm::default() };
        let line = own(app, visitor).await?;
        let page = Self::of(app, visitor, (&line, None), &form, &Errors::default());
        Ok((StatusCode::FORBIDDEN, Html(page.render()?)).into_response())
    }

    fn of(
        app: &App,
        visitor: &SignedIn,
        (line, trouble): (&SignInLine, Option<&str>),
        form: &ProveForm,
        errors: &Errors,
    ) -> Self {
        let mut frame = visitor.frame(app, "Show that it is you", "");
        if visitor.first.is_some() {
            frame.navigation.clear();
        }
        let ways = Ways::of(app, visitor, line.with);
        let page = Self::new(frame, ways, form, errors);
        let lacks = "Something besides your password is asked of your role. Show what you have.";
        let first = (visitor.first == Some(First::Prove)).then_some(lacks);
        Self { trouble: trouble.or(first).map(WarningText::new), ..page }
    }

    fn new(frame: Frame, ways: Ways, form: &ProveForm, errors: &Errors) -> Self {
        let password = Field::new("password", "Your password").error(errors.at("password"));
        let code = code::field(errors.at("code"));
        let summary = ErrorSummary::new().field(&password).field(&code);
        let code = (ways.typed == Some(Typed::PasswordAndCode)).then(|| code::input(code));
        let back = local(&form.back);
        let fields = serde_urlencoded::from_str(&form.kept).unwrap_or_default();
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            trouble: None,
            action: links::prove(),
            typed: ways.typed.map(|_| (PasswordInput::current(password), code)),
            button: Button::submit("Continue"),
            passkey: ways.passkey.then(|| match ways.typed {
                Some(_) => UsePasskey::beside(links::prove(), &back, &form.kept),
                None => UsePasskey::alone(links::prove(), &back, &form.kept),
            }),
            provider: ways.provider.then(|| {
                // What was sent waits on this page; without it, they are led on from there.
                let is_kept = !form.kept.is_empty();
                links::provider_again(if is_kept { "/" } else { &back })
            }),
            again: (back.clone(), fields, Button::submit("Go on with what you sent").secondary()),
            back,
            kept: form.kept.clone(),
        }
    }

    /// By password and code, by passkey alone, and at the council's own sign-in with a form in hand.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Show that it is you");
        let form = ProveForm {
            back: "/people/3/grants".to_owned(),
            kept: "role=auditor&why=%3Cscript%3E".to_owned(),
            ..ProveForm::default()
        };
        let mut errors = Errors::default();
        errors.say("password", HOSTILE);
        errors.say("code", HOSTILE);
        let none = Errors::default();
        let both = Ways { typed: Some(Typed::PasswordAndCode), passkey: true, provider: false };
        let passkey = Ways { passkey: true, ..Ways::default() };
        let provider = Ways { provider: true, ..Ways::default() };
        vec![
            Self::new(frame(), both, &form, &errors),
            Self::new(frame(), passkey, &ProveForm::default(), &none),
            Self::new(frame(), provider, &form, &none),
            Self {
                trouble: Some(WarningText::new(HOSTILE)),
                ..Self::new(frame(), provider, &ProveForm::default(), &none)
            },
        ]
    }
}
