//! The way from a reference to the form that checks that record.

use axum::extract::RawQuery;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::permission::{Deed, permits};
use serde::Deserialize;

use super::list;
use crate::app::App;
use crate::form::Errors;
use crate::permit::{CheckAnyFiling, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FindForm {
    reference: String,
}

/// Goes to the form for this record. A record that is not there and one that the person may not
/// check look the same.
///
/// # Errors
/// There is no such page for those who check no filing.
pub async fn get(
    app: App,
    visitor: Through<CheckAnyFiling>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let form: FindForm = serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    if let Ok(reference) = Reference::new(&form.reference)
        && let Some(record) = app.store.records.by_reference(&reference).await?
        && permits(&visitor.person, Deed::CheckFiling(&record), visitor.today)
    {
        return page::see_other(links::check_record(record.id));
    }
    let mut errors = Errors::default();
    errors.say("reference", "Enter the reference of an open record that you may check.");
    page::again(&list::load(&app, &visitor, &form.reference, &errors).await?)
}
