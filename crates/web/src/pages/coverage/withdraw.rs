//! Taking a request to the next draw back, with a reason.

use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::id::DrawRequestId;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::ToClaim;
use super::cell::{Typed, again};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, Textarea};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    /// The id of the request.
    pub request: String,
    /// Why it is taken back.
    pub because: String,
}

/// The form as the page shows it.
#[derive(Debug, Clone)]
pub struct Withdrawing {
    /// Where it is sent.
    pub action: String,
    /// The id of the request.
    pub request: String,
    /// Why.
    pub because: Textarea,
    /// Sends it.
    pub button: Button,
}

/// Withdraws the request. One that is not open any more stays as it is, and the page says what there is.
///
/// # Errors
/// There is no such page for those who may not ask.
pub async fn post(app: App, cells: ToClaim, Filled(form): Filled<WithdrawForm>) -> page::Result {
    let mut errors = Errors::default();
    let Some(reason) = errors.keep("because", Reason::new(&form.because)) else {
        let typed = Typed { withdraw: Some(form), ..Typed::default() };
        return again(&app, &cells, &typed, &errors).await;
    };
    if let Ok(request) = form.request.parse::<DrawRequestId>() {
        let stamp = cells.visitor.stamp("withdrew a request to the next draw");
        let request = (cells.pattern, request);
        app.store.draw_requests.withdraw(&stamp, request, &reason).await?;
    }
    page::see_other(links::cell(&cells.pattern))
}

impl Withdrawing {
    /// The form for the open request of these cells.
    pub fn new(
        pattern: &CellPattern,
        request: DrawRequestId,
        form: Option<&WithdrawForm>,
        errors: &Errors,
    ) -> Self {
        let field = Field::new("because", "Why is it withdrawn?")
            .size(LabelSize::Small)
            .error(errors.at("because"));
        Self {
            action: links::withdraw_request(pattern),
            request: request.to_string(),
            because: Textarea::new(field)
                .rows(2)
                .value(form.map_or(String::new(), |form| form.because.clone())),
            button: Button::submit("Withdraw this request").secondary(),
        }
    }

    /// What is wrong with the form, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary.field(&self.because.field)
    }
}
