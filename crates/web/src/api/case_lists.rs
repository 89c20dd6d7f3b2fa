//! A case list from another program: read and checked as the page does it, and taken in only by a
//! token that was made for that.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, RawQuery, Request};
use axum::http::StatusCode;
use jiff::civil::Date;
use quarterlight_domain::id::{CaseListId, PersonId};
use quarterlight_domain::permission::api::ApiDeed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::{Caller, asked};
use super::problem::{Problem, Problems, Said};
use crate::app::App;
use crate::links;
use crate::pages::case_lists::kept::safe;
use crate::pages::case_lists::reading::NotYet;
use crate::pages::case_lists::upload::{MOST_FILES, keep};
use crate::pages::case_lists::waiting::Waiting;
use crate::upload;

/// What is known of the files beside them.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Beside {
    /// The day as at which they are true, as 2026-09-30.
    #[param(format = Date)]
    as_at: String,
    /// The authority by name or number, where the files do not make clear whose they are.
    #[serde(default)]
    #[param(required = false)]
    authority: String,
}

/// The files of a case list.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it describes a form, which is read part by part")]
pub struct Files {
    /// The files, one part each.
    #[schema(content_media_type = "application/octet-stream")]
    file: Vec<String>,
}

/// A case list that was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Read {
    /// Its number.
    case_list: i64,
    /// Records that it has.
    records: u32,
    /// Problems that were found.
    problems: u32,
    /// Where a person looks at it and takes it in.
    page: String,
}

/// What taking a list in changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenIn {
    /// Records that are new.
    new: u32,
    /// Records that changed.
    changed: u32,
    /// Records that are gone.
    gone: u32,
}

/// Reads and checks the files of a case list. Nothing is taken in.
#[utoipa::path(
    post,
    path = "/api/v1/case-lists",
    tag = "case lists",
    security(("token" = ["case-lists:write"])),
    params(Beside),
    request_body(content = Files, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The list was read, and waits to be looked at", body = Read),
        (status = 413, description = "More was sent than is taken", body = Said, content_type = "application/problem+json"),
        (status = 422, description = "The files cannot be read", body = Said, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn send(
    app: App,
    caller: Caller,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<(StatusCode, Json<Read>), Problem> {
    caller.may(ApiDeed::SendCaseList)?;
    let beside: Beside = asked(query.as_deref())?;
    let as_at: Option<Date> = beside.as_at.parse().ok().filter(|day| *day <= caller.today);
    let as_at = as_at.ok_or_else(|| {
        Problem::unreadable("Give as_at as a day that is not to come, such as 2026-09-30.")
    })?;
    let mut files = Vec::new();
    let take = |part: upload::Part| {
        if part.field == "file" && files.len() < MOST_FILES {
            let name = safe(part.sent.name());
            files.push(part.sent.called(name));
        }
        Ok(())
    };
    upload::each(request, &app, take).await.map_err(|failure| Problem::of(&failure))?;
    if files.is_empty() {
        return Err(Problem::unreadable("Send at least one part with the name file."));
    }
    let waiting = Waiting {
        person: PersonId(0),
        since: caller.at,
        files,
        as_at,
        authority: beside.authority,
        chosen: BTreeMap::new(),
    };
    let stamp = caller.stamp("read a case list");
    let kept = keep(&app, &stamp, waiting).await.map_err(|failure| Problem::of(&failure))?;
    let cannot = |sentence: String| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, sentence);
    let id = kept.map_err(|not_yet| match not_yet.0 {
        NotYet::Unreadable(sentence) => cannot(sentence),
        NotYet::ToMap(to_map) => cannot(format!(
            "“{}” is a list whose columns nobody has named yet. Send it once on the page of case lists; its columns are remembered.",
            to_map.name
        )),
    })?;
    let list = app.store.case_lists.get(id).await?.ok_or_else(Problem::not_found)?;
    let read = Read {
        case_list: id.0,
        records: list.records,
        problems: list.problems,
        page: links::case_list(id),
    };
    Ok((StatusCode::CREATED, Json(read)))
}

/// Takes a list in that was read.
#[utoipa::path(
    post,
    path = "/api/v1/case-lists/{case_list}/take-in",
    tag = "case lists",
    security(("token" = ["case-lists:take-in"])),
    params(("case_list" = i64, Path, description = "The number of the list")),
    responses(
        (status = 200, description = "The list was taken in", body = TakenIn),
        (status = 409, description = "It cannot be taken in any more", body = Said, content_type = "application/problem+json"),
        Problems
    )
)]
pub async fn take_in(
    app: App,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<TakenIn>, Problem> {
    caller.may(ApiDeed::TakeInCaseList)?;
    let id: CaseListId = id.parse().map_err(|_| Problem::not_found())?;
    let list = app.store.case_lists.get(id).await?.ok_or_else(Problem::not_found)?;
    let over = || {
        Problem::new(
            StatusCode::CONFLICT,
            "This list has no records, was taken in before, or a later one was.",
        )
    };
    if list.records == 0 || list.replaced_by.is_some() {
        return Err(over());
    }
    let stamp = caller.stamp("took a case list in");
    let taken = app.store.case_lists.take_in(&stamp, id).await?.ok_or_else(over)?;
    Ok(Json(TakenIn { new: taken.new, changed: taken.changed, gone: taken.gone }))
}
