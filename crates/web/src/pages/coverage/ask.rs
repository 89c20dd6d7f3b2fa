//! Adding the records of a cell to the next draw, in one step.

use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::draw_request;
use quarterlight_domain::text::Reason;
use quarterlight_report::words::{self, RECORD};
use serde::Deserialize;

use super::ToClaim;
use super::cell::{Typed, again};
use super::claim::Choices;
use super::tables;
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, ErrorSummary, Field, InputKind, InputWidth, LabelSize, TextInput, Textarea,
};
use crate::{links, page};

/// How many records a draw is asked for, where nobody says another number: the least that the
/// default programme wants of each cell.
const USUAL: u32 = 5;

/// Why a second request for the same cells is refused.
const ALREADY: &str = "The next draw is asked for these records already. Withdraw that request, \
     then ask again with another number";

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    /// How many records at the least.
    pub at_least: String,
    /// Why.
    pub reason: String,
    /// Made once when the form is shown.
    pub form_key: String,
}

/// The form as the page shows it.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Where it is sent.
    pub action: String,
    /// Its key.
    pub form_key: String,
    /// How many.
    pub at_least: TextInput,
    /// Why.
    pub reason: Textarea,
    /// Sends it.
    pub button: Button,
}

/// Keeps the request. Sent twice, it is kept once; a second one for the same cells is refused.
///
/// # Errors
/// There is no such page for those who may not ask.
pub async fn post(app: App, cells: ToClaim, Filled(form): Filled<AskForm>) -> page::Result {
    let mut errors = Errors::default();
    let at_least = errors.keep("at_least", draw_request::at_least(&form.at_least));
    let reason = errors.keep("reason", Reason::new(&form.reason));
    let (Some(at_least), Some(reason)) = (at_least, reason) else {
        let typed = Typed { ask: Some(form), ..Typed::default() };
        return again(&app, &cells, &typed, &errors).await;
    };
    let stamp = cells.visitor.stamp("asked the next draw for records");
    let request = (cells.pattern, at_least);
    match app.store.draw_requests.ask(&stamp, request, &reason, &form.form_key).await {
        Ok(Some(_)) => page::see_other(links::cell(&cells.pattern)),
        Ok(None) => {
            errors.say("at_least", ALREADY);
            let typed = Typed { ask: Some(form), ..Typed::default() };
            again(&app, &cells, &typed, &errors).await
        }
        Err(fault) if fault.is_duplicate() => page::see_other(links::cell(&cells.pattern)),
        Err(fault) => Err(fault.into()),
    }
}

impl AskForm {
    /// The form filled in, so that one press is enough: the usual number or all, and a reason where
    /// the figures give one.
    pub fn of(cells: &[Cell], choices: &Choices) -> Self {
        let open = tables::open_in(cells);
        let has_none = cells.iter().all(|cell| cell.audited == 0 && cell.planned == 0);
        let reason = if has_none {
            let them =
                words::agree(open, "The open record was not", "None of the open records was");
            format!(
                "{them} audited in these four quarters, and no audit is planned ({}).",
                words::count(open, &RECORD)
            )
        } else {
            String::new()
        };
        Self {
            at_least: open.min(USUAL.into()).to_string(),
            reason,
            form_key: choices.form_key.clone(),
        }
    }
}

impl Asking {
    /// The form for these cells.
    pub fn new(pattern: &CellPattern, form: &AskForm, errors: &Errors) -> Self {
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let hint = "All of them, where there are fewer.";
        Self {
            action: links::ask_for_cell(pattern),
            form_key: form.form_key.clone(),
            at_least: TextInput::new(
                field("at_least", "How many records at the least?").hint(hint),
            )
            .kind(InputKind::Digits)
            .width(InputWidth::Characters5)
            .value(form.at_least.clone()),
            reason: Textarea::new(field("reason", "Why?")).rows(2).value(form.reason.clone()),
            button: Button::submit("Add to the next draw"),
        }
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary.field(&self.at_least.field).field(&self.reason.field)
    }
}
