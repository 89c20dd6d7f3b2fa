//! The programs that the council lets in: its case system sends a list each night, and a trial is over.

use jiff::civil::Date;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::api::Scope;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::{NewApiToken, Store};

use crate::fault::Fault;
use crate::luck::Luck;

/// Makes both tokens and ends the one of the trial. Nobody knows what they were: only digests are here.
pub async fn make(
    store: &Store,
    administrator: PersonId,
    stamp: &Stamp,
    today: Date,
) -> Result<(), Fault> {
    let stamp = Stamp::person(administrator, stamp.at, "made an API token");
    let mut luck = Luck::of("api tokens");
    let mut new = |name: &str, scopes: &[Scope]| NewApiToken {
        name: name.to_owned(),
        digest: luck.digest().into_bytes(),
        scopes: scopes.to_vec(),
        place: None,
        ends_on: today.saturating_add(jiff::Span::new().months(6)),
    };
    let nightly = new("Case system, nightly", &[Scope::CaseListsWrite, Scope::HealthRead]);
    let trial = new("Trial of a dashboard", &[Scope::FiguresRead]);
    store.api_tokens.make(&stamp, &nightly).await?;
    let trial = store.api_tokens.make(&stamp, &trial).await?;
    let why = Reason::new("The trial is over.")?;
    store.api_tokens.end(&stamp, trial, &why).await?;
    Ok(())
}
