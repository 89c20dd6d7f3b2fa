//! The journal without what it says of anybody: for a program that keeps checkpoints elsewhere.

use axum::Json;
use axum::extract::RawQuery;
use quarterlight_domain::permission::api::ApiDeed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::{Caller, asked};
use super::problem::{Problem, Problems};
use crate::app::App;

/// The most entries of one answer.
const MOST: u16 = 1_000;

/// The journal's size and root at some time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checkpoint {
    /// Entries.
    size: u32,
    /// The Merkle root over them, in hexadecimal.
    root: String,
    /// When it was taken.
    #[schema(format = DateTime)]
    taken_at: String,
}

/// An entry, as the very text that was hashed. It holds no name and no free text.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalEntry {
    /// Its number.
    seq: i64,
    /// Its text.
    entry: String,
    /// Its leaf hash, in hexadecimal.
    leaf: String,
}

/// Which entries.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The number of the first. Without it, the first of all.
    #[serde(default)]
    #[param(minimum = 0, required = false)]
    from: u32,
    /// The most that are wanted, 1,000 at most. Without it, 100.
    #[serde(default = "hundred")]
    #[param(minimum = 1, maximum = 1000, required = false)]
    most: u16,
}

const fn hundred() -> u16 {
    100
}

/// The journal's last checkpoint. There is none until somebody has taken one.
#[utoipa::path(
    get,
    path = "/api/v1/journal/checkpoint",
    tag = "operation",
    security(("token" = ["journal:read"])),
    responses((status = 200, description = "The last checkpoint", body = Checkpoint), Problems)
)]
pub async fn checkpoint(app: App, caller: Caller) -> Result<Json<Checkpoint>, Problem> {
    caller.may(ApiDeed::ReadJournal)?;
    let last = app.store.operations.checkpoint().await?;
    let (size, root, at) = last.ok_or_else(Problem::not_found)?;
    Ok(Json(Checkpoint { size, root, taken_at: at.to_string() }))
}

/// Entries of the journal, without what they say of anybody.
#[utoipa::path(
    get,
    path = "/api/v1/journal/entries",
    tag = "operation",
    security(("token" = ["journal:read"])),
    params(Which),
    responses((status = 200, description = "Entries, in their order", body = Vec<JournalEntry>), Problems)
)]
pub async fn entries(
    app: App,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Json<Vec<JournalEntry>>, Problem> {
    caller.may(ApiDeed::ReadJournal)?;
    let which: Which = asked(query.as_deref())?;
    if !(1..=MOST).contains(&which.most) {
        return Err(Problem::unreadable("Ask for 1 to 1,000 entries."));
    }
    let found = app.store.operations.entries(which.from.into(), which.most.into()).await?;
    let entry = |it: quarterlight_store::OpenEntry| JournalEntry {
        seq: it.seq,
        entry: it.entry,
        leaf: it.leaf,
    };
    Ok(Json(found.into_iter().map(entry).collect()))
}
