//! One's own passkeys: to add, to name and to remove.

use askama::Template;
use axum::response::{IntoResponse, Response};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{KeptPasskey, NewPasskey, PendingKind};
use serde::Deserialize;

use super::codes::is_asked;
use super::{frame, gave_password, own};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, PasswordInput, TextInput};
use crate::layout::Frame;
use crate::permit::{KeepOwnAccount, Through};
use crate::sign_in::from::From;
use crate::{links, page, session};

/// What was typed, and what the page's script adds to it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasskeyForm {
    name: String,
    present: String,
    answer: String,
}

/// Which passkey is to go.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RemoveForm {
    passkey: String,
    removing: String,
}

/// A passkey as the page shows it.
#[derive(Debug, Clone)]
struct Shown {
    id: i64,
    name: String,
    words: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/account/passkeys.html")]
pub struct PasskeysPage {
    frame: Frame,
    errors: ErrorSummary,
    are_possible: bool,
    passkeys: Vec<Shown>,
    action: String,
    question: String,
    remove: String,
    name: TextInput,
    present: Option<PasswordInput>,
    removing: Option<PasswordInput>,
}

const TITLE: &str = "Passkeys";

/// Lists them.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn get(app: App, visitor: Through<KeepOwnAccount>) -> page::Result {
    let form = PasskeyForm::default();
    page::show(&shown(&app, &visitor, &form, &Errors::default()).await?)
}

/// What the browser is asked, to make one.
///
/// # Errors
/// There is no such page where passkeys are not set up.
pub async fn question(app: App, visitor: Through<KeepOwnAccount>) -> Result<Response, Failure> {
    let passkeys = app.sign_in.passkeys.as_ref().ok_or(Failure::NotFound)?;
    let line = own(&app, &visitor).await?;
    let kept = app.store.sign_ins.passkeys_of(visitor.id()).await?;
    let has: Vec<String> = kept.into_iter().map(|it| it.passkey).collect();
    let whose = (line.person, line.email.as_str(), line.name.as_str());
    let asked = passkeys.ask_for_new(&app.sign_in.key, whose, &has).ok_or(Failure::NotFound)?;
    let (token, digest) = session::new_token(&app);
    let waits = (PendingKind::NewPasskey, Some(visitor.id()));
    app.store.sign_ins.wait_for(&digest, waits, &asked.remembered, visitor.at).await?;
    let cookie = session::set_cookies([session::pending_cookie(&app, token)]);
    Ok((cookie, asked.asked).into_response())
}

/// Adds the one that the browser made.
///
/// # Errors
/// There is no such page where passkeys are not set up.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<PasskeyForm>,
) -> page::Result {
    let passkeys = app.sign_in.passkeys.as_ref().ok_or(Failure::NotFound)?;
    let line = own(&app, &visitor).await?;
    let mut errors = Errors::default();
    let name = form.name.trim();
    let waited = match &from.pending {
        Some(token) => {
            app.store.sign_ins.take_pending(token, PendingKind::NewPasskey, visitor.at).await?
        }
        None => None,
    };
    let waited = waited.filter(|waited| waited.person == Some(visitor.id()));
    let made = waited.and_then(|waited| passkeys.new_one(&waited.question, &form.answer));
    if !(1..=60).contains(&name.chars().count()) {
        errors
            .say("name", "Give the passkey a name of up to 60 characters, such as “Work laptop”.");
    } else if made.is_none() {
        errors.say("name", "No passkey was made. Press the button again, and follow your device.");
    } else if let Err(error) = gave_password(&app, &from, (&visitor, &line), &form.present).await? {
        errors.say("present", error);
    }
    if let (Some((credential, passkey)), true) = (made, errors.is_empty()) {
        let new = NewPasskey { person: line.person, name: name.to_owned(), credential, passkey };
        let mut happened = from.happened(&app, SignInEvent::PasskeyAdded, Some(line.person));
        name.clone_into(&mut happened.detail);
        let stamp = visitor.stamp("added a passkey");
        match app.store.sign_ins.add_passkey(&stamp, &new, &happened).await {
            Ok(()) => {
                // The device has verified its person: this session has shown it too.
                let (here, proof) = (&visitor.session, visitor.proof.with_passkey());
                app.store.sessions.proved(here, proof, visitor.proved, None).await?;
                return page::see_other(links::own_passkeys());
            }
            Err(fault) if fault.is_duplicate() => {
                errors.say("name", "This passkey is in use already.");
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    page::again(&shown(&app, &visitor, &form, &errors).await?)
}

/// Removes one, where something else is left that must be there.
///
/// # Errors
/// There is no such page for somebody else's passkey.
pub async fn remove(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<RemoveForm>,
) -> page::Result {
    let line = own(&app, &visitor).await?;
    let kept = app.store.sign_ins.passkeys_of(visitor.id()).await?;
    let gone = kept.iter().find(|it| it.id.to_string() == form.passkey);
    let gone = gone.ok_or(Failure::NotFound)?;
    let mut errors = Errors::default();
    if kept.len() == 1 && !line.with.codes && is_asked(&app, &visitor) {
        errors.say("removing", "Something besides your password is asked of your role. Switch one-time codes on first, then remove the passkey.");
    } else if let Err(error) = gave_password(&app, &from, (&visitor, &line), &form.removing).await?
    {
        errors.say("removing", error);
    }
    if !errors.is_empty() {
        return page::again(&shown(&app, &visitor, &PasskeyForm::default(), &errors).await?);
    }
    let mut happened = from.happened(&app, SignInEvent::PasskeyRemoved, Some(line.person));
    happened.detail.clone_from(&gone.name);
    let stamp = visitor.stamp("removed a passkey");
    app.store.sign_ins.remove_passkey(&stamp, (line.person, gone.id), &happened).await?;
    page::see_other(links::own_passkeys())
}

async fn shown(
    app: &App,
    visitor: &Through<KeepOwnAccount>,
    form: &PasskeyForm,
    errors: &Errors,
) -> Result<PasskeysPage, Failure> {
    let kept = app.store.sign_ins.passkeys_of(visitor.id()).await?;
    let are_possible = app.sign_in.passkeys.is_some();
    let page = PasskeysPage::new(frame(app, visitor, TITLE), (are_possible, &kept), form, errors);
    Ok(page.where_asked(visitor.asks_password(app)))
}

impl PasskeysPage {
    fn new(
        frame: Frame,
        (are_possible, kept): (bool, &[KeptPasskey]),
        form: &PasskeyForm,
        errors: &Errors,
    ) -> Self {
        let name = Field::new("name", "What do you call it?")
            .hint("Such as “Work laptop”, so that you know later which one it is.")
            .error(errors.at("name"));
        let present = Field::new("present", "Your password").error(errors.at("present"));
        let removing = Field::new("removing", "Your password, to remove a passkey")
            .error(errors.at("removing"));
        let mut summary = ErrorSummary::new();
        if are_possible {
            summary = summary.field(&name).field(&present);
        }
        if !kept.is_empty() {
            summary = summary.field(&removing);
        }
        let words = |it: &KeptPasskey| match it.used {
            Some(used) => {
                format!("Added {}. Last used {}.", moment_in_words(it.made), moment_in_words(used))
            }
            None => format!("Added {}. Not used yet.", moment_in_words(it.made)),
        };
        let passkeys =
            kept.iter().map(|it| Shown { id: it.id, name: it.name.clone(), words: words(it) });
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            are_possible,
            passkeys: passkeys.collect(),
            action: links::own_passkeys(),
            question: links::own_passkeys_question(),
            remove: links::remove_passkey(),
            name: TextInput::new(name).value(form.name.clone()),
            present: Some(PasswordInput::current(present)),
            removing: Some(PasswordInput::current(removing)),
        }
    }

    /// The page of whoever is asked for their password, or is not.
    fn where_asked(self, is_asked: bool) -> Self {
        let (present, removing) = (self.present.clone(), self.removing.clone());
        Self {
            present: present.filter(|_| is_asked),
            removing: removing.filter(|_| is_asked),
            ..self
        }
    }

    fn button(shown: &Shown) -> Button {
        Button::submit(format!("Remove: {}", shown.name))
            .secondary()
            .answer("passkey", shown.id.to_string())
    }

    /// None, some with everything wrong, and where they are not set up.
    pub fn samples() -> Vec<Self> {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let kept = |id, used| KeptPasskey {
            id,
            person: quarterlight_domain::id::PersonId(1),
            name: HOSTILE.to_owned(),
            passkey: String::new(),
            made: at,
            used,
        };
        let mut errors = Errors::default();
        for field in ["name", "present", "removing"] {
            errors.say(field, HOSTILE);
        }
        let form = PasskeyForm { name: HOSTILE.to_owned(), ..PasskeyForm::default() };
        let (frame, none) = (|| Frame::new(TITLE), PasskeyForm::default());
        let some = [kept(1, None), kept(2, Some(at))];
        vec![
            Self::new(frame(), (true, &[]), &none, &Errors::default()),
            Self::new(frame(), (true, &some), &form, &errors),
            Self::new(frame(), (false, &[]), &none, &Errors::default()),
        ]
    }
}
