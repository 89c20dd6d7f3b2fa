//! The steps that follow a concern: acknowledged, closed, or withdrawn.

use quarterlight_domain::permission::Deed;
use serde::Deserialize;

use super::ToRead;
use super::show::ConcernPage;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::{links, page};

/// What was typed into one of the forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// What is being done.
    pub doing: String,
    /// What was done for the child.
    pub outcome: String,
    /// Why it was raised in error.
    pub why: String,
}

/// Says what is being done. If somebody was quicker, the page says who.
///
/// # Errors
/// There is no such page for those who do not answer for the place. Refuses whoever raised it.
pub async fn acknowledge(
    app: App,
    concern: ToRead,
    Filled(form): Filled<StepForm>,
) -> page::Result {
    must(&concern, Deed::AcknowledgeConcern(&concern.line.concern))?;
    let mut errors = Errors::default();
    let needs = "Say what is being done, by whom and by when";
    let Some(doing) = errors.reason("doing", &form.doing, needs) else {
        return again(&app, &concern, &form, &errors);
    };
    let it = &concern.line.concern;
    if it.waits() {
        let step = it.acknowledge(concern.visitor.id(), concern.visitor.at, doing)?;
        let stamp = concern.visitor.stamp("acknowledged a concern");
        app.store.concerns.acknowledge(&stamp, it.id, &step).await?;
    }
    page::see_other(links::concern(it.id))
}

/// Says what was done for the child.
///
/// # Errors
/// There is no such page for those who do not answer for the place. Refuses whoever acknowledged it.
pub async fn close(app: App, concern: ToRead, Filled(form): Filled<StepForm>) -> page::Result {
    must(&concern, Deed::AcknowledgeConcern(&concern.line.concern))?;
    let mut errors = Errors::default();
    let needs = "Say what you checked, and what was done";
    let Some(outcome) = errors.reason("outcome", &form.outcome, needs) else {
        return again(&app, &concern, &form, &errors);
    };
    let it = &concern.line.concern;
    let stage = it.close(concern.visitor.id(), concern.visitor.at, outcome)?;
    app.store.concerns.end(&concern.visitor.stamp("closed a concern"), it.id, &stage).await?;
    page::see_other(links::concern(it.id))
}

/// Says that it was raised in error.
///
/// # Errors
/// There is no such page for anybody but whoever raised it and the quality lead. Refuses one that
/// was acknowledged.
pub async fn withdraw(app: App, concern: ToRead, Filled(form): Filled<StepForm>) -> page::Result {
    must(&concern, Deed::WithdrawConcern(&concern.line.concern))?;
    let mut errors = Errors::default();
    let needs = "Say why it was raised in error";
    let Some(why) = errors.reason("why", &form.why, needs) else {
        return again(&app, &concern, &form, &errors);
    };
    let it = &concern.line.concern;
    let stage = it.withdraw(concern.visitor.id(), concern.visitor.at, why)?;
    app.store.concerns.end(&concern.visitor.stamp("withdrew a concern"), it.id, &stage).await?;
    page::see_other(links::concern(it.id))
}

fn must(concern: &ToRead, deed: Deed<'_>) -> Result<(), Failure> {
    if concern.permits(deed) { Ok(()) } else { Err(Failure::NotFound) }
}

fn again(app: &App, concern: &ToRead, form: &StepForm, errors: &Errors) -> page::Result {
    page::again(&ConcernPage::new(concern, app.mails, form, errors))
}
