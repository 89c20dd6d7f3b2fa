//! What everybody may read without signing in: the public parts of released reports.
//!
//! These pages know no session, and show nothing but what was released as Part I and what the
//! committee's register says is owed. Where the authority has switched them off, there are none.

pub mod compare;
pub mod explain;
pub mod list;
pub mod owed;
pub mod report;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use quarterlight_report::document::Document;
use quarterlight_store::PublicReport;

use super::opened;
use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::page::{self, Page};

/// Whoever asks, where the authority lets everybody read.
#[derive(Debug, Clone, Copy)]
pub struct Anybody;

impl FromRequestParts<App> for Anybody {
    type Rejection = Failure;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Failure> {
        if app.public.reports { Ok(Self) } else { Err(Failure::NotFound) }
    }
}

/// A released Part I in the hand of anybody.
#[derive(Debug, Clone)]
pub struct ToReadInPublic {
    /// As it was released.
    pub report: PublicReport,
    /// The same, opened.
    pub document: Document,
}

impl FromRequestParts<App> for ToReadInPublic {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        Anybody::from_request_parts(parts, app).await?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        let id = path.iter().find(|(key, _)| *key == "report").map(|(_, value)| value);
        let id = id.and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
        let report = app.store.releases.part_one(id).await?.ok_or(Failure::NotFound)?;
        let document = opened(&report.part_one)?;
        Ok(Self { report, document })
    }
}

/// How long a copy of a public page may stand before it is asked for again: a correction is seen
/// after five minutes at the latest.
const FRESH: &str = "public, max-age=300";

/// A public page, which copies may be kept of.
fn public(page: Page) -> Response {
    ([(CACHE_CONTROL, FRESH)], page).into_response()
}

/// What handlers of this room give back.
type Answer = page::Result<Response>;

/// The frame of a page for a stranger.
fn frame(app: &App, title: impl Into<String>, above: Vec<(String, String)>) -> Frame {
    Frame {
        authority: app.authority.clone(),
        home: links::published(),
        breadcrumbs: above,
        demonstration: app.demonstration,
        ..Frame::new(title)
    }
}

fn all_reports() -> (String, String) {
    ("Published reports".to_owned(), links::published())
}
