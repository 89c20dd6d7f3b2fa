//! A report that was released, from the document that was kept: it never changes.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use quarterlight_report::document::Document;
use quarterlight_store::ReportLine;

use super::files::{FileKind, printed};
use super::report::ReportPage;
use super::{file_name, opened};
use crate::app::App;
use crate::error::Failure;
use crate::permit::{ReadReleasedReports, Through};
use crate::{links, page};

/// A released report in the hand of somebody who may read it.
#[derive(Debug, Clone)]
pub struct ToRead {
    visitor: Through<ReadReleasedReports>,
    line: ReportLine,
    document: Document,
}

impl FromRequestParts<App> for ToRead {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Through::from_request_parts(parts, app).await?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| Failure::NotFound)?;
        let id = path.iter().find(|(key, _)| *key == "report").map(|(_, value)| value);
        let id = id.and_then(|id| id.parse().ok()).ok_or(Failure::NotFound)?;
        let report = app.store.reports.get(id).await?.ok_or(Failure::NotFound)?;
        Ok(Self { visitor, line: report.line, document: opened(&report.document)? })
    }
}

/// Shows the report.
///
/// # Errors
/// There is no such page for those who may not read reports.
pub async fn get(app: App, report: ToRead) -> page::Result {
    let frame = report.visitor.frame(&app, "", "Reports");
    let here = links::report(report.line.id);
    page::show(&ReportPage::released(frame, &report.document, &here, report.line.released_on))
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page for those who may not read reports. Fails if the file cannot be made.
pub async fn file(app: App, report: ToRead, kind: FileKind) -> page::Result {
    printed(&app, kind, &file_name(report.line.quarter), report.document).await
}
