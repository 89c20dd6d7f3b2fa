//! Changing one's own password.

use askama::Template;
use quarterlight_domain::sign_in::event::SignInEvent;
use serde::Deserialize;

use super::{frame, own};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, PasswordInput};
use crate::layout::Frame;
use crate::permit::{KeepOwnAccount, Through};
use crate::sign_in::from::From;
use crate::sign_in::screen::{Whose, screen};
use crate::sign_in::tries;
use crate::{links, page, password};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    present: String,
    new: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/account/password.html")]
pub struct PasswordPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    present: PasswordInput,
    new: PasswordInput,
    button: Button,
}

/// Shows the form.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn get(app: App, visitor: Through<KeepOwnAccount>) -> page::Result {
    page::show(&PasswordPage::new(
        frame(&app, &visitor, "Change your password"),
        &Errors::default(),
    ))
}

/// Changes the password, and ends every other session.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<PasswordForm>,
) -> page::Result {
    let line = own(&app, &visitor).await?;
    let mut errors = Errors::default();
    let whose = Whose { name: &line.name, email: &line.email, authority: &app.authority };
    let fits = password::has_length(&form.new).and_then(|()| screen(&form.new, whose));
    if errors.keep("new", fits).is_some()
        && let Err(error) =
            tries::present_password(&app, &from, (line.person, &line.email), &form.present).await?
    {
        errors.say("present", error);
    }
    let hash = if errors.is_empty() {
        errors.keep("new", password::hash_aside(form.new, (app.chance)()).await)
    } else {
        None
    };
    let Some(hash) = hash else {
        let frame = frame(&app, &visitor, "Change your password");
        return page::again(&PasswordPage::new(frame, &errors));
    };
    let happened = from.happened(&app, SignInEvent::PasswordChanged, Some(visitor.id()));
    let here = (visitor.session.as_slice(), from.known.as_deref());
    let (stamp, choice) = (visitor.stamp("changed their password"), (visitor.id(), hash.as_str()));
    app.store.sign_ins.change_password(&stamp, choice, here, &happened).await?;
    page::see_other(format!("{}?saved=password", links::account()))
}

impl PasswordPage {
    fn new(frame: Frame, errors: &Errors) -> Self {
        let present = Field::new("present", "Your password now").error(errors.at("present"));
        let new = Field::new("new", "New password")
            .hint("12 to 200 characters of any kind; you can paste it. Three or more words that have nothing to do with each other make a good one.")
            .error(errors.at("new"));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&present).field(&new),
            action: links::own_password(),
            present: PasswordInput::current(present),
            new: PasswordInput::chosen(new),
            button: Button::submit("Change your password"),
        }
    }

    /// Asked, and everything wrong.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("present", HOSTILE);
        errors.say("new", HOSTILE);
        let frame = || Frame::new("Change your password");
        vec![Self::new(frame(), &Errors::default()), Self::new(frame(), &errors)]
    }
}
