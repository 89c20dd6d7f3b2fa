//! One choice from a list too long to show whole.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::{Field, LabelSize};
use super::hostile::HOSTILE;

/// One of the choices.
#[derive(Debug, Clone, Default)]
pub struct SelectItem {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub text: String,
}

impl SelectItem {
    /// A choice; give it an empty value to say "none chosen yet".
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }
}

/// A question with one answer from a list, such as a person.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/select.html")]
pub struct Select {
    /// Name, label, help and error.
    pub field: Field,
    /// The choices, in the order shown.
    pub items: Vec<SelectItem>,
    /// The value of the choice already made, if any.
    pub value: Option<String>,
}

impl HtmlSafe for Select {}

impl Select {
    /// A question with these choices, the first shown.
    #[must_use]
    pub fn new(field: Field, items: Vec<SelectItem>) -> Self {
        Self { field, items, value: None }
    }

    /// The same question with the choice already made, if any.
    #[must_use]
    pub fn value(mut self, value: impl Into<Option<String>>) -> Self {
        self.value = value.into();
        self
    }

    /// No choices, one chosen, an error, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let auditors = || {
            vec![
                SelectItem::new("", "Choose an auditor"),
                SelectItem::new("priya", "Priya Raman"),
                SelectItem::new("tom", "Tom Ashdown"),
            ]
        };
        vec![
            Self::new(Field::new("empty", "Auditor"), Vec::new()),
            Self::new(
                Field::new("auditor", "Auditor")
                    .hint("People who manage the case are not offered.")
                    .size(LabelSize::Small),
                auditors(),
            )
            .value("tom".to_owned()),
            Self::new(
                Field::new("again", "Auditor").error("Choose an auditor".to_owned()),
                auditors(),
            ),
            Self::new(
                Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned()),
                vec![SelectItem::new(HOSTILE, HOSTILE)],
            )
            .value(HOSTILE.to_owned()),
        ]
    }

    fn is_chosen(&self, item: &SelectItem) -> bool {
        self.value.as_deref() == Some(item.value.as_str())
    }
}
