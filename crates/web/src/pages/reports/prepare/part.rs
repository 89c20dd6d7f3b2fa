//! A part of a prepared report, as it reads now.

use super::super::report::ReportPage;
use super::{ToRead, WhichPart};
use crate::app::App;
use crate::error::Failure;
use crate::page;

/// Shows the part.
///
/// # Errors
/// There is no such page for those who may not read drafts, and of a part that is not there.
pub async fn get(_app: App, report: ToRead, part: WhichPart) -> page::Result {
    let document = report.report.part(part.0).ok_or(Failure::NotFound)?;
    let page = ReportPage::prepared(report.base.clone(), &document, report.prepared());
    page::show(&page.read_by(&report.visitor))
}
