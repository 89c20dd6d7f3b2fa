//! The title of one section of a draft.

use askama::Template;
use quarterlight_domain::draft::DraftSection;
use quarterlight_domain::text::bounded;
use serde::Deserialize;

use super::{InHand, ToWrite};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, TextInput};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed, and the title that the writer saw.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SectionForm {
    title: String,
    before: String,
}

/// The page of a section's title.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/section.html")]
pub struct SectionPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    before: String,
    title: TextInput,
    save: Button,
}

/// Shows the title.
///
/// # Errors
/// There is no such page for those who may not write the draft, and for no such section.
pub async fn get(draft: ToWrite) -> page::Result {
    let section = kept(&draft)?;
    draft.draft.may_be_written(draft.visitor.today)?;
    let title = section.title.clone();
    let form = SectionForm { before: title.clone(), title };
    page::show(&SectionPage::new(&draft, section, &form, &Errors::default()))
}

/// Keeps the title, unless somebody gave the section another one meanwhile.
///
/// # Errors
/// Refuses while the draft is in consultation. There is no such page for those who may not write it.
pub async fn post(app: App, draft: ToWrite, Filled(form): Filled<SectionForm>) -> page::Result {
    let section = kept(&draft)?;
    draft.draft.may_be_written(draft.visitor.today)?;
    let mut errors = Errors::default();
    let title = errors.keep("title", bounded(&form.title)).unwrap_or_default();
    if errors.is_empty() && (title.is_empty() || title.chars().count() > 200) {
        errors.say("title", "Say what the section is about, in a line");
    }
    if errors.is_empty() && title != section.title {
        let stamp = draft.visitor.stamp("renamed a section of a draft");
        let (id, names) = (draft.draft.id, (form.before.as_str(), title.as_str()));
        if !app.store.drafts.retitle(&stamp, id, &section.letter, names).await? {
            errors.say(
                "title",
                format!(
                    "Somebody else called it “{}” meanwhile. Save again to call it what you wrote",
                    section.title
                ),
            );
        }
    }
    if !errors.is_empty() {
        let form = SectionForm { before: section.title.clone(), ..form };
        return page::again(&SectionPage::new(&draft, section, &form, &errors));
    }
    let there = links::framework_draft(draft.draft.id);
    page::see_other(format!("{there}#section-{}", section.letter))
}

fn kept(draft: &InHand) -> Result<&DraftSection, Failure> {
    let section = draft.draft.sections.iter().find(|section| section.letter == draft.part);
    section.ok_or(Failure::NotFound)
}

impl SectionPage {
    fn new(draft: &InHand, section: &DraftSection, form: &SectionForm, errors: &Errors) -> Self {
        let field = Field::new("title", "What the section is about")
            .size(LabelSize::Small)
            .error(errors.at("title"));
        let title = format!("Section {}", section.letter);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..draft.inner_frame(title) },
            errors: ErrorSummary::new().field(&field),
            action: links::draft_section(draft.draft.id, &section.letter),
            before: form.before.clone(),
            title: TextInput::new(field).value(form.title.clone()),
            save: Button::submit("Save the title"),
        }
    }

    /// An ordinary one, and hostile words with an error.
    pub fn samples() -> Vec<Self> {
        let hostile = crate::govuk::HOSTILE.to_owned();
        let mut errors = Errors::default();
        errors.say("title", hostile.clone());
        let form = SectionForm { title: hostile.clone(), before: hostile };
        let mut samples = Vec::new();
        for draft in super::sample::in_hand() {
            for section in &draft.draft.sections {
                let empty = SectionForm::default();
                samples.push(Self::new(&draft, section, &empty, &Errors::default()));
                samples.push(Self::new(&draft, section, &form, &errors));
            }
        }
        samples
    }
}
