//! The form of an audit filled in as a spreadsheet: to take along, and to hand in.

use askama::Template;
use axum::extract::{FromRequest, Query, Request};
use quarterlight_import::Problem;
use serde::Deserialize;

use super::form_reader::FilledForm;
use super::handed_in::HandedInPage;
use super::{InHand, ToMake, form_workbook};
use crate::apart::Unread;
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Button, ErrorSummary, Field, FileUpload, LabelSize, Table};
use crate::layout::Frame;
use crate::problem_table::problem_table;
use crate::upload::{self, Part};
use crate::{links, page};

/// The largest file that is taken, in bytes: every standard, answered at length.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// What was asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// How many answers were saved just now.
    saved: Option<u32>,
}

/// The file that was sent.
#[derive(Debug, Default)]
pub struct Sent(Option<Unread>);

impl FromRequest<App> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let mut sent = Self::default();
        let take = |part: Part| {
            if part.field == "file" {
                sent.0 = Some(part.sent);
            }
            Ok(())
        };
        upload::each(request, app, take).await?;
        Ok(sent)
    }
}

/// The page that gives the form and takes it back.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/hand_in.html")]
pub struct HandInPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// Why it can no longer be changed.
    closed: Option<String>,
    progress: String,
    problems: Option<Table>,
    download: Button,
    action: String,
    file: FileUpload,
    check: Button,
    submit: String,
}

/// Offers the form, and asks for it.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn get(audit: ToMake, Query(asked): Query<Asked>) -> page::Result {
    let page = HandInPage::new(&audit, &Errors::default(), &[]);
    let saved = asked.saved.map(saved);
    page::show(&HandInPage { frame: Frame { saved, ..page.frame }, ..page })
}

/// *12 answers are saved.* None where the form came twice, or what was saved was kept throughout.
fn saved(count: u32) -> String {
    match count {
        0 => "Nothing was changed.".to_owned(),
        1 => "1 answer is saved.".to_owned(),
        _ => format!("{count} answers are saved."),
    }
}

/// Reads the form, and shows what it would change, or everything that is wrong with it. Nothing is
/// saved yet.
///
/// # Errors
/// Refuses once the audit was submitted. There is no such page for anybody but the auditor.
pub async fn post(app: App, audit: ToMake, Sent(file): Sent) -> page::Result {
    audit.audit.must_be_open()?;
    let mut errors = Errors::default();
    let Some(file) = file.filter(|file| !file.is_empty()) else {
        errors.say("file", "Choose a file that is not empty");
        return page::again(&HandInPage::new(&audit, &errors, &[]));
    };
    let form = form_workbook::form(&app, &audit).await?;
    let read = app.outside.apart.read(FilledForm(form.clone()), vec![file]).await;
    match read.unwrap_or_else(|stopped| Err(stopped.refusal())) {
        Ok(Ok(handed_in)) => {
            let coming = form.coming(&handed_in);
            page::show(&HandedInPage::of(&audit, &form, coming))
        }
        Ok(Err(problems)) => {
            let todo = "Put right what is listed on this page, then choose the file again";
            errors.say("file", todo);
            page::again(&HandInPage::new(&audit, &errors, &problems))
        }
        Err(refusal) => {
            errors.say("file", refusal.sentence());
            page::again(&HandInPage::new(&audit, &errors, &[]))
        }
    }
}

impl HandInPage {
    fn new(audit: &InHand, errors: &Errors, problems: &[Problem]) -> Self {
        let id = audit.audit.id;
        let progress = audit.audit.progress(audit.contents(), &audit.answers);
        let file = Field::new("file", "The spreadsheet that you filled in")
            .size(LabelSize::Small)
            .hint("An Excel workbook (.xlsx), up to 2 MB.")
            .error(errors.at("file"));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..audit.inner_frame(TITLE) },
            caption: audit.caption(),
            errors: ErrorSummary::new().field(&file),
            closed: audit.audit.must_be_open().err().map(|it| it.sentence().to_owned()),
            progress: format!("Answered {} of {}.", progress.answered, progress.asked),
            problems: (!problems.is_empty()).then(|| problem_table(problems)),
            download: Button::link("Download the form", links::form_workbook(id)).secondary(),
            action: links::hand_in(id),
            file: FileUpload::new(file).accept(".xlsx"),
            check: Button::submit("See what would change"),
            submit: links::submit(id),
        }
    }

    /// To be filled in, wrong with hostile words, and closed.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;
        use crate::problem_table::sample;

        let mut errors = Errors::default();
        errors.say("file", HOSTILE);
        let problems = [sample(&[4, 9], Some("F"), HOSTILE), sample(&[], None, HOSTILE)];
        let page = |audit: &InHand| {
            let is_open = audit.audit.must_be_open().is_ok();
            let wrong = is_open.then(|| Self::new(audit, &errors, &problems));
            std::iter::once(Self::new(audit, &Errors::default(), &[])).chain(wrong)
        };
        super::sample::audits().iter().flat_map(page).collect()
    }
}

const TITLE: &str = "Fill it in as a spreadsheet";
