//! Asking for everything that is held about a record, and taking it out.

use askama::Template;
use quarterlight_domain::access::restriction::opens_until;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::text::Reason;
use quarterlight_store::Noted;
use serde::Deserialize;

use crate::app::App;
use crate::bundle::{self, EXEMPTIONS};
use crate::error::Failure;
use crate::files::packed;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, ErrorSummary, Field, HOSTILE, InputWidth, RadioItem, Radios, TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::{BundleRecord, Through};
use crate::{links, page};

/// What was typed and chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    reference: String,
    exemption: String,
    because: String,
}

/// The form.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/bundles/ask.html")]
pub struct AskPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    reference: TextInput,
    exemption: Radios,
    because: Textarea,
    button: Button,
}

const TITLE: &str = "Subject access";

/// Asks for which record.
///
/// # Errors
/// There is no such page for those who do not answer for information governance.
pub async fn get(app: App, visitor: Through<BundleRecord>) -> page::Result {
    let frame = visitor.frame(&app, TITLE, TITLE);
    page::show(&AskPage::new(frame, &AskForm::default(), &Errors::default()))
}

/// Gives everything that is held about it, once the look and the choice are noted.
///
/// # Errors
/// There is no such page for those who do not answer for information governance. Fails if the look or
/// the choice cannot be noted; then nothing is given.
pub async fn post(
    app: App,
    visitor: Through<BundleRecord>,
    Filled(form): Filled<AskForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let found = match Reference::new(&form.reference) {
        Ok(reference) => app.store.subjects.find(&reference).await?,
        Err(_) => None,
    };
    if found.is_none() {
        errors.say("reference", "Enter the reference of a record that was ever on a list");
    }
    let exemption = bundle::exemption(&form.exemption);
    if exemption.is_none() {
        errors.say("exemption", "Select what may be withheld, or that nothing is");
    }
    let because = errors.keep("because", Reason::new(&form.because));
    let (Some(record), Some(exemption), Some(because)) = (found, exemption, because) else {
        let frame = visitor.frame(&app, TITLE, TITLE);
        return page::again(&AskPage::new(frame, &form, &errors));
    };
    let stamp = visitor.stamp("took out everything about a record");
    let noted =
        async || app.store.looks.note(visitor.id(), record, &links::bundle(), visitor.at).await;
    if noted().await? == Noted::AskWhy {
        // The record is restricted. Why it is taken out is why it is opened.
        let until = opens_until(visitor.at, false);
        app.store.restrictions.say_why(&stamp, (visitor.id(), record), until, &because).await?;
        if noted().await? == Noted::AskWhy {
            return Err(Failure::NotFound);
        }
    }
    app.store.subjects.note(&stamp, record, &form.exemption, &because).await?;
    let held = app.store.subjects.everything(record).await?.ok_or(Failure::NotFound)?;
    let mut files = bundle::files(&held, exemption, because.words());
    let document = bundle::document(&app.authority, &held, exemption, because.words());
    let (print, pack) = (app.printers.pdf, app.folder);
    // The file's name says nothing of the record: it stays in a list of downloads.
    let packing = move || {
        files.push(("held.pdf".to_owned(), print(&document)?));
        pack(&files)
    };
    packed("subject-access.zip", packing).await
}

impl AskPage {
    fn new(mut frame: Frame, form: &AskForm, errors: &Errors) -> Self {
        frame.has_errors = !errors.is_empty();
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let reference = field("reference", "The record’s reference")
            .hint("Also of a record that is no longer open.");
        let exemption = field("exemption", "What may be withheld?").hint(
            "This is kept with the bundle. Nothing is taken out of it: that is for you to do, with the names and words that are marked for review.",
        );
        let because = field("because", "Why it is taken out")
            .hint("Such as the number of the request. No child’s name.");
        let items = EXEMPTIONS.map(|(code, words)| RadioItem::new(code, words)).into();
        Self {
            errors: ErrorSummary::new().field(&reference).field(&exemption).field(&because),
            frame,
            action: links::bundle(),
            reference: TextInput::new(reference)
                .width(InputWidth::Characters10)
                .value(form.reference.clone()),
            exemption: Radios::new(exemption, items).value(form.exemption.clone()),
            because: Textarea::new(because).rows(3).value(form.because.clone()),
            button: Button::submit("Take out everything that is held"),
        }
    }

    /// The empty form, and one with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for field in ["reference", "exemption", "because"] {
            errors.say(field, HOSTILE);
        }
        let hostile = || HOSTILE.to_owned();
        let form = AskForm { reference: hostile(), exemption: hostile(), because: hostile() };
        let frame = || Frame::new(TITLE);
        vec![
            Self::new(frame(), &AskForm::default(), &Errors::default()),
            Self::new(frame(), &form, &errors),
        ]
    }
}
