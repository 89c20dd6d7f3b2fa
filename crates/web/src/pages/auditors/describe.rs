//! What is known of one auditor: how many audits they can do in a cycle, and whether they hold records.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::person::{Person, Role};
use quarterlight_store::AuditorLine;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, ErrorSummary, Field, InputKind, InputWidth, RadioItem, Radios, TextInput,
};
use crate::layout::Frame;
use crate::permit::{DescribeWorkers, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// The most audits that anybody can be taken to do in a quarter.
const MOST: u32 = 500;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AuditorForm {
    capacity: String,
    holds: String,
}

/// What is known of one auditor.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/auditors/describe.html")]
pub struct AuditorPage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: String,
    action: String,
    capacity: TextInput,
    holds: Radios,
    button: Button,
}

/// Shows what is known.
///
/// # Errors
/// There is no such page for those who neither run the audit nor look after people.
pub async fn get(
    app: App,
    visitor: Through<DescribeWorkers>,
    Path(id): Path<String>,
) -> page::Result {
    let person = find(&app, &visitor, &id).await?;
    let known = app.store.auditors.all().await?;
    let known = known.into_iter().find(|line| line.person == person.id);
    let form = known.map(|line| AuditorForm {
        capacity: line.capacity.map_or(String::new(), |capacity| capacity.to_string()),
        holds: if line.holds_none { "none" } else { "unknown" }.to_owned(),
    });
    let frame = frame(&app, &visitor, &person);
    page::show(&AuditorPage::new(frame, &person, &form.unwrap_or_default(), &Errors::default()))
}

/// Keeps what was typed.
///
/// # Errors
/// There is no such page for those who neither run the audit nor look after people.
pub async fn post(
    app: App,
    visitor: Through<DescribeWorkers>,
    Path(id): Path<String>,
    Filled(form): Filled<AuditorForm>,
) -> page::Result {
    let person = find(&app, &visitor, &id).await?;
    let mut errors = Errors::default();
    let typed = form.capacity.trim();
    let capacity = typed.parse().ok().filter(|most| *most <= MOST);
    if capacity.is_none() && !typed.is_empty() {
        errors.say("capacity", format!("Enter a whole number from 0 to {MOST}, or leave it empty"));
    }
    if !errors.is_empty() {
        let frame = frame(&app, &visitor, &person);
        return page::again(&AuditorPage::new(frame, &person, &form, &errors));
    }
    let line = AuditorLine { person: person.id, capacity, holds_none: form.holds == "none" };
    app.store.auditors.describe(&visitor.stamp("described an auditor"), &line).await?;
    page::see_other(links::auditors())
}

async fn find(app: &App, visitor: &SignedIn, id: &str) -> Result<Person, Failure> {
    let id: PersonId = id.parse().map_err(|_| Failure::NotFound)?;
    let person = app.store.people.get(id).await?;
    person.filter(|person| person.is(Role::Auditor, visitor.today)).ok_or(Failure::NotFound)
}

fn frame(app: &App, visitor: &SignedIn, person: &Person) -> Frame {
    let breadcrumbs = vec![("Auditors".to_owned(), links::auditors())];
    Frame { breadcrumbs, ..visitor.frame(app, person.name.clone(), "Auditors") }
}

impl AuditorPage {
    fn new(frame: Frame, person: &Person, form: &AuditorForm, errors: &Errors) -> Self {
        let capacity = Field::new("capacity", "Audits that they can do in a cycle")
            .hint("0 while they are away. Leave it empty if they have not said.")
            .error(errors.at("capacity"));
        let holds = Radios::new(
            Field::new("holds", "Do they hold records?"),
            vec![
                RadioItem::new("none", "No, they hold none"),
                RadioItem::new("unknown", "Yes, or it is not known")
                    .hint("Say on the page of workers which worker they are."),
            ],
        );
        let capacity = TextInput::new(capacity).kind(InputKind::Digits);
        let page = Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new(),
            sentence: "Suggestions share the work out over what each auditor can do. Nobody is suggested for more, and nobody for a record that they hold.".to_owned(),
            action: links::auditor(person.id),
            capacity: capacity.width(InputWidth::Characters3).value(form.capacity.clone()),
            holds: holds.value(form.holds.clone()),
            button: Button::submit("Save"),
        };
        Self { errors: ErrorSummary::new().field(&page.capacity.field), ..page }
    }

    /// Nothing known, and hostile words that were refused.
    pub fn samples() -> Vec<Self> {
        let hostile = crate::govuk::HOSTILE.to_owned();
        let person =
            |name: &str| Person { id: PersonId(2), name: name.to_owned(), grants: Vec::new() };
        let mut errors = Errors::default();
        errors.say("capacity", hostile.clone());
        let form = AuditorForm { capacity: hostile.clone(), holds: "none".to_owned() };
        let empty = AuditorForm::default();
        vec![
            Self::new(
                Frame::new("Priya Anand"),
                &person("Priya Anand"),
                &empty,
                &Errors::default(),
            ),
            Self::new(Frame::new(hostile.clone()), &person(&hostile), &form, &errors),
        ]
    }
}
