//! Entering a meeting of a committee.

use quarterlight_domain::register::{self, Meeting};
use serde::Deserialize;

use super::list;
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{Button, DateInput, ErrorSummary, Field, TextInput};
use crate::permit::{KeepRegister, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MeetForm {
    committee: String,
    #[serde(rename = "held-day")]
    day: String,
    #[serde(rename = "held-month")]
    month: String,
    #[serde(rename = "held-year")]
    year: String,
}

impl MeetForm {
    /// An empty form, with the committee of the latest meeting.
    pub fn after(meetings: &[Meeting]) -> Self {
        let committee = meetings.first().map(|it| it.committee.clone()).unwrap_or_default();
        Self { committee, ..Self::default() }
    }

    fn held(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }
}

/// The part of the register by which a meeting is entered.
#[derive(Debug, Clone)]
pub struct MeetPart {
    pub(super) action: String,
    pub(super) committee: TextInput,
    pub(super) held: DateInput,
    pub(super) button: Button,
}

impl MeetPart {
    /// The form with what was typed and what was wrong with it.
    pub fn new(form: &MeetForm, errors: &Errors) -> Self {
        let committee = Field::new("committee", "Which committee?").error(errors.at("committee"));
        let held = Field::new("held", "On which day does it meet?")
            .hint("For example, 14 10 2026.")
            .error(errors.at("held"));
        Self {
            action: links::meetings(),
            committee: TextInput::new(committee).value(form.committee.clone()),
            held: form.held().shown_in(DateInput::new(held)),
            button: Button::submit("Enter the meeting"),
        }
    }

    /// What was wrong, for the top of the page.
    pub fn summary(&self) -> ErrorSummary {
        ErrorSummary::new().field(&self.committee.field).date(&self.held)
    }
}

/// Enters the meeting, and goes to it. Entered twice, it is one meeting.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn post(
    app: App,
    visitor: Through<KeepRegister>,
    Filled(form): Filled<MeetForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let committee = errors.keep("committee", register::name(&form.committee));
    let held = errors.keep("held", form.held().read());
    let (Some(committee), Some(held)) = (committee, held) else {
        let meetings = app.store.register.meetings().await?;
        return page::again(&list::of(&app, &visitor, &meetings, (&form, &errors)).await?);
    };
    let stamp = visitor.stamp("entered a meeting");
    let id = app.store.register.meet(&stamp, &committee, held).await?;
    page::see_other(links::meeting(id))
}
