//! A restricted record asks why before it is opened, at every door that leads to something about it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use quarterlight_domain::access::restriction::opens_until;
use quarterlight_domain::id::RecordId;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, Textarea};
use crate::layout::Frame;
use crate::permit::{SeeOwnWork, Through};
use crate::session::SignedIn;
use crate::sign_in::finish::local;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WhyForm {
    why: String,
    back: String,
}

/// The question. It says nothing of the record.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/records/ask.html")]
pub struct AskPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    back: String,
    why: Textarea,
    button: Button,
}

const TITLE: &str = "This record is restricted";

/// Keeps the reason, and leads back to what was to be opened. What is no record, what is not
/// restricted and what may not be opened by this person are answered alike: the door decides.
///
/// # Errors
/// There is no such page for somebody without any role.
pub async fn post(
    app: App,
    visitor: Through<SeeOwnWork>,
    Path(id): Path<String>,
    Filled(form): Filled<WhyForm>,
) -> page::Result {
    let record: RecordId = id.parse().map_err(|_| Failure::NotFound)?;
    let mut errors = Errors::default();
    let Some(why) = errors.reason("why", &form.why, "Say why you open this record") else {
        let frame = visitor.frame(&app, TITLE, "Your work");
        return page::again(&AskPage::new(frame, record, &form, &errors));
    };
    let is_its_auditor = app.store.restrictions.is_its_auditor(visitor.id(), record).await?;
    let until = opens_until(visitor.at, is_its_auditor);
    let stamp = visitor.stamp("said why a restricted record is opened");
    app.store.restrictions.say_why(&stamp, (visitor.id(), record), until, &why).await?;
    page::see_other(local(&form.back))
}

impl AskPage {
    /// The question in place of the page that was asked for.
    ///
    /// # Errors
    /// Fails if the template does, which is a fault of ours.
    pub fn asked(
        app: &App,
        visitor: &SignedIn,
        record: RecordId,
        (back, status): (&str, StatusCode),
    ) -> Result<Failure, Failure> {
        let form = WhyForm { back: back.to_owned(), ..WhyForm::default() };
        let frame = visitor.frame(app, TITLE, "Your work");
        let page = Self::new(frame, record, &form, &Errors::default());
        Ok(Failure::Asks(status, page.render()?.into()))
    }

    fn new(frame: Frame, record: RecordId, form: &WhyForm, errors: &Errors) -> Self {
        let why = Field::new("why", "Why do you open it?").error(errors.at("why"));
        let why = why.hint("Name no child.");
        let why = Textarea::new(why).rows(3).value(form.why.clone());
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&why.field),
            action: links::say_why(record),
            back: form.back.clone(),
            why,
            button: Button::submit("Open the record"),
        }
    }

    /// The question, and the question again with hostile words.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("why", "Say why you open this record");
        let hostile = WhyForm { why: HOSTILE.to_owned(), back: HOSTILE.to_owned() };
        let page = |form: &WhyForm, errors: &Errors| {
            Self::new(Frame::new(TITLE), RecordId(7), form, errors)
        };
        vec![page(&WhyForm::default(), &Errors::default()), page(&hostile, &errors)]
    }
}
