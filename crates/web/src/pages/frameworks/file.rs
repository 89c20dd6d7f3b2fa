//! The start of a draft from a file: the draft, or everything that is wrong with the file.

use askama::Template;
use axum::extract::{FromRequest, Request};
use quarterlight_domain::text::bounded;
use quarterlight_import::Problem;

use super::reader::{FrameworkFile, Outcome};
use crate::apart::Unread;
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Button, ErrorSummary, Field, FileUpload, LabelSize, Table, TextInput};
use crate::layout::Frame;
use crate::permit::{Through, WriteFrameworks};
use crate::problem_table::problem_table;
use crate::upload::{self, Part};
use crate::{links, page};

/// The largest file that is taken, in bytes: some thousand standards.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// The longest name of a framework, in characters.
const LONGEST_NAME: usize = 100;

/// What was sent.
#[derive(Debug, Default)]
pub struct Sent {
    file: Option<Unread>,
    name: String,
}

impl FromRequest<App> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let mut sent = Self::default();
        let take = |part: Part| {
            match part.field.as_str() {
                "file" => sent.file = Some(part.sent),
                "name" => sent.name = part.text(),
                _ => {}
            }
            Ok(())
        };
        upload::each(request, app, take).await?;
        Ok(sent)
    }
}

/// The page that takes the file.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/file.html")]
pub struct FilePage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    template: String,
    problems: Option<Table>,
    file: FileUpload,
    name: TextInput,
    start: Button,
}

/// Asks for the file.
///
/// # Errors
/// There is no such page for those who do not write frameworks.
pub async fn get(app: App, visitor: Through<WriteFrameworks>) -> page::Result {
    let frame = visitor.frame(&app, TITLE, "Frameworks");
    page::show(&FilePage::new(frame, "", &Errors::default(), &[]))
}

/// Starts the draft, or says everything that is wrong and keeps nothing.
///
/// # Errors
/// There is no such page for those who do not write frameworks.
pub async fn post(app: App, visitor: Through<WriteFrameworks>, sent: Sent) -> page::Result {
    let Sent { file, name } = sent;
    let file = file.unwrap_or_else(|| Unread::new("", ""));
    let mut errors = Errors::default();
    let typed = errors.keep("name", bounded(&name)).unwrap_or_default();
    let reader = FrameworkFile::of(file.name(), &typed);
    if file.is_empty() {
        errors.say("file", "Choose a file that is not empty");
    } else if typed.is_empty() && errors.is_empty() && !reader.has_name_inside() {
        errors.say("name", "Give the framework a name; a spreadsheet does not hold it");
    }
    if typed.chars().count() > LONGEST_NAME {
        errors.say("name", TOO_LONG);
    }
    let mut problems = Vec::new();
    if errors.is_empty() {
        let from = file.name().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        let read = app.outside.apart.read(reader, vec![file]).await;
        match read.unwrap_or_else(|stopped| Outcome::Refused(stopped.to_string())) {
            Outcome::Read(contents, _) if contents.name().chars().count() > LONGEST_NAME => {
                errors.say("name", TOO_LONG);
            }
            Outcome::Read(contents, origins) => {
                let stamp = visitor.stamp("started a draft from a file");
                let (copy, from): (_, String) = (Some((&*contents, &origins)), from);
                let id = app.store.drafts.start(&stamp, contents.name(), &from, copy).await?;
                return page::see_other(links::framework_draft(id));
            }
            Outcome::Wrong(found) => {
                errors.say(
                    "file",
                    "Put right what is listed on this page, then choose the file again",
                );
                problems = found;
            }
            Outcome::Refused(sentence) => errors.say("file", sentence),
        }
    }
    let frame = visitor.frame(&app, TITLE, "Frameworks");
    page::again(&FilePage::new(frame, &name, &errors, &problems))
}

const TITLE: &str = "Start a draft from a file";

const TOO_LONG: &str = "Shorten this to 100 characters or fewer";

impl FilePage {
    fn new(frame: Frame, typed: &str, errors: &Errors, problems: &[Problem]) -> Self {
        let file = Field::new("file", "Which file?")
            .size(LabelSize::Medium)
            .hint("A workbook (.xlsx) or TOML (.toml), up to 2 MB.")
            .error(errors.at("file"));
        let name = Field::new("name", "What is the framework called?")
            .size(LabelSize::Medium)
            .hint("For TOML, leave this empty to keep the name in the file. A draft under the name of an agreed framework becomes its next edition.")
            .error(errors.at("name"));
        let breadcrumbs = vec![
            ("Frameworks".to_owned(), links::frameworks()),
            ("Start a draft".to_owned(), links::start_draft()),
        ];
        Self {
            frame: Frame { has_errors: !errors.is_empty(), breadcrumbs, ..frame },
            errors: ErrorSummary::new().field(&file).field(&name),
            action: links::start_from_file(),
            template: links::framework_template(),
            problems: (!problems.is_empty()).then(|| problem_table(problems)),
            file: FileUpload::new(file).accept(".xlsx,.toml"),
            name: TextInput::new(name).value(typed),
            start: Button::submit("Start the draft"),
        }
    }

    /// Empty, and with everything wrong in hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;
        use crate::problem_table::sample;

        let mut errors = Errors::default();
        errors.say("file", HOSTILE);
        errors.say("name", HOSTILE);
        let problems = [sample(&[4, 9], Some("F"), HOSTILE), sample(&[], None, HOSTILE)];
        vec![
            Self::new(Frame::new(TITLE), "", &Errors::default(), &[]),
            Self::new(Frame::new(TITLE), HOSTILE, &errors, &problems),
        ]
    }
}
