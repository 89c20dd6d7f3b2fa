//! A hold that lay over the borough's concerns from the start: an inquiry had asked for it.

use jiff::Timestamp;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::retention::{Kind, Over};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::Store;

use crate::fault::Fault;

/// Places it.
pub async fn place(store: &Store, by: PersonId, at: Timestamp) -> Result<(), Fault> {
    let because = Reason::new(
        "An independent inquiry asked every council to destroy nothing about concerns until it has reported.",
    )?;
    let stamp = Stamp::person(by, at, "placed a hold");
    store.retention.hold(&stamp, Over::Kind(Kind::Concerns), &because).await?;
    Ok(())
}
