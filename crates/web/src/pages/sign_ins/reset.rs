//! Giving somebody a new start, where they have lost what they sign in with.
//!
//! A forgotten password and a lost second factor are two acts: an account is both, and nobody gives both
//! alone. What ends a second factor, and every session, stands beside this.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::{Deed, SignInDeed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_store::{SignInLine, SignsInWith};
use serde::Deserialize;

use super::own_password;
use super::people::in_words;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, PasswordInput, Textarea, WarningText};
use crate::layout::Frame;
use crate::permit::{SeeSignInPeople, Through};
use crate::sign_in::from::From;
use crate::sign_in::recovery;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ResetForm {
    present: String,
}

/// What ends something of somebody's, with its reason.
#[derive(Debug, Clone)]
struct Ending {
    title: &'static str,
    words: &'static str,
    action: String,
    why: Textarea,
    button: Button,
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
    present: Option<PasswordInput>,
    button: Button,
    endings: Vec<Ending>,
}

/// What was typed about ending something, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// Why the second factor ends.
    pub lost: String,
    /// Why the sessions end.
    pub sessions: String,
    /// What is wrong.
    pub errors: Errors,
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
    page::show(&shown(&app, &visitor, &line, (None, &Sent::default())))
}

/// Makes a code, and shows it this once. Whoever gave it is noted with it.
///
/// # Errors
/// There is no such page of oneself: what one could do to one's own account, whoever takes it over
/// could too. Refuses whoever has ended that person's second factor within the day.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<SeeSignInPeople>,
    Path(person): Path<String>,
    Filled(form): Filled<ResetForm>,
) -> page::Result {
    let line = others(&app, &visitor, &person).await?;
    let mut sent = Sent::default();
    if let Err(error) = own_password(&app, &from, &visitor, &form.present).await? {
        sent.errors.say("present", error);
        return page::again(&shown(&app, &visitor, &line, (None, &sent)));
    }
    let Some((code, digest)) = recovery::new(&app, 1).pop() else { return Err(Failure::NotFound) };
    let mut happened = from.happened(&app, SignInEvent::ResetMade, Some(line.person));
    happened.by = Some(visitor.id());
    let stamp = visitor.stamp("gave somebody a code to choose a new password");
    if !app.store.sign_ins.keep_reset(&stamp, line.person, &digest, &happened).await? {
        return Err(Refusal::because(
            "You ended this person’s second factor within the last day. Password and second factor together are the whole account, and take two people: another administrator makes the code, or whoever runs the server.",
        )
        .into());
    }
    page::show(&shown(&app, &visitor, &line, (Some(code), &sent)))
}

async fn of(app: &App, person: &str) -> Result<SignInLine, Failure> {
    let person: PersonId = person.parse().map_err(|_| Failure::NotFound)?;
    app.store.sign_ins.of(person).await?.ok_or(Failure::NotFound)
}

/// Somebody else, whose account this administrator may do something about.
///
/// # Errors
/// There is no such page of nobody, and of oneself.
pub async fn others(
    app: &App,
    visitor: &Through<SeeSignInPeople>,
    person: &str,
) -> Result<SignInLine, Failure> {
    let line = of(app, person).await?;
    if may_reset(visitor, line.person) { Ok(line) } else { Err(Failure::NotFound) }
}

fn may_reset(visitor: &Through<SeeSignInPeople>, whom: PersonId) -> bool {
    permits(&visitor.person, Deed::SignIn(SignInDeed::Reset(whom)), visitor.today)
}

/// The page of somebody, with the code that was made just now or with what is wrong.
pub fn shown(
    app: &App,
    visitor: &Through<SeeSignInPeople>,
    line: &SignInLine,
    (code, sent): (Option<String>, &Sent),
) -> ResetPage {
    let mut frame = visitor.frame(app, line.name.clone(), "Sign-ins");
    frame.breadcrumbs = vec![
        ("Sign-ins".to_owned(), links::sign_ins()),
        ("Who signs in with what".to_owned(), links::sign_in_people()),
    ];
    let may_reset = may_reset(visitor, line.person);
    let page = ResetPage::new(frame, line, (code, may_reset, app.mails), sent);
    let is_asked = visitor.asks_password(app);
    ResetPage { present: page.present.filter(|_| is_asked), ..page }
}

impl Ending {
    fn factors(line: &SignInLine, sent: &Sent) -> Self {
        let why = Field::new("lost", "Why it ends, and how you know that it is them")
            .error(sent.errors.at("lost"));
        Self {
            title: "A lost second factor",
            words: "Their one-time codes, passkeys, recovery codes and sessions end. Their password stays, and is asked for. They are told by email, and the reason is on record. Whoever made them a code for a new password cannot do this within the day.",
            action: links::end_factors(line.person),
            why: Textarea::new(why).rows(2).value(sent.lost.clone()),
            button: Button::submit("End their second factor").warning(),
        }
    }

    fn sessions(line: &SignInLine, sent: &Sent) -> Self {
        let why = Field::new("sessions", "Why they end").error(sent.errors.at("sessions"));
        Self {
            title: "Where they are signed in",
            words: "Every session of theirs ends at once, on every machine. They can sign in again; to keep them out, end their grants.",
            action: links::end_sessions(line.person),
            why: Textarea::new(why).rows(2).value(sent.sessions.clone()),
            button: Button::submit("End every session of theirs").warning(),
        }
    }
}

impl ResetPage {
    fn new(
        frame: Frame,
        line: &SignInLine,
        (code, may_reset, mails): (Option<String>, bool, bool),
        sent: &Sent,
    ) -> Self {
        let present = Field::new("present", "Your own password").error(sent.errors.at("present"));
        let stays = if line.with.has_second() {
            " Their second factor stays, and is asked for."
        } else {
            ""
        };
        let warning = format!(
            "Be sure that it is really them who ask. With the code they choose a new password, and their sessions end.{stays}"
        );
        let mut endings = Vec::new();
        if may_reset && line.with.has_second() {
            endings.push(Ending::factors(line, sent));
        }
        if may_reset {
            endings.push(Ending::sessions(line, sent));
        }
        let errors = endings
            .iter()
            .fold(ErrorSummary::new().field(&present), |errors, it| errors.field(&it.why.field));
        Self {
            frame: Frame { has_errors: !sent.errors.is_empty(), ..frame },
            errors,
            email: line.email.clone(),
            with: in_words(line.with),
            code,
            used_at: links::reset(),
            mails,
            may_reset,
            action: links::reset_person(line.person),
            warning: WarningText::new(warning),
            present: Some(PasswordInput::current(present)),
            button: Button::submit("Make a code"),
            endings,
        }
    }

    /// Asked, made, wrong, and of oneself.
    pub fn samples() -> Vec<Self> {
        let line = |name: &str| SignInLine {
            person: PersonId(1),
            name: name.to_owned(),
            email: name.to_owned(),
            with: SignsInWith { password: true, codes: true, ..SignsInWith::default() },
            last: None,
        };
        let mut sent =
            Sent { lost: HOSTILE.to_owned(), sessions: HOSTILE.to_owned(), ..Sent::default() };
        for field in ["present", "lost", "sessions"] {
            sent.errors.say(field, HOSTILE);
        }
        let none = Sent::default();
        let frame = || Frame::new("Priya Anand");
        let code = || Some("ABCDEF-GHJKMN-PQRSTV-WXYZ23".to_owned());
        vec![
            Self::new(frame(), &line("Priya Anand"), (None, true, false), &none),
            Self::new(frame(), &line(HOSTILE), (code(), true, true), &none),
            Self::new(frame(), &line(HOSTILE), (None, true, false), &sent),
            Self::new(frame(), &line("Raj Bedi"), (None, false, false), &none),
        ]
    }
}
