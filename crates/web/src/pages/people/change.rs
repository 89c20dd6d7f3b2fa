//! What follows a grant: a second person confirms it, and somebody ends it.

use axum::extract::Path;
use quarterlight_domain::access::grant::KeptGrant;
use quarterlight_domain::id::GrantId;
use serde::Deserialize;

use super::give::GiveForm;
use super::show::{self, Sent};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::permit::{ChangePeople, ConfirmGrants, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    because: String,
    #[serde(rename = "last-day")]
    last_day: String,
    #[serde(rename = "last-month")]
    last_month: String,
    #[serde(rename = "last-year")]
    last_year: String,
}

/// Confirms a grant, which counts from then on.
///
/// # Errors
/// There is no such page for those who do not confirm grants. Refuses whoever gave it, whoever it is for, and
/// a grant that waits for nobody.
pub async fn confirm(
    app: App,
    visitor: Through<ConfirmGrants>,
    Path(id): Path<String>,
    Filled(form): Filled<ChangeForm>,
) -> page::Result {
    let grant = found(&app, &id).await?;
    grant.confirm(visitor.id(), visitor.today)?;
    let mut errors = Errors::default();
    let ask = "Say how you know that it is right";
    let Some(why) = errors.reason("because", &form.because, ask) else {
        return again(&app, &visitor, &grant, errors).await;
    };
    app.store.grants.confirm(&visitor.stamp("confirmed a grant"), grant.id, &why).await?;
    page::see_other(links::person(grant.person))
}

/// Ends a grant: now, or with a day that is to come.
///
/// # Errors
/// There is no such page for those who do not look after people. Refuses a grant that is over.
pub async fn end(
    app: App,
    visitor: Through<ChangePeople>,
    Path(id): Path<String>,
    Filled(form): Filled<ChangeForm>,
) -> page::Result {
    let grant = found(&app, &id).await?;
    let mut errors = Errors::default();
    let why = errors.reason("because", &form.because, "Say why it ends");
    let typed = TypedDate { day: form.last_day, month: form.last_month, year: form.last_year };
    let day = if typed == TypedDate::default() {
        Some(None)
    } else {
        errors.keep("last", typed.read()).map(Some)
    };
    let last = match day {
        // What is over is refused as a whole; a day that is wrong, at its field.
        Some(None) => Some(grant.end(visitor.today, None)?),
        Some(Some(day)) => errors.keep("last", grant.end(visitor.today, Some(day))),
        None => None,
    };
    let (Some(why), Some(last)) = (why, last) else {
        return again(&app, &visitor, &grant, errors).await;
    };
    app.store.grants.end(&visitor.stamp("ended a grant"), grant.id, last, &why).await?;
    page::see_other(links::person(grant.person))
}

async fn found(app: &App, id: &str) -> Result<KeptGrant, Failure> {
    let id: GrantId = id.parse().map_err(|_| Failure::NotFound)?;
    app.store.grants.get(id).await?.ok_or(Failure::NotFound)
}

async fn again(app: &App, visitor: &SignedIn, grant: &KeptGrant, errors: Errors) -> page::Result {
    let give = GiveForm::of(visitor.today);
    let sent = Sent { give, about: Some(grant.id), errors };
    page::again(&show::page(app, visitor, grant.person, &sent).await?)
}
