//! A report that was released, from the document that was kept: it never changes.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use quarterlight_domain::id::ReportId;
use quarterlight_domain::permission::{Deed, ReleaseDeed, permits};
use quarterlight_report::document::Document;
use quarterlight_store::{ReportLine, Seen};

use super::files::{FileKind, printed};
use super::prepare::WAITS;
use super::report::ReportPage;
use super::{file_name, opened, watermark};
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
        // It has small numbers: no note, no page.
        let seen = Seen::Report(report.line.id);
        app.store.releases.note_look(visitor.id(), seen, parts.uri.path(), visitor.at).await?;
        Ok(Self { visitor, line: report.line, document: opened(&report.document)? })
    }
}

/// The public part that stands beside a released report: its own, or the last before it.
async fn public_beside(app: &App, line: &ReportLine) -> Result<Option<ReportId>, Failure> {
    let all = app.store.releases.public().await?;
    let same = all.iter().filter(|it| it.about == line.about && it.id <= line.id);
    Ok(same.map(|it| it.id).max())
}

/// Shows the report.
///
/// # Errors
/// There is no such page for those who may not read reports.
pub async fn get(app: App, report: ToRead) -> page::Result {
    let frame = report.visitor.frame(&app, "", "Reports");
    let id = report.line.id;
    let here = links::report(id);
    let found = app.store.releases.corrections(id).await?;
    let on = report.line.released_on;
    let mut page =
        ReportPage::released(frame, &report.document, &here, on).read_by(&report.visitor);
    if let Some(later) = found.corrected_by {
        let link = ("Read the correction.", links::report(later));
        page = page.notice("This report was corrected.", Some(link));
    }
    if let Some((earlier, words)) = found.corrects {
        let link = ("Read the report that it corrects.", links::report(earlier));
        page = page.notice("This report is a correction.", Some(link)).notice(&words, None);
        if !found.differs.is_empty() {
            page = page.notice(&format!("Not as they were: {}.", found.differs.join(", ")), None);
        }
    }
    if let Some(words) = &found.public_waits {
        page = page.notice(WAITS, None).notice(words, None);
    }
    if app.public.reports
        && found.public_waits.is_none()
        && let Some(public) = public_beside(&app, &report.line).await?
    {
        let words = if public == id {
            "This is Part II."
        } else {
            "This is Part II alone: nothing in Part I has changed."
        };
        let link = ("Part I, which everybody may read.", links::published_report(public));
        page = page.notice(words, Some(link));
    }
    let sees = Deed::Release(ReleaseDeed::SeeReaders);
    if permits(&report.visitor.person, sees, report.visitor.today) {
        let link = ("See who has read it.", links::report_readers(Some(id)));
        page = page.notice("Each reading of this Part II is noted.", Some(link));
    }
    page::show(&page)
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page for those who may not read reports. Fails if the file cannot be made.
pub async fn file(app: App, report: ToRead, kind: FileKind) -> page::Result {
    let mut document = report.document;
    let read = watermark(&report.visitor);
    document.cover.marking = format!("{} {read}.", document.cover.marking);
    printed(&app, kind, &file_name(report.line.about), document).await
}
