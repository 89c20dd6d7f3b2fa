//! Whether all is well, for a program that watches.

use axum::Json;
use quarterlight_domain::permission::api::ApiDeed;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use super::problem::{Problem, Problems};
use crate::app::App;

/// How the program is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// True if the database answers and its schema is this program's.
    well: bool,
    /// The program's version.
    version: &'static str,
    /// The database's own version.
    database: String,
    /// The last step of the schema.
    schema: String,
    /// Concerns that nobody has acknowledged.
    concerns_waiting: u32,
    /// Emails that were not sent yet.
    emails_waiting: u32,
    /// Entries of the journal.
    journal_entries: u32,
}

/// Whether all is well.
#[utoipa::path(
    get,
    path = "/api/v1/health",
    tag = "operation",
    security(("token" = ["health:read"])),
    responses((status = 200, description = "How the program is", body = Health), Problems)
)]
pub async fn get(app: App, caller: Caller) -> Result<Json<Health>, Problem> {
    caller.may(ApiDeed::ReadHealth)?;
    let standing = app.store.operations.standing().await?;
    Ok(Json(Health {
        well: standing.steps_behind == 0,
        version: env!("CARGO_PKG_VERSION"),
        database: standing.engine,
        schema: standing.schema,
        concerns_waiting: standing.concerns,
        emails_waiting: standing.concern_mails.saturating_add(standing.reminders),
        journal_entries: standing.entries,
    }))
}
