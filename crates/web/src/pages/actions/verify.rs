//! Somebody else's word on an action that its owner has addressed: it is done, or not yet and why.

use jiff::ToSpan;
use quarterlight_domain::action::{ActionStage, RECHECK_AFTER};
use quarterlight_domain::text::Reason;

use super::ToVerify;
use super::show::{ActionForm, again};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::{links, page};

/// Takes the word of somebody other than the owner. Posted twice, it changes nothing and shows the
/// action as it is.
///
/// # Errors
/// There is no such page for the owner, nor for those who do not answer for the record's place.
pub async fn post(app: App, action: ToVerify, Filled(form): Filled<ActionForm>) -> page::Result {
    let it = &action.action;
    if !matches!(it.stage, ActionStage::Addressed { .. }) {
        return page::see_other(links::action(it.id));
    }
    let because = match read(&form) {
        Ok(because) => because,
        Err(errors) => return again(&app, &action, &form, &errors).await,
    };
    let (by, today) = (action.visitor.id(), action.visitor.today);
    let mut errors = Errors::default();
    let step = match because {
        None => {
            let recheck = errors.keep("recheck", form.recheck_on().read());
            recheck.and_then(|recheck| errors.keep("recheck", it.verify(by, today, recheck)))
        }
        Some(because) => errors.keep("because", it.not_yet(by, because, today)),
    };
    let Some(step) = step else { return again(&app, &action, &form, &errors).await };
    let stamp = action.visitor.stamp("looked whether an action is done");
    // False if somebody else answered in between; either way the page now says what is kept.
    app.store.actions.step(&stamp, &step).await?;
    page::see_other(links::action(it.id))
}

/// What was answered: nothing for *It is done*, and the reason for *Not yet*.
pub fn read(form: &ActionForm) -> Result<Option<Reason>, Errors> {
    let mut errors = Errors::default();
    let is_blank = form.because.trim().is_empty();
    match form.answer.as_str() {
        "done" if is_blank => return Ok(None),
        // Ctrl and Enter press the first button; a reason that was written must not be lost by that.
        "done" => errors.say(
            "because",
            "You wrote why it is not done yet. Press Not yet, or remove what you wrote",
        ),
        "not-yet" if is_blank => errors.say("because", "Say what is still missing"),
        "not-yet" => {
            if let Some(because) = errors.keep("because", Reason::new(&form.because)) {
                return Ok(Some(because));
            }
        }
        _ => errors.say("because", "Press It is done, or say what is missing and press Not yet"),
    }
    Err(errors)
}

/// The day of the re-check that the form proposes: far enough away to show whether it held.
pub fn proposed(today: jiff::civil::Date) -> TypedDate {
    TypedDate::of(today.saturating_add(RECHECK_AFTER.days()))
}
