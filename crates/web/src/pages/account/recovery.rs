//! One's own recovery codes: how many are left, and ten new ones, shown once.

use askama::Template;
use axum::response::{IntoResponse, Response};
use quarterlight_domain::sign_in::event::SignInEvent;
use serde::Deserialize;

use super::new_codes::NewCodesPage;
use super::{frame, gave_password, own};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, PasswordInput};
use crate::layout::Frame;
use crate::permit::{KeepOwnAccount, Through};
use crate::sign_in::from::From;
use crate::sign_in::recovery;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RecoveryForm {
    present: String,
}

/// How many are left.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/account/recovery.html")]
pub struct RecoveryPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    left: u32,
    present: Option<PasswordInput>,
    button: Button,
}

const TITLE: &str = "Recovery codes";

/// Shows how many are left.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn get(app: App, visitor: Through<KeepOwnAccount>) -> page::Result {
    let line = own(&app, &visitor).await?;
    let (frame, left) = (frame(&app, &visitor, TITLE), line.with.recovery_codes);
    let page = RecoveryPage::new(frame, left, &Errors::default());
    page::show(&page.where_asked(visitor.asks_password(&app)))
}

/// Makes ten new ones. Those before hold no more.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<RecoveryForm>,
) -> Result<Response, Failure> {
    let line = own(&app, &visitor).await?;
    let mut errors = Errors::default();
    if !line.with.codes {
        errors.say("present", "Switch one-time codes on first: recovery codes stand in for them.");
    } else if let Err(error) = gave_password(&app, &from, (&visitor, &line), &form.present).await? {
        errors.say("present", error);
    }
    if !errors.is_empty() {
        let frame = frame(&app, &visitor, TITLE);
        let page = RecoveryPage::new(frame, line.with.recovery_codes, &errors)
            .where_asked(visitor.asks_password(&app));
        return Ok(page::again(&page)?.into_response());
    }
    let made = recovery::new(&app, recovery::COUNT);
    let digests: Vec<Vec<u8>> = made.iter().map(|(_, digest)| digest.clone()).collect();
    let happened = from.happened(&app, SignInEvent::RecoveryMade, Some(visitor.id()));
    let stamp = visitor.stamp("made new recovery codes");
    app.store.sign_ins.give_recovery_codes(&stamp, line.person, &digests, &happened).await?;
    let codes = made.into_iter().map(|(code, _)| code).collect();
    let page = NewCodesPage::new(frame(&app, &visitor, "Your recovery codes"), codes);
    Ok(page::show(&page)?.into_response())
}

impl RecoveryPage {
    fn new(frame: Frame, left: u32, errors: &Errors) -> Self {
        let present = Field::new("present", "Your password").error(errors.at("present"));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&present),
            action: links::own_recovery_codes(),
            left,
            present: Some(PasswordInput::current(present)),
            button: Button::submit("Make ten new codes"),
        }
    }

    /// The page of whoever is asked for their password, or is not.
    fn where_asked(self, is_asked: bool) -> Self {
        Self { present: self.present.filter(|_| is_asked), ..self }
    }

    /// None left, and some with an error.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("present", HOSTILE);
        let frame = || Frame::new(TITLE);
        vec![Self::new(frame(), 0, &Errors::default()), Self::new(frame(), 9, &errors)]
    }
}
