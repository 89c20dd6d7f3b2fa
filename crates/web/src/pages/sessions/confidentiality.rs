//! The confidentiality page: before anything else opens, and again after a year or when its words change.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_store::ConfidentialityText;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, CheckboxItem, Checkboxes, ErrorSummary, Field, HOSTILE};
use crate::layout::Frame;
use crate::permit::{KeepOwnAccount, Through};
use crate::session::SignedIn;
use crate::sign_in::finish::{Way, onward};
use crate::sign_in::from::From;
use crate::{links, page};

/// What was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AcceptForm {
    accept: String,
    /// Which words were shown.
    words: String,
    back: String,
    kept: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/confidentiality.html")]
pub struct ConfidentialityPage {
    frame: Frame,
    errors: ErrorSummary,
    paragraphs: Vec<String>,
    since: String,
    action: String,
    accept: Checkboxes,
    words: i64,
    back: String,
    kept: String,
    button: Button,
}

/// Shows what was accepted, to be read again.
///
/// # Errors
/// There is no such page where there are no words.
pub async fn get(app: App, visitor: Through<KeepOwnAccount>) -> page::Result {
    let form = AcceptForm { back: links::home(), ..AcceptForm::default() };
    page::show(&ConfidentialityPage::of(&app, &visitor, &form, &Errors::default()).await?)
}

/// Accepts the words, and goes on to where the person was going.
///
/// # Errors
/// There is no such page where there are no words.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<AcceptForm>,
) -> Result<Response, Failure> {
    let text = app.store.sign_ins.confidentiality(visitor.today).await?;
    let text = text.ok_or(Failure::NotFound)?;
    let mut errors = Errors::default();
    if form.accept != "yes" {
        errors.say("accept", "Say that you have read this and accept it.");
    } else if form.words != text.id.to_string() {
        errors.say("accept", "The words have changed. Read them again.");
    }
    if !errors.is_empty() {
        let page = ConfidentialityPage::of(&app, &visitor, &form, &errors).await?;
        return Ok(page::again(&page)?.into_response());
    }
    let stamp = visitor.stamp("accepted the confidentiality page");
    let happened = from.happened(&app, SignInEvent::Accepted, Some(visitor.id()));
    app.store.sign_ins.accept(&stamp, (visitor.id(), text.id), &happened).await?;
    onward(&app, Way { back: &form.back, kept: &form.kept })
}

impl ConfidentialityPage {
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
        let form = AcceptForm { back, kept, ..AcceptForm::default() };
        let page = Self::of(app, visitor, &form, &Errors::default()).await?;
        Ok((StatusCode::FORBIDDEN, Html(page.render()?)).into_response())
    }

    async fn of(
        app: &App,
        visitor: &SignedIn,
        form: &AcceptForm,
        errors: &Errors,
    ) -> Result<Self, Failure> {
        let text = app.store.sign_ins.confidentiality(visitor.today).await?;
        let mut frame = visitor.frame(app, "Confidentiality", "");
        if visitor.first.is_some() {
            frame.navigation.clear();
        }
        Ok(Self::new(frame, &text.ok_or(Failure::NotFound)?, form, errors))
    }

    fn new(frame: Frame, text: &ConfidentialityText, form: &AcceptForm, errors: &Errors) -> Self {
        let accept = Field::new("accept", "Do you accept this?").error(errors.at("accept"));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&accept),
            paragraphs: text.words.split("\n\n").map(|it| it.trim().to_owned()).collect(),
            since: quarterlight_domain::calendar::day_in_words(text.from),
            action: links::confidentiality(),
            accept: Checkboxes::new(
                accept,
                vec![CheckboxItem::new("yes", "I have read this and accept it")],
            ),
            words: text.id,
            back: form.back.clone(),
            kept: form.kept.clone(),
            button: Button::submit("Continue"),
        }
    }

    /// Asked, and asked again with a form in hand.
    pub fn samples() -> Vec<Self> {
        let text = |words: &str| ConfidentialityText {
            id: 1,
            from: jiff::civil::date(2026, 1, 1),
            words: words.to_owned(),
        };
        let form = AcceptForm {
            accept: String::new(),
            words: "1".to_owned(),
            back: HOSTILE.to_owned(),
            kept: HOSTILE.to_owned(),
        };
        let mut errors = Errors::default();
        errors.say("accept", "Say that you have read this and accept it.");
        let frame = || Frame::new("Confidentiality");
        vec![
            Self::new(frame(), &text("One.\n\nTwo."), &AcceptForm::default(), &Errors::default()),
            Self::new(frame(), &text(HOSTILE), &form, &errors),
        ]
    }
}
