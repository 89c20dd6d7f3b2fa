//! The start of a draft: from nothing, from what comes with the program, or from an agreed edition.

use askama::Template;
use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::EditionId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::bounded;
use quarterlight_import::framework::{SHIPPED, from_toml_with_origins};
use quarterlight_report::words;
use quarterlight_store::EditionLine;
use serde::Deserialize;

use super::lines::whole;
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, RadioItem, Radios, TextInput};
use crate::layout::Frame;
use crate::permit::{Through, WriteFrameworks};
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StartForm {
    /// `nothing`, the place of one that comes with the program, or the id of an edition.
    from: String,
    name: String,
}

/// The page that starts a draft.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/start.html")]
pub struct StartPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    from: Radios,
    name: TextInput,
    start: Button,
    file: String,
}

/// Shows what a draft can start from.
///
/// # Errors
/// There is no such page for those who do not write frameworks.
pub async fn get(app: App, visitor: Through<WriteFrameworks>) -> page::Result {
    let editions = app.store.frameworks.all().await?;
    let first = editions.first().map_or(shipped_code(0), |line| line.id.to_string());
    let form = StartForm { from: first, name: String::new() };
    let frame = visitor.frame(&app, "Start a draft", "Frameworks");
    page::show(&StartPage::new(frame, &editions, &form, &Errors::default()))
}

/// Starts the draft.
///
/// # Errors
/// There is no such page for those who do not write frameworks.
pub async fn post(
    app: App,
    visitor: Through<WriteFrameworks>,
    Filled(form): Filled<StartForm>,
) -> page::Result {
    let editions = app.store.frameworks.all().await?;
    let mut errors = Errors::default();
    let mut name = errors.keep("name", bounded(&form.name)).unwrap_or_default();
    if name.chars().count() > 100 {
        errors.say("name", "Shorten this to 100 characters or fewer");
    }
    let chosen = form.from.parse().map(EditionId).ok();
    let chosen = editions.iter().find(|line| Some(line.id) == chosen);
    let (copied_from, copy) = match (chosen, form.from.as_str()) {
        (Some(line), _) => match app.store.frameworks.edition(line.id).await? {
            Some(edition) => {
                let copy = (edition.contents().clone(), edition.origins.clone());
                (edition.title(), Some(copy))
            }
            None => (String::new(), None),
        },
        (None, from) if let Some(shipped) = shipped(from) => {
            let (contents, origins) = shipped?;
            let words = format!("“{}”, which comes with Quarterlight", contents.name());
            (words, Some((contents, origins)))
        }
        (None, "nothing") => (String::new(), None),
        (None, _) => {
            errors.say("from", "Select what the draft starts from");
            (String::new(), None)
        }
    };
    if name.is_empty()
        && let Some((contents, _)) = &copy
    {
        contents.name().clone_into(&mut name);
    }
    if name.is_empty() && errors.is_empty() {
        errors.say("name", "Give the framework a name");
    }
    if !errors.is_empty() {
        let frame = visitor.frame(&app, "Start a draft", "Frameworks");
        return page::again(&StartPage::new(frame, &editions, &form, &errors));
    }
    let stamp = visitor.stamp("started a draft");
    let copy = copy.as_ref().map(|(contents, origins)| (contents, origins));
    let id = app.store.drafts.start(&stamp, &name, &copied_from, copy).await?;
    page::see_other(links::framework_draft(id))
}

/// What the choice of a framework that comes with the program is sent as.
fn shipped_code(place: usize) -> String {
    format!("shipped-{place}")
}

/// The framework of such a choice; none if it is no such choice.
fn shipped(code: &str) -> Option<Result<(Contents, Origins), Refusal>> {
    let place: usize = code.strip_prefix("shipped-")?.parse().ok()?;
    SHIPPED.get(place).map(|text| from_toml_with_origins(text))
}

impl StartPage {
    fn new(frame: Frame, editions: &[EditionLine], form: &StartForm, errors: &Errors) -> Self {
        let edition = |line: &EditionLine| {
            RadioItem::new(line.id.to_string(), format!("{}, edition {}", line.name, line.number))
        };
        let mut items: Vec<RadioItem> = editions.iter().map(edition).collect();
        for (place, text) in SHIPPED.iter().enumerate() {
            let Ok((contents, _)) = from_toml_with_origins(text) else { continue };
            let standards = words::count(whole(contents.standards().count()), &words::STANDARD);
            let hint = format!("Comes with Quarterlight, to be adapted: {standards}.");
            items.push(RadioItem::new(shipped_code(place), contents.name()).hint(hint));
        }
        items.push(RadioItem::new("nothing", "Nothing"));
        let from = Field::new("from", "What does it start from?")
            .size(LabelSize::Medium)
            .hint("It is copied whole; what it is copied from does not change.")
            .error(errors.at("from"));
        let name = Field::new("name", "What is the framework called?")
            .size(LabelSize::Medium)
            .hint("Leave this empty to keep the name. A draft under the name of an agreed framework becomes its next edition.")
            .error(errors.at("name"));
        let breadcrumbs = vec![("Frameworks".to_owned(), links::frameworks())];
        Self {
            frame: Frame { has_errors: !errors.is_empty(), breadcrumbs, ..frame },
            errors: ErrorSummary::new().field(&from).field(&name),
            action: links::start_draft(),
            from: Radios::new(from, items).value(Some(form.from.clone())),
            name: TextInput::new(name).value(form.name.clone()),
            start: Button::submit("Start the draft"),
            file: links::start_from_file(),
        }
    }

    /// With no edition to start from, and hostile words with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("Start a draft");
        let mut errors = Errors::default();
        errors.say("from", HOSTILE);
        errors.say("name", HOSTILE);
        let form = StartForm { name: HOSTILE.to_owned(), ..StartForm::default() };
        vec![
            Self::new(frame(), &[], &StartForm::default(), &Errors::default()),
            Self::new(frame(), &super::sample::lines(), &form, &errors),
        ]
    }
}
