//! Giving somebody a new start, where they have lost what they sign in with.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::{Deed, SignInDeed, permits};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_store::{SignInLine, SignsInWith};
use serde::Deserialize;

use super::people::in_words;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, PasswordInput, WarningText};
use crate::layout::Frame;
use crate::permit::{SeeSignInPeople, Through};
use crate::sign_in::from::From;
use crate::sign_in::{recovery, tries};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ResetForm {
    present: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sign_ins/reset.html")]
pub struct ResetPage {
    frame: Frame,
    errors: ErrorSummary,
    email: String,
    with: String,
    /// The code, shown this once.
    code: Option<String>,
    /// Where it is used.
    used_at: String,
    mails: bool,
    may_reset: bool,
    action: String,
    warning: WarningText,
    present: PasswordInput,
    button: Button,
}

/// Asks whether that is meant.
///
/// # Errors
/// There is no such page for anybody but the administrator, and of nobody.
pub async fn get(
    app: App,
    visitor: Through<SeeSignInPeople>,
    Path(person): Path<String>,
) -> page::Result {
    let line = of(&app, &person).await?;
    page::show(&shown(&app, &visitor, &line, (None, &Errors::default())))
}

/// Makes a code, and shows it this once. Whoever gave it is noted with it.
///
/// # Errors
/// There is no such page of oneself: what one could do to one's own account, whoever takes it over
/// could too.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<SeeSignInPeople>,
    Path(person): Path<String>,
    Filled(form): Filled<ResetForm>,
) -> page::Result {
    let line = of(&app, &person).await?;
    if !may_reset(&visitor, line.person) {
        return Err(Failure::NotFound);
    }
    let own = app.store.sign_ins.of(visitor.id()).await?.ok_or(Failure::NotFound)?;
    let mut errors = Errors::default();
    let asks = (own.person, own.email.as_str());
    if let Err(error) = tries::present_password(&app, &from, asks, &form.present).await? {
        errors.say("present", error);
        return page::again(&shown(&app, &visitor, &line, (None, &errors)));
    }
    let Some((code, digest)) = recovery::new(&app, 1).pop() else { return Err(Failure::NotFound) };
    let mut happened = from.happened(&app, SignInEvent::ResetMade, Some(line.person));
    happened.by = Some(visitor.id());
    let stamp = visitor.stamp("gave somebody a code to choose a new password");
    app.store.sign_ins.keep_reset(&stamp, line.person, &digest, &happened).await?;
    page::show(&shown(&app, &visitor, &line, (Some(code), &errors)))
}

async fn of(app: &App, person: &str) -> Result<SignInLine, Failure> {
    let person: PersonId = person.parse().map_err(|_| Failure::NotFound)?;
    app.store.sign_ins.of(person).await?.ok_or(Failure::NotFound)
}

fn may_reset(visitor: &Through<SeeSignInPeople>, whom: PersonId) -> bool {
    permits(&visitor.person, Deed::SignIn(SignInDeed::Reset(whom)), visitor.today)
}

fn shown(
    app: &App,
    visitor: &Through<SeeSignInPeople>,
    line: &SignInLine,
    (code, errors): (Option<String>, &Errors),
) -> ResetPage {
    let mut frame = visitor.frame(app, line.name.clone(), "Sign-ins");
    frame.breadcrumbs = vec![
        ("Sign-ins".to_owned(), links::sign_ins()),
        ("Who signs in with what".to_owned(), links::sign_in_people()),
    ];
    ResetPage::new(frame, line, (code, may_reset(visitor, line.person), app.mails), errors)
}

impl ResetPage {
    fn new(
        frame: Frame,
        line: &SignInLine,
        (code, may_reset, mails): (Option<String>, bool, bool),
        errors: &Errors,
    ) -> Self {
        let present = Field::new("present", "Your own password").error(errors.at("present"));
        let warning = "Be sure that it is really them who ask. With the code they choose a new password; their one-time codes, passkeys, recovery codes and sessions end then.";
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&present),
            email: line.email.clone(),
            with: in_words(line.with),
            code,
            used_at: links::reset(),
            mails,
            may_reset,
            action: links::reset_person(line.person),
            warning: WarningText::new(warning),
            present: PasswordInput::current(present),
            button: Button::submit("Make a code"),
        }
    }

    /// Asked, made, wrong, and of oneself.
    pub fn samples() -> Vec<Self> {
        let line = |name: &str| SignInLine {
            person: PersonId(1),
            name: name.to_owned(),
            email: name.to_owned(),
            with: SignsInWith { password: true, ..SignsInWith::default() },
            last: None,
        };
        let mut errors = Errors::default();
        errors.say("present", HOSTILE);
        let none = Errors::default();
        let frame = || Frame::new("Priya Anand");
        let code = || Some("ABCDEF-GHJKMN-PQRSTV-WXYZ23".to_owned());
        vec![
            Self::new(frame(), &line("Priya Anand"), (None, true, false), &none),
            Self::new(frame(), &line(HOSTILE), (code(), true, true), &none),
            Self::new(frame(), &line(HOSTILE), (None, true, false), &errors),
            Self::new(frame(), &line("Raj Bedi"), (None, false, false), &none),
        ]
    }
}
