//! A report as a page, whether it is still a draft or was released: one struct for both.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_report::document::Document;
use quarterlight_store::ReleasedReport;

use super::{Asked, digest, files, kept, opened};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Button, ErrorSummary, WarningText};
use crate::layout::Frame;
use crate::links;
use crate::parts::Parts;

/// A report of the same quarter and service that was released before.
#[derive(Debug, Clone)]
struct Earlier {
    words: String,
    href: String,
}

/// The form by which a clerk releases what stands on the page.
#[derive(Debug, Clone)]
pub struct ReleaseForm {
    action: String,
    /// By which the document is known again, so that nothing is released that was not read.
    digest: String,
    earlier: Vec<Earlier>,
    /// What releasing means; none where just this was released already.
    warning: Option<WarningText>,
    button: Button,
}

impl ReleaseForm {
    /// The form for a quarter's report as it stands.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of<D>(app: &App, asked: &Asked<D>, document: &Document) -> Result<Self, Failure> {
        let released = asked.released(app, document).await?;
        let action = links::release(asked.quarter, asked.service);
        Self::new(action, document, &released)
    }

    fn new(
        action: String,
        document: &Document,
        released: &[ReleasedReport],
    ) -> Result<Self, Failure> {
        let is_released = already(document, released)?.is_some();
        let earlier = released.iter().map(|it| (words_of(it), links::report(it.line.id))).collect();
        Self::of_document(action, document, earlier, is_released)
    }

    /// The form for any document: what was released before, as words and links, and whether the
    /// latest of it says the same.
    ///
    /// # Errors
    /// Fails if the document cannot be written as text, which is a fault of ours.
    pub fn of_document(
        action: String,
        document: &Document,
        earlier: Vec<(String, String)>,
        is_released: bool,
    ) -> Result<Self, Failure> {
        let warning = "Everybody who may read reports will read it, with its small numbers. It is \
                       kept as it stands here, and can never be changed or taken back.";
        Ok(Self {
            action,
            digest: digest(&kept(document)?),
            earlier: earlier.into_iter().map(|(words, href)| Earlier { words, href }).collect(),
            warning: (!is_released).then(|| WarningText::new(warning)),
            button: Button::submit("Release this report"),
        })
    }
}

/// The released report that says just what this document says, if there is one.
///
/// # Errors
/// Fails if what was kept is not a document.
pub fn already<'a>(
    document: &Document,
    released: &'a [ReleasedReport],
) -> Result<Option<&'a ReleasedReport>, Failure> {
    for report in released {
        if opened(&report.document)? == *document {
            return Ok(Some(report));
        }
    }
    Ok(None)
}

fn words_of(report: &ReleasedReport) -> String {
    format!("Released on {}", day_in_words(report.line.released_on))
}

/// A report as a page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/report.html")]
pub struct ReportPage {
    frame: Frame,
    errors: ErrorSummary,
    authority: String,
    title: String,
    subtitle: String,
    as_at: String,
    /// Whether it is a draft or was released.
    state: String,
    /// Who may see it; at the top and at the end, because people arrive at either.
    marking: Option<WarningText>,
    /// What each link to a file says, and where it leads.
    files: Vec<(&'static str, String)>,
    contents: Vec<(String, String)>,
    parts: Parts,
    release: Option<ReleaseForm>,
}

impl ReportPage {
    /// A report that is not released yet, whose page is `here`; a clerk has the form to release it.
    pub fn draft(
        frame: Frame,
        document: &Document,
        here: &str,
        release: Option<ReleaseForm>,
    ) -> Self {
        let state = "This is a draft: its figures change as audits and actions go on.";
        Self { release, ..Self::new(frame, document, state.to_owned(), here) }
    }

    /// A report as it was released, whose page is `here`.
    pub fn released(frame: Frame, document: &Document, here: &str, on: Date) -> Self {
        let state = format!("Released on {}. It never changes.", day_in_words(on));
        Self::new(frame, document, state, here)
    }

    /// The same page after the figures have changed under the hand of the clerk.
    #[must_use]
    pub fn changed(mut self) -> Self {
        self.frame.has_errors = true;
        self.errors = self.errors.sentence(
            "The report has changed since you opened it, so it was not released. Read it as it \
             stands now, and release it then",
        );
        self
    }

    fn new(frame: Frame, document: &Document, state: String, here: &str) -> Self {
        let cover = &document.cover;
        let breadcrumbs = vec![("Reports".to_owned(), links::reports())];
        let parts = Parts::of(document);
        Self {
            frame: Frame { breadcrumbs, title: super::title(document), ..frame },
            errors: ErrorSummary::new(),
            authority: cover.authority.clone(),
            title: cover.title.clone(),
            subtitle: cover.subtitle.clone(),
            as_at: cover.as_at.clone(),
            state,
            marking: (!cover.marking.is_empty()).then(|| WarningText::new(cover.marking.as_str())),
            files: files::of(here),
            contents: parts.contents(),
            parts,
            release: None,
        }
    }

    /// A released quarter, a draft with and without the form, one that changed, and hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("");
        let here = "/reports/quarters/2026-Q4?service=3";
        let on = jiff::civil::date(2027, 1, 11);
        let mut samples = Vec::new();
        for document in super::sample::documents() {
            let form = |released: &[ReleasedReport]| {
                ReleaseForm::new(
                    "/reports/quarters/2026-Q4/release".to_owned(),
                    &document,
                    released,
                )
                .ok()
            };
            let released = super::sample::released(&document);
            samples.push(Self::released(frame(), &document, here, on));
            samples.push(Self::draft(frame(), &document, here, None));
            samples.push(Self::draft(frame(), &document, here, form(&released)));
            samples.push(Self::draft(frame(), &document, here, form(&[])).changed());
        }
        samples
    }
}
