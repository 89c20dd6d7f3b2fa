//! What the committee is owed: by when, and where it stands. What was said stands on the pages.

use axum::Json;
use quarterlight_domain::permission::api::ApiDeed;
use quarterlight_domain::register::Stage;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use super::problem::{Problem, Problems};
use crate::app::App;

/// Something that the committee asked, resolved or was promised, and that is not settled.
#[derive(Debug, Serialize, ToSchema)]
pub struct Owed {
    /// Its number in the register.
    item: i64,
    /// `question`, `resolution` or `promise`.
    kind: &'static str,
    /// The committee.
    committee: String,
    /// The day of its meeting.
    #[schema(format = Date)]
    meeting_on: String,
    /// By when a reply is owed.
    #[schema(format = Date)]
    due: String,
    /// `open` while no reply was given, `replied` until the committee has accepted it.
    stage: &'static str,
    /// True if the day has passed and no reply was given.
    overdue: bool,
}

/// What the committee is owed.
#[utoipa::path(
    get,
    path = "/api/v1/register",
    tag = "figures",
    security(("token" = ["register:read"])),
    responses((status = 200, description = "What is owed", body = Vec<Owed>), Problems)
)]
pub async fn get(app: App, caller: Caller) -> Result<Json<Vec<Owed>>, Problem> {
    caller.may(ApiDeed::ReadRegister)?;
    let items = app.store.register.items().await?;
    let owed = items.into_iter().filter(|item| item.stage() != Stage::Accepted).map(|item| {
        let (stage, due) = (item.stage(), item.due());
        Owed {
            item: item.id.0,
            kind: item.kind.code(),
            committee: item.meeting.committee.clone(),
            meeting_on: item.meeting.held_on.to_string(),
            due: due.to_string(),
            stage: stage.code(),
            overdue: stage == Stage::Open && due < caller.today,
        }
    });
    Ok(Json(owed.collect()))
}
