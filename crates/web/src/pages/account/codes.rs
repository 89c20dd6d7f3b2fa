//! Switching one's own one-time codes on and off.

use askama::Template;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_store::SignInLine;
use serde::Deserialize;

use super::new_codes::NewCodesPage;
use super::{frame, gave_password, own};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, ErrorSummary, Field, HOSTILE, InputKind, InputWidth, Markup, PasswordInput, TextInput,
};
use crate::layout::Frame;
use crate::permit::{KeepOwnAccount, Through};
use crate::session::SignedIn;
use crate::sign_in::codes::{NewCodes, propose, shown, step};
use crate::sign_in::from::From;
use crate::sign_in::recovery;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodesForm {
    /// The secret that was shown, sealed for this person.
    sealed: String,
    code: String,
    present: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/account/codes.html")]
pub struct CodesPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    off: String,
    is_on: bool,
    picture: Option<Markup>,
    words: String,
    sealed: String,
    code: TextInput,
    present: Option<PasswordInput>,
    button: Button,
}

const TITLE: &str = "One-time codes";

/// Shows a new secret; or, where codes are on, how to switch them off.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn get(app: App, visitor: Through<KeepOwnAccount>) -> page::Result {
    let line = own(&app, &visitor).await?;
    let new = if line.with.codes { None } else { Some(new_secret(&app, &line)?) };
    let frame = frame(&app, &visitor, TITLE);
    let page = CodesPage::new(frame, new, line.with.codes, &Errors::default());
    page::show(&page.where_asked(visitor.asks_password(&app)))
}

/// Switches codes on, once the telephone shows a right one, and gives recovery codes.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<CodesForm>,
) -> Result<Response, Failure> {
    let line = own(&app, &visitor).await?;
    let mut errors = Errors::default();
    let sealed = URL_SAFE_NO_PAD.decode(&form.sealed).unwrap_or_default();
    let whose = (line.person, line.email.as_str(), issuer(&app));
    let Some(again) = shown(&app.sign_in.key, (whose.0, whose.1, &whose.2), sealed.clone()) else {
        return Err(Failure::Unreadable);
    };
    let step = step(&app.sign_in.key, line.person, &sealed, &form.code, app.now());
    if step.is_none() {
        errors.say("code", "Enter the 6 digits that your telephone shows now.");
    } else if let Err(error) = gave_password(&app, &from, (&visitor, &line), &form.present).await? {
        errors.say("present", error);
    }
    let (Some(step), true) = (step, errors.is_empty()) else {
        let frame = frame(&app, &visitor, TITLE);
        let page = CodesPage::new(frame, Some(again), false, &errors)
            .where_asked(visitor.asks_password(&app));
        return Ok(page::again(&page)?.into_response());
    };
    let made = match line.with.recovery_codes {
        0 => recovery::new(&app, recovery::COUNT),
        _ => Vec::new(),
    };
    let digests: Vec<Vec<u8>> = made.iter().map(|(_, digest)| digest.clone()).collect();
    let happened = from.happened(&app, SignInEvent::CodesOn, Some(visitor.id()));
    let stamp = visitor.stamp("switched one-time codes on");
    let new = (line.person, sealed.as_slice(), step);
    app.store.sign_ins.switch_codes_on(&stamp, new, &digests, &happened).await?;
    // The code was right: this session has shown it too.
    let proof = visitor.proof.with_code();
    app.store.sessions.proved(&visitor.session, proof, visitor.proved, None).await?;
    if made.is_empty() {
        return Ok(page::see_other(format!("{}?saved=codes", links::account()))?.into_response());
    }
    let codes = made.into_iter().map(|(code, _)| code).collect();
    let page = NewCodesPage::new(frame(&app, &visitor, "Your recovery codes"), codes);
    Ok(page::show(&page)?.into_response())
}

/// Switches codes off, where something else is left that must be there.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn off(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<CodesForm>,
) -> page::Result {
    let line = own(&app, &visitor).await?;
    let mut errors = Errors::default();
    if line.with.passkeys == 0 && is_asked(&app, &visitor) {
        errors.say("present", "Something besides your password is asked of your role. Add a passkey first, then switch codes off.");
    } else if let Err(error) = gave_password(&app, &from, (&visitor, &line), &form.present).await? {
        errors.say("present", error);
    }
    if !errors.is_empty() {
        let frame = frame(&app, &visitor, TITLE);
        let page = CodesPage::new(frame, None, true, &errors);
        return page::again(&page.where_asked(visitor.asks_password(&app)));
    }
    let happened = from.happened(&app, SignInEvent::CodesOff, Some(visitor.id()));
    let stamp = visitor.stamp("switched one-time codes off");
    app.store.sign_ins.switch_codes_off(&stamp, visitor.id(), &happened).await?;
    page::see_other(format!("{}?saved=codes-off", links::account()))
}

/// Whether more than a password is asked of this person.
pub fn is_asked(app: &App, visitor: &SignedIn) -> bool {
    app.sign_in.second_factor.is_asked_of(&visitor.person, visitor.today)
}

fn issuer(app: &App) -> String {
    format!("Quarterlight {}", app.authority).trim().to_owned()
}

fn new_secret(app: &App, line: &SignInLine) -> Result<NewCodes, Failure> {
    let whose = (line.person, line.email.as_str(), issuer(app));
    let new =
        propose(&app.sign_in.key, (whose.0, whose.1, &whose.2), ((app.chance)(), (app.chance)()));
    new.ok_or_else(|| Failure::Failed("seal a secret".to_owned()))
}

impl CodesPage {
    fn new(frame: Frame, new: Option<NewCodes>, is_on: bool, errors: &Errors) -> Self {
        let code = Field::new("code", "Code")
            .hint("The 6 digits that your telephone shows now.")
            .error(errors.at("code"));
        let present = Field::new("present", "Your password").error(errors.at("present"));
        let mut summary = ErrorSummary::new();
        if !is_on {
            summary = summary.field(&code);
        }
        let button = if is_on {
            Button::submit("Switch one-time codes off").warning()
        } else {
            Button::submit("Switch one-time codes on")
        };
        let (picture, words, sealed) = match new {
            Some(new) => (Some(Markup::svg(new.picture)), new.words, new.sealed),
            None => (None, String::new(), Vec::new()),
        };
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary.field(&present),
            action: links::own_codes(),
            off: links::own_codes_off(),
            is_on,
            picture,
            words,
            sealed: URL_SAFE_NO_PAD.encode(sealed),
            code: TextInput::new(code).kind(InputKind::OneTimeCode).width(InputWidth::Characters10),
            present: Some(PasswordInput::current(present)),
            button,
        }
    }

    /// The page of whoever is asked for their password, or is not.
    fn where_asked(self, is_asked: bool) -> Self {
        Self { present: self.present.filter(|_| is_asked), ..self }
    }

    /// A new secret, everything wrong, and switched on.
    pub fn samples() -> Vec<Self> {
        let new = || NewCodes {
            words: "ABCD EFGH".to_owned(),
            picture: "<svg role=\"img\" aria-label=\"The secret\" viewBox=\"0 0 9 9\"></svg>"
                .to_owned(),
            sealed: vec![1, 2, 3],
        };
        let mut errors = Errors::default();
        errors.say("code", HOSTILE);
        errors.say("present", HOSTILE);
        let frame = || Frame::new(TITLE);
        vec![
            Self::new(frame(), Some(new()), false, &Errors::default()),
            Self::new(frame(), Some(new()), false, &errors),
            Self::new(frame(), None, true, &errors),
        ]
    }
}
