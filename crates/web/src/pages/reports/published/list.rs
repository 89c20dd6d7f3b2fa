//! The reports that everybody may read.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_store::PublicLine;

use super::{Answer, Anybody, frame, public};
use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::{links, page};

/// The reports that everybody may read.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/published/list.html")]
pub struct PublishedPage {
    frame: Frame,
    reports: Table,
    owed: String,
    sign_in: String,
}

/// Lists them.
///
/// # Errors
/// There is no such page where the authority has switched it off.
pub async fn get(app: App, _: Anybody) -> Answer {
    let reports = app.store.releases.public().await?;
    let frame = frame(&app, "Published reports", Vec::new());
    Ok(public(page::show(&PublishedPage::new(frame, &reports))?))
}

impl PublishedPage {
    fn new(frame: Frame, reports: &[PublicLine]) -> Self {
        let columns = ["Report", "Released on", "State", "File"].map(Column::words);
        let row = |it: &PublicLine| {
            let state = match (it.corrected_by, it.corrects) {
                (Some(_), _) => "Corrected since",
                _ if it.waits => "A correction waits",
                (None, Some(_)) => "A correction",
                (None, None) => "As first released",
            };
            vec![
                Content::link(it.title.clone(), links::published_report(it.id)),
                Content::text(day_in_words(it.released_on)),
                Content::text(state),
                Content::link(format!("PDF, {}", it.about), links::published_pdf(it.id)),
            ]
        };
        Self {
            frame,
            reports: Table::new("reports", "Audits of children’s records", columns.into())
                .rows(reports.iter().map(row).collect())
                .empty("No report has been released yet."),
            owed: links::published_owed(),
            sign_in: links::reports(),
        }
    }

    /// Nothing released yet, and a report, its correction and hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Published reports");
        vec![Self::new(frame(), &[]), Self::new(frame(), &super::report::sample_lines())]
    }
}
