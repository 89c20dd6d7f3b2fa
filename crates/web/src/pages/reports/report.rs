//! A report as a page, whether it is still a draft or was released: one struct for both.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::release::Prepared;
use quarterlight_report::document::Document;

use super::prepare::build::BuildShown;
use super::{digest, files, kept};
use crate::error::Failure;
use crate::govuk::{Button, Content, ErrorSummary, Inset, WarningText};
use crate::layout::Frame;
use crate::links;
use crate::parts::Parts;
use crate::session::SignedIn;

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
    build: Option<BuildShown>,
    /// Who reads it and when, so that a copy on paper says whose it is.
    watermark: Option<String>,
    /// What corrects it, or what it corrects.
    notices: Vec<Inset>,
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

    /// A part of a report that is on its way to members.
    pub fn prepared(frame: Frame, document: &Document, prepared: &Prepared) -> Self {
        let state =
            format!("{}. It was not given to members in this form.", prepared.state().words());
        let state = match prepared.released {
            Some(_) => "Released, as it reads here.".to_owned(),
            None => state,
        };
        let breadcrumbs = frame.breadcrumbs.clone();
        let mut page = Self::new(frame, document, state, "");
        page.frame.breadcrumbs = breadcrumbs;
        page
    }

    /// The same page with the name of whoever reads it, and when.
    #[must_use]
    pub fn read_by(mut self, visitor: &SignedIn) -> Self {
        self.watermark = Some(super::watermark(visitor));
        self
    }

    /// The same page with the form by which the report is built for members.
    #[must_use]
    pub fn build(mut self, form: Option<BuildShown>) -> Self {
        self.build = form;
        self
    }

    /// The same page with a notice at its top.
    #[must_use]
    pub fn notice(mut self, words: &str, link: Option<(&str, String)>) -> Self {
        self.notices.push(match link {
            None => Inset::new(Content::written(words)),
            Some((text, href)) => Inset::new(Content::link(format!("{words} {text}"), href)),
        });
        self
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

    /// `here` is the page of the report; blank where it is not given out as a file.
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
            files: if here.is_empty() { Vec::new() } else { files::of(here) },
            contents: parts.contents(),
            parts,
            release: None,
            build: None,
            watermark: None,
            notices: Vec::new(),
        }
    }

    /// A released quarter, a draft with and without the form, one that changed, and hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("");
        let here = "/reports/quarters/2026-Q4?service=3";
        let on = jiff::civil::date(2027, 1, 11);
        let mut samples = Vec::new();
        for document in super::sample::documents() {
            let form = |earlier: Vec<(String, String)>, is_released| {
                let action = "/reports/programmes/2026/release".to_owned();
                ReleaseForm::of_document(action, &document, earlier, is_released).ok()
            };
            let earlier = vec![("Released on 11 January 2027".to_owned(), links::reports())];
            let correction = ("Read the correction", links::reports());
            let action = || "/reports/quarters/2026-Q4/build".to_owned();
            let mut released = Self::released(frame(), &document, here, on)
                .notice(crate::govuk::HOSTILE, Some(correction))
                .notice(crate::govuk::HOSTILE, None);
            released.watermark = Some(crate::govuk::HOSTILE.to_owned());
            samples.push(released);
            samples.push(Self::draft(frame(), &document, here, None));
            for corrects in [false, true] {
                let build = BuildShown::new(action(), corrects);
                samples.push(Self::draft(frame(), &document, here, None).build(Some(build)));
            }
            samples.push(Self::draft(frame(), &document, here, form(earlier, true)));
            samples.push(Self::draft(frame(), &document, here, form(Vec::new(), false)).changed());
        }
        samples
    }
}
