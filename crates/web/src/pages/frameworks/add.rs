//! A new standard of a draft, in a section that is there or in a new one.

use askama::Template;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::bounded;
use quarterlight_store::DraftKept;
use serde::Deserialize;

use super::standard::{Fields, StandardForm};
use super::{InHand, ToWrite};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, InputWidth, LabelSize, TextInput};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AddForm {
    code: String,
    title: String,
    wording: String,
    met: String,
    kind: String,
    applies: Vec<String>,
    is: Vec<String>,
    source: String,
}

impl AddForm {
    fn standard(&self) -> StandardForm {
        StandardForm {
            wording: self.wording.clone(),
            met: self.met.clone(),
            kind: self.kind.clone(),
            applies: self.applies.clone(),
            is: self.is.clone(),
            source: self.source.clone(),
            ..StandardForm::default()
        }
    }
}

/// The page for a new standard.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/add.html")]
pub struct AddPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    action: String,
    code: TextInput,
    title: TextInput,
    fields: Fields,
    add: Button,
}

/// Shows the empty form.
///
/// # Errors
/// Refuses while the draft is in consultation. There is no such page for those who may not write it.
pub async fn get(draft: ToWrite) -> page::Result {
    draft.draft.may_be_written(draft.visitor.today)?;
    let form = AddForm { applies: vec!["ALL".to_owned()], ..AddForm::default() };
    page::show(&AddPage::new(&draft, &form, &Errors::default()))
}

/// Adds the standard.
///
/// # Errors
/// Refuses while the draft is in consultation. There is no such page for those who may not write it.
pub async fn post(app: App, draft: ToWrite, Filled(form): Filled<AddForm>) -> page::Result {
    draft.draft.may_be_written(draft.visitor.today)?;
    let mut errors = Errors::default();
    let code = errors.keep("code", StandardCode::new(form.code.trim()));
    let Some(code) = code else {
        return page::again(&AddPage::new(&draft, &form, &errors));
    };
    let letter = code.as_str().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let section = draft.draft.sections.iter().find(|section| section.letter == letter);
    let title = match (section, bounded(&form.title)) {
        (Some(section), _) => section.title.clone(),
        (None, Ok(title)) if !title.is_empty() && title.chars().count() <= 200 => title,
        (None, _) => {
            errors.say("title", format!("Say what the new section {letter} is about, in a line"));
            return page::again(&AddPage::new(&draft, &form, &errors));
        }
    };
    let (standard, origin) = match form.standard().read(&code) {
        Ok(read) => read,
        Err(errors) => return page::again(&AddPage::new(&draft, &form, &errors)),
    };
    let stamp = draft.visitor.stamp("added a standard to a draft");
    let (id, said) = (draft.draft.id, (&standard, &origin));
    match app.store.drafts.add(&stamp, id, (&letter, &title), said).await {
        Ok(DraftKept::Yes) => {
            page::see_other(format!("{}#standard-{code}", links::framework_draft(id)))
        }
        Ok(_) => page::see_other(links::framework_draft(id)),
        Err(fault) if fault.is_duplicate() => {
            let is_dropped = draft.draft.find(&code).is_some_and(|(_, it)| it.dropped);
            errors.say(
                "code",
                if is_dropped {
                    format!(
                        "{code} was taken out of this draft. Bring it back, or choose another code"
                    )
                } else {
                    format!("This draft has a standard {code}. Choose another code")
                },
            );
            page::again(&AddPage::new(&draft, &form, &errors))
        }
        Err(fault) => Err(fault.into()),
    }
}

impl AddPage {
    fn new(draft: &InHand, form: &AddForm, errors: &Errors) -> Self {
        let letters: Vec<&str> =
            draft.draft.sections.iter().map(|section| section.letter.as_str()).collect();
        let hint = if letters.is_empty() {
            "The letter of its section and a number, such as A1.".to_owned()
        } else {
            format!(
                "The letter of its section and a number. There are sections {}.",
                letters.join(", ")
            )
        };
        let field = |name: &str, label: &str, hint: String| {
            Field::new(name, label).size(LabelSize::Small).hint(hint).error(errors.at(name))
        };
        let code = TextInput::new(field("code", "Its code", hint))
            .value(form.code.clone())
            .width(InputWidth::Characters5);
        let about = "Only where the letter is new to this draft.".to_owned();
        let title = TextInput::new(field("title", "What the new section is about", about))
            .value(form.title.clone());
        let fields = Fields::new(&form.standard(), errors);
        let summary = ErrorSummary::new().field(&code.field).field(&title.field);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..draft.inner_frame("Add a standard") },
            caption: draft.title(),
            errors: fields.summed_up(summary),
            action: links::add_standard(draft.draft.id),
            code,
            title,
            fields,
            add: Button::submit("Add the standard"),
        }
    }

    /// Empty, and hostile words with every error.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for name in ["code", "title", "wording", "met", "kind", "applies", "source"] {
            errors.say(name, HOSTILE);
        }
        let form =
            AddForm { code: HOSTILE.to_owned(), met: HOSTILE.to_owned(), ..AddForm::default() };
        let drafts = super::sample::in_hand();
        let empty = drafts.iter().map(|it| Self::new(it, &AddForm::default(), &Errors::default()));
        let wrong = drafts.iter().map(|it| Self::new(it, &form, &errors));
        empty.chain(wrong).collect()
    }
}
