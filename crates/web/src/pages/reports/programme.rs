//! The programme of a year as a document for members: as it stands, its release, and as released.

use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_report::document::Document;
use quarterlight_report::programme::programme;
use quarterlight_store::ReleasedProgramme;

use super::files::{FileKind, printed};
use super::release::ReleaseForm;
use super::report::{ReleaseForm as FormShown, ReportPage};
use super::{digest, kept, opened, title};
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::permit::{ReadDraftReports, ReadReleasedReports, ReleaseReports, Through};
use crate::session::SignedIn;
use crate::year::facts;
use crate::{links, page};

async fn document(app: &App, visitor: &SignedIn, year: &str) -> Result<Document, Failure> {
    let year = year.parse().map_err(|_| Failure::NotFound)?;
    let facts = facts(app, year, visitor.today).await?;
    programme(&facts).map_err(|unfinished| Failure::Failed(unfinished.to_string()))
}

/// The released programmes of a year, the latest first.
async fn of_year(app: &App, year: &str) -> Result<Vec<ReleasedProgramme>, Failure> {
    let mut all = app.store.programmes.released().await?;
    all.retain(|released| released.year.to_string() == year);
    Ok(all)
}

/// The latest released programme that says just what this document says, but for its day.
fn already<'a>(
    document: &Document,
    released: &'a [ReleasedProgramme],
) -> Result<Option<&'a ReleasedProgramme>, Failure> {
    let Some(latest) = released.first() else { return Ok(None) };
    Ok((opened(&latest.document)? == *document).then_some(latest))
}

fn year_of(year: &str) -> Result<i16, Failure> {
    year.parse().map_err(|_| Failure::NotFound)
}

async fn form(app: &App, year: &str, document: &Document) -> Result<FormShown, Failure> {
    let released = of_year(app, year).await?;
    let is_released = already(document, &released)?.is_some();
    let earlier = released
        .iter()
        .map(|it| {
            let words = format!("Released on {}", day_in_words(it.released_on));
            (words, links::released_programme(it.id))
        })
        .collect();
    FormShown::of_document(links::programme_release(year_of(year)?), document, earlier, is_released)
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
    let document = document(&app, &visitor, &year).await?;
    let may_release = permits(&visitor.person, Deed::ReleaseReports, visitor.today);
    let release = if may_release { Some(form(&app, &year, &document).await?) } else { None };
    let frame = visitor.frame(&app, "", "Reports");
    let here = links::programme_draft(year_of(&year)?);
    page::show(&ReportPage::draft(frame, &document, &here, release))
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
    let document = document(&app, &visitor, &year).await?;
    printed(&app, kind, &format!("programme-of-audits-{}", year_of(&year)?), document).await
}

/// Releases the programme of a year.
///
/// # Errors
/// Refuses where the latest released one says the same. There is no such page for anybody but a
/// clerk.
pub async fn release(
    app: App,
    visitor: Through<ReleaseReports>,
    Path(year): Path<String>,
    Filled(form_sent): Filled<ReleaseForm>,
) -> page::Result {
    let document = document(&app, &visitor, &year).await?;
    let released = of_year(&app, &year).await?;
    if let Some(latest) = already(&document, &released)? {
        let on = day_in_words(latest.released_on);
        return Err(Refusal::because(format!(
            "This programme was released already, on {on}, and nothing in it has changed since."
        ))
        .into());
    }
    let text = kept(&document)?;
    let year_number = year_of(&year)?;
    if digest(&text) != form_sent.digest {
        let again = form(&app, &year, &document).await?;
        let frame = visitor.frame(&app, "", "Reports");
        let here = links::programme_draft(year_number);
        return page::again(&ReportPage::draft(frame, &document, &here, Some(again)).changed());
    }
    let stamp = visitor.stamp("released a programme");
    let (by, title) = (visitor.id(), title(&document));
    let id = app.store.programmes.release(&stamp, by, year_number, &title, &text).await?;
    app.store.journal.checkpoint(&stamp).await?;
    page::see_other(links::released_programme(id))
}

async fn find(app: &App, id: &str) -> Result<ReleasedProgramme, Failure> {
    let id = id.parse().map_err(|_| Failure::NotFound)?;
    app.store.programmes.get(id).await?.ok_or(Failure::NotFound)
}

/// Shows a programme as it was released.
///
/// # Errors
/// There is no such page for those who may not read released reports.
pub async fn released(
    app: App,
    visitor: Through<ReadReleasedReports>,
    Path(id): Path<String>,
) -> page::Result {
    let released = find(&app, &id).await?;
    let frame = visitor.frame(&app, "", "Reports");
    let here = links::released_programme(released.id);
    let document = opened(&released.document)?;
    page::show(&ReportPage::released(frame, &document, &here, released.released_on))
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page for those who may not read released reports. Fails if the file cannot be made.
pub async fn released_file(
    app: App,
    _visitor: Through<ReadReleasedReports>,
    Path((id, _)): Path<(String, String)>,
    kind: FileKind,
) -> page::Result {
    let released = find(&app, &id).await?;
    let name = format!("programme-of-audits-{}", released.year);
    printed(&app, kind, &name, opened(&released.document)?).await
}
