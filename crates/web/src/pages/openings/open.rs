//! The form that opens one record which no grant of the person reaches.

use askama::Template;
use quarterlight_domain::access::glass::{self, NewOpening, SHORTEST};
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::person::Person;
use serde::Deserialize;

use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, ErrorSummary, Field, HOSTILE, InputWidth, TextInput, Textarea, WarningText,
};
use crate::layout::Frame;
use crate::permit::{BreakGlass, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OpenForm {
    reference: String,
    why: String,
    form_key: String,
}

/// The form.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/openings/open.html")]
pub struct OpenPage {
    frame: Frame,
    errors: ErrorSummary,
    warning: WarningText,
    action: String,
    form_key: String,
    reference: TextInput,
    why: Textarea,
    button: Button,
    openings: Option<String>,
}

const TITLE: &str = "Open a record by break-glass";

/// What is said where there is nothing to open: one sentence, whatever the reason.
const NOTHING: &str = "There is no open record with this reference that your roles do not reach already. That you tried is noted.";

/// Shows the form. It says nothing of any record.
///
/// # Errors
/// There is no such page for those who may not break the glass.
pub async fn get(app: App, visitor: Through<BreakGlass>) -> page::Result {
    let form = OpenForm { form_key: app.word(), ..OpenForm::default() };
    page::show(&page(&app, &visitor, &form, &Errors::default()))
}

/// Breaks the glass: what is noted and who is told come first, and then the record. Sent twice, it
/// leads to the record that it opened.
///
/// # Errors
/// There is no such page for those who may not break the glass.
pub async fn post(
    app: App,
    visitor: Through<BreakGlass>,
    Filled(form): Filled<OpenForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let reference = Reference::new(&form.reference).ok();
    if reference.is_none() {
        errors.say("reference", "Enter the record’s exact reference, such as R-2043");
    }
    // The reason is asked before anything is looked for, so that it is in every line of the journal.
    let why = errors.keep("why", glass::reason(&form.why));
    let (Some(reference), Some(why)) = (reference, why) else {
        return page::again(&page(&app, &visitor, &form, &errors));
    };
    let record = app.store.records.by_reference(&reference).await?;
    let out_of_reach =
        record.filter(|it| !permits(&visitor.person, Deed::ReadRecord(it), visitor.today));
    let Some(record) = out_of_reach else {
        let stamp = visitor.stamp("tried to break the glass");
        app.store.openings.tried(&stamp, reference.as_str(), &why).await?;
        errors.say("reference", NOTHING);
        return page::again(&page(&app, &visitor, &form, &errors));
    };
    let people: Vec<Person> =
        app.store.people.all().await?.into_iter().map(|line| line.person).collect();
    let told = glass::told(visitor.id(), &record.whereabouts, &people, visitor.today);
    let new = NewOpening { person: visitor.id(), record: record.id, why };
    let stamp = visitor.stamp("broke the glass");
    app.store.openings.open(&stamp, &new, &form.form_key, &told).await?;
    page::see_other(links::record(record.id))
}

fn page(app: &App, visitor: &Through<BreakGlass>, form: &OpenForm, errors: &Errors) -> OpenPage {
    let frame = visitor.frame(app, TITLE, "Break-glass");
    let deed = Deed::Access(AccessDeed::SeeOpenings);
    let sees = permits(&visitor.person, deed, visitor.today);
    OpenPage { openings: sees.then(links::openings), ..OpenPage::new(frame, form, errors) }
}

impl OpenPage {
    fn new(frame: Frame, form: &OpenForm, errors: &Errors) -> Self {
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let reference = TextInput::new(field("reference", "The record’s exact reference"))
            .width(InputWidth::Characters10)
            .value(form.reference.clone());
        let hint = format!("At least {SHORTEST} characters. Name no child.");
        let why = Textarea::new(field("why", "Why do you need it now?").hint(hint))
            .rows(3)
            .value(form.why.clone());
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&reference.field).field(&why.field),
            warning: WarningText::new(
                "Information governance and the manager of the record’s place are told at once. \
                 Somebody else says within five working days whether it was justified.",
            ),
            action: links::break_glass(),
            form_key: form.form_key.clone(),
            reference,
            why,
            button: Button::submit("Open this record for half an hour"),
            openings: Some(links::openings()),
        }
    }

    /// The empty form, and one that was refused with hostile words.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("reference", NOTHING);
        errors.say("why", "Say why you need this record now, in at least 20 characters.");
        let hostile = || HOSTILE.to_owned();
        let form = OpenForm { reference: hostile(), why: hostile(), form_key: hostile() };
        let page = |form: &OpenForm, errors| Self::new(Frame::new(TITLE), form, errors);
        vec![page(&OpenForm::default(), &Errors::default()), page(&form, &errors)]
    }
}
