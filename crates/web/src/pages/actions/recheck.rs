//! Looking again at what was verified: somebody who had no part in it says whether it held.

use jiff::ToSpan;
use quarterlight_domain::action::{ActionStage, ActionStep};
use quarterlight_domain::permission::Deed;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::show::{ActionForm, again};
use super::{InHand, ToRecheck};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{Button, DateInput, ErrorSummary, Field, Textarea};
use crate::{links, page};

/// Days that the owner has where it did not hold, unless another day is typed.
const DAYS_TO_ACT: i32 = 28;

/// What was seen, and the day for what did not hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RecheckForm {
    /// What was looked at, and what was seen.
    pub seen: String,
    /// The day of the month.
    #[serde(rename = "again-day")]
    pub day: String,
    /// The month.
    #[serde(rename = "again-month")]
    pub month: String,
    /// The year.
    #[serde(rename = "again-year")]
    pub year: String,
    /// `held` or `not-held`, by the button that was pressed.
    pub answer: String,
}

/// Takes the word of a third. Posted twice, it changes nothing and shows the action as it is.
///
/// # Errors
/// There is no such page for whoever had a part in it or manages the record's place.
pub async fn post(app: App, action: ToRecheck, Filled(form): Filled<RecheckForm>) -> page::Result {
    let it = &action.action;
    if !can_recheck(&action) {
        return page::see_other(links::action(it.id));
    }
    match form.read(&action) {
        Ok(step) => {
            let stamp = action.visitor.stamp("looked whether an action held");
            app.store.actions.step(&stamp, &step).await?;
            page::see_other(links::action(it.id))
        }
        Err(errors) => {
            let form = ActionForm { recheck: Some(form), ..ActionForm::default() };
            again(&app, &action, &form, &errors).await
        }
    }
}

/// Whether it is verified and not looked at again, and this person may do that once its day has come.
pub fn may_recheck(action: &InHand) -> bool {
    matches!(action.action.stage, ActionStage::Verified(_))
        && action.permits(Deed::RecheckAction(&action.action))
}

/// Whether this person may say now whether it held.
pub fn can_recheck(action: &InHand) -> bool {
    action.action.waits_for_recheck(action.visitor.today) && may_recheck(action)
}

impl RecheckForm {
    fn again(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    fn read(&self, action: &InHand) -> Result<ActionStep, Errors> {
        let mut errors = Errors::default();
        let (it, by, today) = (&action.action, action.visitor.id(), action.visitor.today);
        let seen = if self.seen.trim().is_empty() {
            errors.say("seen", "Say what you looked at and what you saw");
            None
        } else {
            errors.keep("seen", Reason::new(&self.seen))
        };
        let step = if self.answer == "held" {
            seen.and_then(|seen| errors.keep("seen", it.held(by, seen, today)))
        } else {
            let due = errors.keep("again", self.again().read());
            seen.zip(due)
                .and_then(|(seen, due)| errors.keep("again", it.not_held(by, seen, today, due)))
        };
        step.ok_or(errors)
    }
}

/// The form as the page shows it.
#[derive(Debug, Clone)]
pub struct Rechecking {
    /// Where the form is sent.
    pub action: String,
    /// What was seen.
    pub seen: Textarea,
    /// By when it is to be done again, where it did not hold.
    pub again: DateInput,
    /// It held.
    pub held: Button,
    /// It did not.
    pub not_held: Button,
}

impl Rechecking {
    /// The form for this action, empty or as it was typed.
    pub fn new(action: &InHand, typed: Option<&RecheckForm>, errors: &Errors) -> Self {
        let form = typed.cloned().unwrap_or_else(|| {
            let due = TypedDate::of(action.visitor.today.saturating_add(DAYS_TO_ACT.days()));
            RecheckForm { day: due.day, month: due.month, year: due.year, ..RecheckForm::default() }
        });
        let seen = Field::new("seen", "What did you look at, and what did you see?")
            .hint("The place on the record and the date. Do not use a child’s name.")
            .error(errors.at("seen"));
        let again = Field::new("again", "If it did not hold, by when is it to be done?")
            .hint("The action is then open again for its owner.")
            .error(errors.at("again"));
        Self {
            action: links::recheck(action.action.id),
            again: form.again().shown_in(DateInput::new(again)),
            seen: Textarea::new(seen).value(form.seen).rows(4),
            held: Button::submit("It held").answer("answer", "held"),
            not_held: Button::submit("It did not hold").secondary().answer("answer", "not-held"),
        }
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary.field(&self.seen.field).date(&self.again)
    }
}
