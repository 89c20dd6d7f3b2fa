//! Closing a finding without action: the quality lead says why nothing need be done.

use quarterlight_domain::permission::Deed;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::show::{ActionForm, again};
use super::{InHand, ToClose};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, Textarea};
use crate::{links, page};

/// Why nothing need be done, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    /// The reason.
    pub reason: String,
}

/// Closes it. Posted twice, it changes nothing and shows the action as it is.
///
/// # Errors
/// There is no such page for anybody but the quality lead, nor for one who owns the action.
pub async fn post(app: App, action: ToClose, Filled(form): Filled<CloseForm>) -> page::Result {
    let it = &action.action;
    if !can_close(&action) {
        return page::see_other(links::action(it.id));
    }
    let mut errors = Errors::default();
    let by = action.visitor.id();
    let step = errors
        .keep("reason", Reason::new(&form.reason))
        .and_then(|because| errors.keep("reason", it.close(by, because, action.visitor.today)));
    let Some(step) = step else {
        let form = ActionForm { closing: Some(form), ..ActionForm::default() };
        return again(&app, &action, &form, &errors).await;
    };
    app.store.actions.step(&action.visitor.stamp("closed a finding without action"), &step).await?;
    page::see_other(links::action(it.id))
}

/// Whether this person may close this action now.
pub fn can_close(action: &InHand) -> bool {
    let it = &action.action;
    it.is_open() && it.joined_to.is_none() && action.permits(Deed::CloseAction(it))
}

/// The form as the page shows it.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Where the form is sent.
    pub action: String,
    /// Whether it is unfolded when the page opens.
    pub open: bool,
    /// Why.
    pub reason: Textarea,
    /// Sends the form.
    pub button: Button,
}

impl Closing {
    /// The form for this action, empty or as it was typed.
    pub fn new(action: &InHand, typed: Option<&CloseForm>, errors: &Errors) -> Self {
        let reason = Field::new("reason", "Why need nothing be done?")
            .hint("The finding stays, with this reason beside it.")
            .error(errors.at("reason"));
        Self {
            action: links::close_action(action.action.id),
            open: errors.at("reason").is_some(),
            reason: Textarea::new(reason)
                .value(typed.map_or_else(String::new, |it| it.reason.clone()))
                .rows(3),
            button: Button::submit("Close it without action").warning(),
        }
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary.field(&self.reason.field)
    }
}
