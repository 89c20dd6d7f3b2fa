//! One choice among a few, all of them visible.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::{Field, LabelSize};
use super::hint::Hint;
use super::hostile::HOSTILE;

/// One of the choices.
#[derive(Debug, Clone, Default)]
pub struct RadioItem {
    /// What the form sends when this is chosen.
    pub value: String,
    /// What the person reads.
    pub text: String,
    /// Help for this choice alone.
    pub hint: Option<String>,
}

impl RadioItem {
    /// A choice without help.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: None }
    }

    /// The same choice with help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn hint_text(&self, id: &str) -> Option<Hint<'_>> {
        let id = format!("{id}-item-hint");
        self.hint.as_deref().map(|text| Hint { id, text, classes: "govuk-radios__hint" })
    }
}

/// A question with one answer, such as a judgement or a grade.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/radios.html")]
pub struct Radios {
    /// Name, legend, help and error.
    pub field: Field,
    /// The choices, in the order shown.
    pub items: Vec<RadioItem>,
    /// The value of the choice already made, if any.
    pub value: Option<String>,
    /// Side by side; for two short choices only.
    pub is_inline: bool,
    /// Whether the number keys choose, 1 for the first. The page's script adds this and a way to turn it off.
    pub has_keys: bool,
}

impl HtmlSafe for Radios {}

impl Radios {
    /// A question with these choices, none of them made.
    #[must_use]
    pub fn new(field: Field, items: Vec<RadioItem>) -> Self {
        Self { field, items, ..Self::default() }
    }

    /// The same question with the choice already made, if any.
    #[must_use]
    pub fn value(mut self, value: impl Into<Option<String>>) -> Self {
        self.value = value.into();
        self
    }

    /// The same question with its choices side by side.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.is_inline = true;
        self
    }

    /// The same question, answered by number keys too.
    #[must_use]
    pub fn keys(mut self) -> Self {
        self.has_keys = true;
        self
    }

    /// Nothing chosen, one chosen, an error, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let judgements = || {
            vec![
                RadioItem::new("met", "Met"),
                RadioItem::new("partly_met", "Partly met").hint("Say what is missing."),
                RadioItem::new("not_met", "Not met").hint("Say what you looked for."),
                RadioItem::new("not_applicable", "Not applicable"),
                RadioItem::new("cannot_tell", "Cannot tell").hint("Say where you looked."),
            ]
        };
        let ask = |name: &str| Field::new(name, "Was the child seen alone?");
        vec![
            Self::new(ask("judgement"), judgements()).keys(),
            Self::new(
                ask("seen").hint("At the last visit before 3 May.").size(LabelSize::Medium),
                vec![RadioItem::new("yes", "Yes"), RadioItem::new("no", "No")],
            )
            .value("yes".to_owned())
            .inline(),
            Self::new(
                ask("again").error("Choose a judgement".to_owned()).size(LabelSize::PageHeading),
                judgements(),
            ),
            Self::new(
                Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned()),
                vec![RadioItem::new(HOSTILE, HOSTILE).hint(HOSTILE)],
            )
            .value(HOSTILE.to_owned()),
        ]
    }

    /// Each choice with its identifier; the first has the field's own, so that an error can lead to it.
    fn choices(&self) -> impl Iterator<Item = (String, &RadioItem)> {
        self.items.iter().enumerate().map(|(index, item)| match index {
            0 => (self.field.id.clone(), item),
            _ => (format!("{}-{}", self.field.id, index + 1), item),
        })
    }

    fn is_chosen(&self, item: &RadioItem) -> bool {
        self.value.as_deref() == Some(item.value.as_str())
    }
}
