//! The report of a quarter as it stands, for those who may read it before it is released.

use quarterlight_domain::permission::{Deed, permits};

use super::report::{ReleaseForm, ReportPage};
use super::{ToDraft, pdf as print};
use crate::app::App;
use crate::{links, page};

/// Shows the report as it stands.
///
/// # Errors
/// There is no such page for a quarter without a cycle, nor for those who may not read drafts.
pub async fn get(app: App, asked: ToDraft) -> page::Result {
    let document = asked.document(&app).await?;
    let may_release = permits(&asked.visitor.person, Deed::ReleaseReports, asked.visitor.today);
    let release =
        if may_release { Some(ReleaseForm::of(&app, &asked, &document).await?) } else { None };
    let frame = asked.visitor.frame(&app, "", "Reports");
    let pdf = links::draft_pdf(asked.quarter, asked.service);
    page::show(&ReportPage::draft(frame, &document, pdf, release))
}

/// Gives the same as a PDF.
///
/// # Errors
/// There is no such page for those who may not read drafts. Fails if the PDF cannot be set.
pub async fn pdf(app: App, asked: ToDraft) -> page::Result {
    let document = asked.document(&app).await?;
    print(&app, asked.quarter, document).await
}
