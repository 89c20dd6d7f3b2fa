//! The report of a quarter as it stands, for those who may read it before it is released.

use quarterlight_domain::permission::{Deed, ReleaseDeed, permits};

use super::prepare::build::BuildShown;
use super::report::ReportPage;
use super::{ToDraft, pdf as print};
use crate::app::App;
use crate::{links, page};

/// Shows the report as it stands.
///
/// # Errors
/// There is no such page for a quarter without a cycle, nor for those who may not read drafts.
pub async fn get(app: App, asked: ToDraft) -> page::Result {
    let document = asked.document(&app).await?;
    let deed = Deed::Release(ReleaseDeed::Build);
    let build = if permits(&asked.visitor.person, deed, asked.visitor.today) {
        let latest = app.store.releases.latest((asked.quarter, asked.service)).await?;
        let action = links::build_report(asked.quarter, asked.service);
        Some(BuildShown::new(action, latest.is_some()))
    } else {
        None
    };
    let frame = asked.visitor.frame(&app, "", "Reports");
    let pdf = links::draft_pdf(asked.quarter, asked.service);
    page::show(&ReportPage::draft(frame, &document, pdf, None).build(build))
}

/// Gives the same as a PDF.
///
/// # Errors
/// There is no such page for those who may not read drafts. Fails if the PDF cannot be set.
pub async fn pdf(app: App, asked: ToDraft) -> page::Result {
    let document = asked.document(&app).await?;
    print(&app, asked.quarter, document).await
}
