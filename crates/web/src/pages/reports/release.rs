//! Releasing a report: its document is kept as it was read, and the journal's tree is noted with it.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::refusal::Refusal;
use serde::Deserialize;

use super::report::{ReleaseForm as FormShown, ReportPage, already};
use super::{ToRelease, digest, kept, title};
use crate::app::App;
use crate::form::Filled;
use crate::{links, page};

/// What the clerk's form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReleaseForm {
    /// By which the document that the clerk has read is known again.
    pub digest: String,
}

/// Releases the report of a quarter.
///
/// # Errors
/// Refuses where a released report of the quarter says the same already. There is no such page for
/// anybody but a clerk.
pub async fn post(app: App, asked: ToRelease, Filled(form): Filled<ReleaseForm>) -> page::Result {
    let document = asked.document(&app).await?;
    let released = asked.released(&app, &document).await?;
    if let Some(report) = already(&document, &released)? {
        let on = day_in_words(report.line.released_on);
        return Err(Refusal::because(format!(
            "This report was released already, on {on}, and nothing in it has changed since."
        ))
        .into());
    }
    let text = kept(&document)?;
    // What a committee receives is what its clerk has read, and not what the figures became meanwhile.
    if digest(&text) != form.digest {
        let again = FormShown::of(&app, &asked, &document).await?;
        let frame = asked.visitor.frame(&app, "", "Reports");
        let here = links::draft(asked.quarter, asked.service);
        return page::again(&ReportPage::draft(frame, &document, &here, Some(again)).changed());
    }
    let stamp = asked.visitor.stamp("released a report");
    let about = (asked.quarter, asked.service);
    let by = asked.visitor.id();
    let id = app.store.reports.release(&stamp, by, about, &title(&document), &text).await?;
    app.store.journal.checkpoint(&stamp).await?;
    page::see_other(links::report(id))
}
