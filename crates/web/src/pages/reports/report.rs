//! A report as a page, whether it is still a draft or was released: one struct for both.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::release::Prepared;
use quarterlight_report::document::Document;

use super::files;
use super::prepare::build::BuildShown;
use crate::govuk::{Content, Inset, WarningText};
use crate::layout::Frame;
use crate::links;
use crate::parts::Parts;
use crate::session::SignedIn;

/// A report as a page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/report.html")]
pub struct ReportPage {
    frame: Frame,
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
    build: Option<BuildShown>,
    /// Who reads it and when, so that a copy on paper says whose it is.
    watermark: Option<String>,
    /// What corrects it, or what it corrects.
    notices: Vec<Inset>,
}

impl ReportPage {
    /// A report that is not released yet, whose page is `here`.
    pub fn draft(frame: Frame, document: &Document, here: &str) -> Self {
        let state = "This is a draft: its figures change as audits and actions go on.";
        Self::new(frame, document, state.to_owned(), here)
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

    /// `here` is the page of the report; blank where it is not given out as a file.
    fn new(frame: Frame, document: &Document, state: String, here: &str) -> Self {
        let cover = &document.cover;
        let breadcrumbs = vec![("Reports".to_owned(), links::reports())];
        let parts = Parts::of(document);
        Self {
            frame: Frame { breadcrumbs, title: super::title(document), ..frame },
            authority: cover.authority.clone(),
            title: cover.title.clone(),
            subtitle: cover.subtitle.clone(),
            as_at: cover.as_at.clone(),
            state,
            marking: (!cover.marking.is_empty()).then(|| WarningText::new(cover.marking.as_str())),
            files: if here.is_empty() { Vec::new() } else { files::of(here) },
            contents: parts.contents(),
            parts,
            build: None,
            watermark: None,
            notices: Vec::new(),
        }
    }

    /// A released report, a draft with and without the form, and hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("");
        let here = "/reports/quarters/2026-Q4?service=3";
        let on = jiff::civil::date(2027, 1, 11);
        let mut samples = Vec::new();
        for document in super::sample::documents() {
            let correction = ("Read the correction", links::reports());
            let action = || "/reports/quarters/2026-Q4/build".to_owned();
            let mut released = Self::released(frame(), &document, here, on)
                .notice(crate::govuk::HOSTILE, Some(correction))
                .notice(crate::govuk::HOSTILE, None);
            released.watermark = Some(crate::govuk::HOSTILE.to_owned());
            samples.push(released);
            samples.push(Self::draft(frame(), &document, here));
            for corrects in [false, true] {
                let build = BuildShown::new(action(), corrects);
                samples.push(Self::draft(frame(), &document, here).build(Some(build)));
            }
        }
        samples
    }
}
