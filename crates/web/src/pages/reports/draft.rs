//! The report of a quarter as it stands, for those who may read it before it is released.

use quarterlight_domain::permission::{Deed, permits};

use super::files::{FileKind, printed};
use super::report::{ReleaseForm, ReportPage};
use super::{ToDraft, file_name};
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
    let here = links::draft(asked.quarter, asked.service);
    page::show(&ReportPage::draft(frame, &document, &here, release))
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page for those who may not read drafts. Fails if the file cannot be made.
pub async fn file(app: App, asked: ToDraft, kind: FileKind) -> page::Result {
    let document = asked.document(&app).await?;
    printed(&app, kind, &file_name(asked.quarter), document).await
}
