//! The second half of signing in: a one-time code, a recovery code, or a passkey.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::Timestamp;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::limits;
use quarterlight_domain::sign_in::proof::Proof;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::PendingKind;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, InputKind, InputWidth, TextInput};
use crate::layout::Frame;
use crate::sign_in::finish::{Way, Who, finish};
use crate::sign_in::from::From;
use crate::sign_in::use_passkey::UsePasskey;
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
    /// The box for a code; none for whoever has a passkey alone.
    code: Option<TextInput>,
    button: Button,
    /// For whoever has nothing else.
    passkey: Option<UsePasskey>,
    back: String,
    kept: String,
}

/// What came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// The right password.
    Password,
    /// The council's own sign-in, which had asked them at this moment, where it says so.
    Provider(Option<Timestamp>),
}

impl First {
    /// As it waits in the database for the second half.
    fn question(self) -> String {
        match self {
            Self::Password => String::new(),
            Self::Provider(at) => format!("provider {}", at.map_or(0, Timestamp::as_second)),
        }
    }

    fn from_question(question: &str) -> Self {
        match question.strip_prefix("provider ").map(str::parse) {
            Some(seconds) => Self::Provider(
                seconds.ok().filter(|it| *it > 0).and_then(|it| Timestamp::from_second(it).ok()),
            ),
            None => Self::Password,
        }
    }
}

/// What somebody is asked, and after what.
#[derive(Debug, Clone, Copy)]
pub struct Asks {
    /// True for a code; otherwise for a passkey.
    pub codes: bool,
    /// What came first.
    pub first: First,
}

/// There is nothing to ask by itself: the password comes first.
pub async fn get() -> Redirect {
    Redirect::to(&links::sign_in())
}

/// Asks for the second half, now that the first was right. What is kept until it comes opens nothing.
///
/// # Errors
/// Fails if the database does.
pub async fn ask(
    app: &App,
    person: PersonId,
    asks: Asks,
    way: Way<'_>,
) -> Result<Response, Failure> {
    let form =
        CodeForm { back: way.back.to_owned(), kept: way.kept.to_owned(), ..CodeForm::default() };
    if !asks.codes {
        // A passkey is two factors by itself: it needs nothing that waits here.
        return Ok(Html(CodePage::passkey(app, &form).render()?).into_response());
    }
    let (token, digest) = session::new_token(app);
    let waits = (PendingKind::Code, Some(person));
    app.store.sign_ins.wait_for(&digest, waits, &asks.first.question(), app.now()).await?;
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
    let waited = app.store.sign_ins.take_try(&token, app.now()).await?;
    let Some((person, question)) = waited.and_then(|it| Some((it.person?, it.question))) else {
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
    let proof = match opens(&app, &from, person, &form.code).await? {
        Ok(proof) => proof,
        Err(event) => {
            begun.was_wrong(&app, &from, (event, Some(person))).await?;
            let page = CodePage::new(&app, &form, Some(is_wrong(event).to_owned()));
            return Ok(page::again(&page)?.into_response());
        }
    };
    // Taken out, so that one right password and one right code are one session.
    if app.store.sign_ins.take_pending(&token, PendingKind::Code, app.now()).await?.is_none() {
        return Ok(begin_again(&app));
    }
    begun.was_right(&app).await?;
    let way = Way { back: &form.back, kept: &form.kept };
    let (proof, proved) = match First::from_question(&question) {
        First::Password => (proof, app.now()),
        First::Provider(at) => (Proof::ProviderTwo, at.unwrap_or(Timestamp::UNIX_EPOCH)),
    };
    finish(&app, &from, Who { person, email: &line.email, proof, proved }, way).await
}

/// What somebody reads whose code does not open.
pub fn is_wrong(event: SignInEvent) -> &'static str {
    match event {
        SignInEvent::CodeReused => {
            "This code was used already. Wait for the next one, and enter that."
        }
        _ => "Enter the 6 digits that your telephone shows now, or a recovery code.",
    }
}

/// What the code is, where it opens; or what is noted of it.
///
/// # Errors
/// Fails if the database does.
pub async fn opens(
    app: &App,
    from: &From,
    person: PersonId,
    typed: &str,
) -> Result<Result<Proof, SignInEvent>, Failure> {
    if recovery::looks_like_one(typed) {
        let stamp = Stamp::person(person, app.now(), "used a recovery code");
        let happened = from.happened(app, SignInEvent::RecoveryUsed, Some(person));
        let digest = recovery::digest(typed);
        let sign_ins = &app.store.sign_ins;
        let is_right = sign_ins.use_recovery_code(&stamp, person, &digest, &happened).await?;
        return Ok(if is_right { Ok(Proof::Recovery) } else { Err(SignInEvent::SecondWrong) });
    }
    let Some(kept) = app.store.sign_ins.codes_of(person).await? else {
        return Ok(Err(SignInEvent::SecondWrong));
    };
    let step = codes::step(&app.sign_in.key, person, &kept.secret, typed, app.now());
    let Some(step) = step else { return Ok(Err(SignInEvent::SecondWrong)) };
    let is_new = app.store.sign_ins.use_code(kept.id, step).await?;
    Ok(if is_new { Ok(Proof::Code) } else { Err(SignInEvent::CodeReused) })
}

/// Where a code is typed, with what is wrong with it.
pub fn field(error: Option<String>) -> Field {
    Field::new("code", "Code")
        .hint("The 6 digits that your telephone shows now. Without it, one of your recovery codes.")
        .error(error)
}

/// The same as it stands on the page.
pub fn input(field: Field) -> TextInput {
    TextInput::new(field).kind(InputKind::OneTimeCode).width(InputWidth::Characters20)
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

    fn passkey(app: &App, form: &CodeForm) -> Self {
        let page = Self::new(app, form, None);
        let passkey = Some(UsePasskey::alone(links::sign_in_passkey(), &form.back, &form.kept));
        let frame = Frame { title: "Use your passkey".to_owned(), ..page.frame.clone() };
        Self { frame, code: None, passkey, ..page }
    }

    fn framed(frame: Frame, form: &CodeForm, error: Option<String>) -> Self {
        let frame = Frame { has_errors: error.is_some(), ..frame };
        let code = field(error);
        Self {
            frame,
            errors: ErrorSummary::new().field(&code),
            action: links::sign_in_code(),
            code: Some(input(code)),
            button: Button::submit("Sign in"),
            passkey: None,
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
            Self {
                code: None,
                passkey: Some(UsePasskey::alone(links::sign_in_passkey(), HOSTILE, HOSTILE)),
                ..Self::framed(frame(), &form, None)
            },
        ]
    }
}
