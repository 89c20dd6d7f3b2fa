//! One released Part I: numbered paragraphs and figures with a link to each, and what each means.

use askama::Template;
use jiff::civil::date;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::id::ReportId;
use quarterlight_domain::release::about::About;
use quarterlight_report::document::Document;
use quarterlight_store::{PublicLine, PublicReport};

use super::super::file_name;
use super::super::files::{self, FileKind, printed};
use super::explain::explained;
use super::{Answer, ToReadInPublic, all_reports, frame, public};
use crate::app::App;
use crate::govuk::{Content, HOSTILE, Inset};
use crate::layout::Frame;
use crate::parts::Parts;
use crate::{links, page};

/// One released Part I.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/published/report.html")]
pub struct PublicPage {
    frame: Frame,
    authority: String,
    title: String,
    subtitle: String,
    as_at: String,
    marking: String,
    notices: Vec<Inset>,
    /// What a correction says of what changed, and where.
    changed: Option<(String, Vec<String>)>,
    links: Vec<(String, String)>,
    /// What each link to a file says, and where it leads.
    files: Vec<(&'static str, String)>,
    contents: Vec<(String, String)>,
    parts: Parts,
}

/// Shows it.
///
/// # Errors
/// There is no such page where the authority has switched it off.
pub async fn get(app: App, report: ToReadInPublic) -> Answer {
    let frame = frame(&app, report.report.line.title.clone(), vec![all_reports()]);
    Ok(public(page::show(&PublicPage::new(frame, &report.report, &report.document))?))
}

/// Gives the same as a file.
///
/// # Errors
/// There is no such page where the authority has switched it off. Fails if the file cannot be made.
pub async fn file(app: App, report: ToReadInPublic, kind: FileKind) -> Answer {
    let name = format!("{}-part-1", file_name(report.report.line.about));
    Ok(public(printed(&app, kind, &name, report.document).await?))
}

impl PublicPage {
    fn new(frame: Frame, report: &PublicReport, document: &Document) -> Self {
        let (line, cover) = (&report.line, &document.cover);
        let mut notices = Vec::new();
        if let Some(later) = line.corrected_by {
            let words = "This report was corrected. Read the correction.";
            notices.push(Inset::new(Content::link(words, links::published_report(later))));
        }
        if line.waits {
            let of = match line.about {
                About::Quarter(..) => "of this quarter",
                About::Year(_) => "of this programme",
            };
            notices.push(Inset::new(Content::text(format!(
                "The private papers (Part II) {of} were corrected since. A public correction waits, \
                 because what is hidden here could be worked out from it."
            ))));
        }
        if let Some(earlier) = line.corrects {
            let words = "This report is a correction. Read the report that it corrects.";
            notices.push(Inset::new(Content::link(words, links::published_report(earlier))));
        }
        let mut more =
            vec![("What is still owed to the committee".to_owned(), links::published_owed())];
        if report.before.is_some() {
            more.insert(
                0,
                ("Compare with the quarter before".to_owned(), links::published_compared(line.id)),
            );
        }
        let parts = Parts::explained(document, |table| explained(document, table));
        Self {
            frame,
            authority: cover.authority.clone(),
            title: cover.title.clone(),
            subtitle: cover.subtitle.clone(),
            as_at: format!(
                "{}. Released on {}. It never changes.",
                cover.as_at,
                day_in_words(line.released_on)
            ),
            marking: cover.marking.clone(),
            notices,
            changed: report.what_changed.clone().map(|words| (words, report.differs.clone())),
            links: more,
            files: files::of(&links::published_report(line.id)),
            contents: parts.contents(),
            parts,
        }
    }

    /// As first released, corrected, and a correction, with hostile words.
    pub fn samples() -> Vec<Self> {
        let lines = sample_lines();
        let mut samples = Vec::new();
        for document in super::super::sample::documents() {
            for line in &lines {
                let corrects = line.corrects.is_some();
                let report = PublicReport {
                    line: line.clone(),
                    part_one: String::new(),
                    before: corrects.then(String::new),
                    what_changed: corrects.then(|| HOSTILE.to_owned()),
                    differs: if corrects { vec![HOSTILE.to_owned()] } else { Vec::new() },
                };
                samples.push(Self::new(Frame::new(line.title.clone()), &report, &document));
            }
        }
        samples
    }
}

/// A report that was corrected, its correction, and a programme.
pub fn sample_lines() -> Vec<PublicLine> {
    let line = |id, about, corrects, corrected_by| PublicLine {
        id: ReportId(id),
        title: HOSTILE.to_owned(),
        about,
        released_on: date(2026, 10, 12),
        corrects,
        corrected_by,
        waits: corrected_by.is_none(),
    };
    let Ok(quarter) = Quarter::new(2026, 3) else { return Vec::new() };
    vec![
        line(7, quarter.into(), None, Some(ReportId(8))),
        line(8, quarter.into(), Some(ReportId(7)), None),
        line(9, About::Year(2026), None, None),
    ]
}
