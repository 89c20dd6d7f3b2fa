//! What every form field has: a name, the words above it, help, and what was wrong.

use super::error_message::ErrorMessage;
use super::hint::Hint;
use super::label::Label;
use super::legend::Legend;

/// How large the words above a field are, and whether they are also the page's heading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LabelSize {
    /// Ordinary text: one field among several.
    #[default]
    Plain,
    /// Small and bold: a field among several that needs to stand out.
    Small,
    /// Medium: a group of fields under the page's own heading.
    Medium,
    /// Large: the main question under the page's own heading.
    Large,
    /// Large, and the page's one `h1`.
    PageHeading,
    /// For screen readers only, where the page already says it to those who see it.
    Hidden,
}

/// The part that all form fields share. Every text here is plain text and is escaped.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// The name under which the form sends the answer.
    pub name: String,
    /// The identifier on the page; the same as the name unless set.
    pub id: String,
    /// The words above the field: a label, or a legend where there are several inputs.
    pub label: String,
    /// How large those words are.
    pub label_size: LabelSize,
    /// Help, between the label and the input.
    pub hint: Option<String>,
    /// What was wrong with the answer, in the caller's words.
    pub error: Option<String>,
}

impl Field {
    /// A field with a name and a label, and nothing wrong with it.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        Self { id: name.clone(), name, label: label.into(), ..Self::default() }
    }

    /// The same field under another identifier, for pages on which a name comes twice.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// The same field with help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same field with what was wrong, if anything was: takes a `String` or an `Option<String>`.
    #[must_use]
    pub fn error(mut self, error: impl Into<Option<String>>) -> Self {
        self.error = error.into();
        self
    }

    /// The same field with larger words above it.
    #[must_use]
    pub fn size(mut self, size: LabelSize) -> Self {
        self.label_size = size;
        self
    }

    /// Where a line of the error summary leads: the field's first input.
    #[must_use]
    pub fn target(&self) -> String {
        format!("#{}", self.id)
    }

    /// The words above a single input.
    #[must_use]
    pub fn label_above(&self) -> Label<'_> {
        Label { target: &self.id, text: &self.label, size: self.label_size }
    }

    /// The words above a group of inputs.
    #[must_use]
    pub fn legend(&self) -> Legend<'_> {
        Legend { text: &self.label, size: self.label_size }
    }

    /// The help, ready to show.
    #[must_use]
    pub fn hint_text(&self) -> Option<Hint<'_>> {
        self.hint.as_deref().map(|text| Hint { id: self.hint_id(), text, classes: "" })
    }

    /// What was wrong, ready to show.
    #[must_use]
    pub fn error_message(&self) -> Option<ErrorMessage<'_>> {
        self.error.as_deref().map(|text| ErrorMessage { id: self.error_id(), text })
    }

    /// The identifiers that `aria-describedby` names, so that help and error are read out with the input.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        match (self.hint.is_some(), self.error.is_some()) {
            (true, true) => Some(format!("{} {}", self.hint_id(), self.error_id())),
            (true, false) => Some(self.hint_id()),
            (false, true) => Some(self.error_id()),
            (false, false) => None,
        }
    }

    /// The classes of the box around label, help, error and input.
    #[must_use]
    pub fn group_classes(&self) -> &'static str {
        if self.error.is_some() {
            "govuk-form-group govuk-form-group--error"
        } else {
            "govuk-form-group"
        }
    }

    fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.id)
    }
}
