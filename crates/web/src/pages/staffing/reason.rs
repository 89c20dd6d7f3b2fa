//! Saying why a record is held otherwise than is advised, in terms of the child, until a day.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::permission::{Deed, StaffingDeed, permits};
use quarterlight_domain::staffing::exceptions::{Exception, ForTheChild};
use quarterlight_domain::staffing::protocol::{ADVICE, Protocol, in_force};
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::{allocation, sample};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{Button, DateInput, ErrorSummary, Field, HOSTILE, Textarea};
use crate::layout::Frame;
use crate::permit::{named, note_look};
use crate::session::SignedIn;
use crate::{links, page};

/// A record that is held otherwise than is advised, in the hand of whoever manages its team.
#[derive(Debug, Clone)]
pub struct ToReason {
    visitor: SignedIn,
    exception: Exception,
}

impl FromRequestParts<App> for ToReason {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id: RecordId = named(parts, app, "record").await?;
        let code: String = named(parts, app, "advice").await?;
        let kept = app.store.staffing.protocols().await?;
        let protocols: Vec<Protocol> = kept.into_iter().map(|it| it.protocol).collect();
        let protocol = in_force(&protocols, visitor.today).ok_or(Failure::NotFound)?;
        let (found, _) = app.store.figures.exceptions(protocol).await?;
        let mut found = found.into_iter();
        let exception = found.find(|it| it.held.record == id && it.advice.code() == code);
        let exception = exception.ok_or(Failure::NotFound)?;
        let deed = Deed::Staffing(StaffingDeed::GiveReason(&exception.held.whereabouts));
        if !permits(&visitor.person, deed, visitor.today) {
            return Err(Failure::NotFound);
        }
        note_look(parts, app, &visitor, id).await?;
        Ok(Self { visitor, exception })
    }
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    reason: String,
    #[serde(rename = "review-day")]
    day: String,
    #[serde(rename = "review-month")]
    month: String,
    #[serde(rename = "review-year")]
    year: String,
    form_key: String,
}

/// The form for a reason.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/staffing/reason.html")]
pub struct ReasonPage {
    frame: Frame,
    errors: ErrorSummary,
    caption: String,
    rule: String,
    advice: &'static str,
    said: Option<String>,
    action: String,
    form_key: String,
    reason: Textarea,
    review: DateInput,
    give: Button,
}

const TITLE: &str = "Why is this right for the child?";

/// Asks why.
///
/// # Errors
/// There is no such page for anybody but the managers of the record’s team, and for a record that
/// is held as is advised.
pub async fn get(app: App, to: ToReason) -> page::Result {
    let form = ReasonForm { form_key: app.word(), ..ReasonForm::default() };
    page::show(&ReasonPage::new(frame(&app, &to), &to.exception, &form, &Errors::default()))
}

/// Keeps why. Sent twice, it is kept once.
///
/// # Errors
/// There is no such page for anybody but the managers of the record’s team, and for a record that
/// is held as is advised.
pub async fn post(app: App, to: ToReason, Filled(form): Filled<ReasonForm>) -> page::Result {
    let mut errors = Errors::default();
    let names = app.store.voices.names().await?;
    let reason = errors.keep("reason", Reason::new(&form.reason));
    if reason.is_some() {
        errors.keep("reason", names.are_not_in(&form.reason));
    }
    let review = errors.keep("review", form.review().read());
    let why = reason.zip(review).and_then(|(reason, day)| {
        errors.keep("review", ForTheChild::new(reason, day, to.visitor.today))
    });
    if let (Some(why), true) = (why, errors.is_empty()) {
        let stamp = to.visitor.stamp("said why a record is held otherwise than is advised");
        let of = (to.exception.held.record, to.exception.advice.code());
        app.store.staffing.give_reason(&stamp, (of.0, &of.1), &why, &form.form_key).await?;
        return page::see_other(links::who_holds());
    }
    page::again(&ReasonPage::new(frame(&app, &to), &to.exception, &form, &errors))
}

fn frame(app: &App, to: &ToReason) -> Frame {
    let base = to.visitor.frame(app, TITLE, allocation::TITLE);
    let breadcrumbs = vec![(allocation::TITLE.to_owned(), links::who_holds())];
    Frame { breadcrumbs, ..base }
}

impl ReasonForm {
    fn review(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }
}

impl ReasonPage {
    fn new(mut frame: Frame, exception: &Exception, form: &ReasonForm, errors: &Errors) -> Self {
        frame.has_errors = !errors.is_empty();
        let reason = Field::new("reason", "The child’s circumstances")
            .hint("Such as “She asked to keep the worker whom she trusts”. No names: write “the worker”.")
            .error(errors.at("reason"));
        let review = Field::new("review", "When do you look at it again?")
            .hint("A day within six months.")
            .error(errors.at("review"));
        let review = form.review().shown_in(DateInput::new(review));
        Self {
            frame,
            errors: ErrorSummary::new().field(&reason).date(&review),
            caption: format!("Record {}", exception.held.reference),
            rule: exception.advice.words(),
            advice: ADVICE,
            said: exception.why.as_ref().map(|why| why.reason.words().to_owned()),
            action: links::allocation_reason(exception.held.record, &exception.advice.code()),
            form_key: form.form_key.clone(),
            reason: Textarea::new(reason).rows(4).value(form.reason.clone()),
            review,
            give: Button::submit("Keep this reason"),
        }
    }

    /// Nothing said yet, and something said before with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("reason", HOSTILE);
        errors.say("review", HOSTILE);
        let form = ReasonForm { reason: HOSTILE.to_owned(), ..ReasonForm::default() };
        let (blank, none) = (ReasonForm::default(), Errors::default());
        let shown = |exception: &Exception| {
            let (form, errors) =
                if exception.why.is_some() { (&form, &errors) } else { (&blank, &none) };
            Self::new(Frame::new(TITLE), exception, form, errors)
        };
        sample::exceptions(HOSTILE).iter().map(shown).collect()
    }
}
