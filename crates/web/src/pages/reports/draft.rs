//! The report of a quarter as it stands, for those who may read it before it is released.

use quarterlight_domain::permission::{Deed, ReleaseDeed, permits};
use quarterlight_domain::release::about::About;

use super::files::{FileKind, printed};
use super::prepare::build::BuildShown;
use super::report::ReportPage;
use super::{ToDraft, file_name};
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
        let latest =
            app.store.releases.latest(About::Quarter(asked.quarter, asked.service)).await?;
        let action = links::build_report(asked.quarter, asked.service);
        Some(BuildShown::new(action, latest.is_some()))
    } else {
        None
    };
    let frame = asked.visitor.frame(&app, "", "Reports");
    let here = links::draft(asked.quarter, asked.service);
    page::show(&ReportPage::draft(frame, &document, &here).build(build))
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page for those who may not read drafts. Fails if the file cannot be made.
pub async fn file(app: App, asked: ToDraft, kind: FileKind) -> page::Result {
    let document = asked.document(&app).await?;
    printed(&app, kind, &file_name(asked.quarter.into()), document).await
}
