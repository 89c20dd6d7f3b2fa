//! The programme of a year as a document: as it stands, and built for members.

use axum::extract::Path;
use quarterlight_domain::permission::{Deed, ReleaseDeed, permits};
use quarterlight_domain::release::about::About;
use quarterlight_report::document::Document;

use super::file_name;
use super::files::{FileKind, printed};
use super::prepare::build::{BuildForm, BuildShown, build};
use super::report::ReportPage;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::permit::{BuildReports, ReadDraftReports, Through};
use crate::reported::Reported;
use crate::session::SignedIn;
use crate::{links, page};

fn year_of(year: &str) -> Result<i16, Failure> {
    year.parse().map_err(|_| Failure::NotFound)
}

async fn document(app: &App, visitor: &SignedIn, year: i16) -> Result<Document, Failure> {
    Reported::of(&app.store, About::Year(year), visitor.today).await?.private()
}

/// Shows the programme of a year as it stands.
///
/// # Errors
/// There is no such page for those who may not read drafts, nor for a year without quarters.
pub async fn draft(
    app: App,
    visitor: Through<ReadDraftReports>,
    Path(year): Path<String>,
) -> page::Result {
    let year = year_of(&year)?;
    let document = document(&app, &visitor, year).await?;
    let deed = Deed::Release(ReleaseDeed::Build);
    let form = if permits(&visitor.person, deed, visitor.today) {
        let latest = app.store.releases.latest(About::Year(year)).await?;
        Some(BuildShown::new(links::build_programme(year), latest.is_some()))
    } else {
        None
    };
    let frame = visitor.frame(&app, "", "Reports");
    let here = links::programme_draft(year);
    page::show(&ReportPage::draft(frame, &document, &here).build(form))
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page for those who may not read drafts. Fails if the file cannot be made.
pub async fn draft_file(
    app: App,
    visitor: Through<ReadDraftReports>,
    Path((year, _)): Path<(String, String)>,
    kind: FileKind,
) -> page::Result {
    let year = year_of(&year)?;
    let document = document(&app, &visitor, year).await?;
    printed(&app, kind, &file_name(About::Year(year)), document).await
}

/// Builds the programme of a year for members, as it stands today.
///
/// # Errors
/// Refuses a correction that does not say what changed. There is no such page for those who do not
/// build reports, nor for a year without quarters.
pub async fn post(
    app: App,
    visitor: Through<BuildReports>,
    Path(year): Path<String>,
    Filled(form): Filled<BuildForm>,
) -> page::Result {
    build(&app, &visitor, About::Year(year_of(&year)?), &form).await
}
