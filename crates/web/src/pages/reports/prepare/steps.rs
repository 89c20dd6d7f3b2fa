//! The steps of a prepared report after its sentences: cleared, grounded, approved, released.

use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::release::NewSteps;
use quarterlight_domain::release::ground::Ground;
use serde::Deserialize;

use super::show::PreparedPage;
use super::{InHand, ToApprove, ToGive, ToWrite};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::{links, page, preparing};

/// What was typed into any of the forms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    after: String,
    /// What was found in the leak check, and what was done about it.
    pub found: String,
    /// The code of the ground.
    pub ground: String,
    /// Why the public interest does not outweigh it.
    pub interest: String,
}

/// Says that Part I was looked through for what could show who a child is.
///
/// # Errors
/// There is no such page for those who do not write reports.
pub async fn clear(app: App, report: ToWrite, Filled(form): Filled<StepForm>) -> page::Result {
    let mut errors = Errors::default();
    let words = errors.reason("found", &form.found, "Say what you looked at and found");
    let passages = &report.report.passages;
    let steps = words.and_then(|it| errors.keep("found", report.prepared().clear(it, passages)));
    keep(&app, &report, &form, (steps, errors), "cleared the leak check of a report").await
}

/// Says on which ground Part II is private.
///
/// # Errors
/// There is no such page for those who do not write reports.
pub async fn ground(app: App, report: ToWrite, Filled(form): Filled<StepForm>) -> page::Result {
    let mut errors = Errors::default();
    let ground = Ground::from_code(&form.ground);
    if ground.is_none() {
        errors.say("ground", "Select the ground");
    }
    let ask = "Say why the public interest in keeping it private is the greater";
    let interest = errors.reason("interest", &form.interest, ask);
    let steps = ground
        .zip(interest)
        .and_then(|(ground, words)| errors.keep("ground", report.prepared().choose(ground, words)));
    keep(&app, &report, &form, (steps, errors), "chose the ground of a report").await
}

/// Approves it.
///
/// # Errors
/// Refuses whoever wrote in it, and as long as anything is wanting. There is no such page for those
/// who do not approve reports.
pub async fn approve(app: App, report: ToApprove, Filled(form): Filled<StepForm>) -> page::Result {
    let by = report.visitor.id();
    let steps = report.prepared().approve(by, &report.report.passages)?;
    report.keep(&app, &form.after, &steps, "approved a report").await?;
    page::see_other(links::prepared(report.prepared().id))
}

/// Gives it to members.
///
/// # Errors
/// Refuses what is not approved. There is no such page for anybody but a clerk.
pub async fn release(app: App, report: ToGive, Filled(form): Filled<StepForm>) -> page::Result {
    report.prepared().release()?;
    if form.after != report.prepared().steps.len().to_string() {
        return Err(Refusal::because("This report has changed since you opened it.").into());
    }
    let stamp = report.visitor.stamp("released a report");
    let by = report.visitor.id();
    let id = preparing::release(&app.store, &stamp, by, &report.report).await?;
    page::see_other(links::report(id))
}

async fn keep(
    app: &App,
    report: &InHand,
    form: &StepForm,
    (steps, errors): (Option<NewSteps>, Errors),
    why: &'static str,
) -> page::Result {
    let Some(steps) = steps else {
        return page::again(&PreparedPage::of(app, report, form, &errors).await?);
    };
    report.keep(app, &form.after, &steps, why).await?;
    page::see_other(links::prepared(report.prepared().id))
}
