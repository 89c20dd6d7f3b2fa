//! Any number of choices, all of them visible; or one box to confirm something.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::{Field, LabelSize};
use super::hint::Hint;
use super::hostile::HOSTILE;

/// One of the boxes.
#[derive(Debug, Clone, Default)]
pub struct CheckboxItem {
    /// What the form sends when this is ticked.
    pub value: String,
    /// What the person reads.
    pub text: String,
    /// Help for this box alone.
    pub hint: Option<String>,
}

impl CheckboxItem {
    /// A box without help.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: None }
    }

    /// The same box with help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn hint_text(&self, id: &str) -> Option<Hint<'_>> {
        let id = format!("{id}-item-hint");
        self.hint.as_deref().map(|text| Hint { id, text, classes: "govuk-checkboxes__hint" })
    }
}

/// A question with any number of answers, sent as one name many times.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/checkboxes.html")]
pub struct Checkboxes {
    /// Name, legend, help and error.
    pub field: Field,
    /// The boxes, in the order shown.
    pub items: Vec<CheckboxItem>,
    /// The values of the boxes already ticked.
    pub values: Vec<String>,
    /// Smaller boxes, for filters beside a list.
    pub is_small: bool,
}

impl HtmlSafe for Checkboxes {}

impl Checkboxes {
    /// A question with these boxes, none of them ticked.
    #[must_use]
    pub fn new(field: Field, items: Vec<CheckboxItem>) -> Self {
        Self { field, items, ..Self::default() }
    }

    /// The same question with boxes already ticked.
    #[must_use]
    pub fn values(mut self, values: Vec<String>) -> Self {
        self.values = values;
        self
    }

    /// The same question with smaller boxes.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.is_small = true;
        self
    }

    /// Nothing ticked, two ticked, an error, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let services = || {
            vec![
                CheckboxItem::new("north", "Children in Need North"),
                CheckboxItem::new("disability", "Disability Service")
                    .hint("Sits in the Education directorate."),
                CheckboxItem::new("leaving", "Leaving Care"),
            ]
        };
        let ask = |name: &str| Field::new(name, "Which services?");
        vec![
            Self::new(ask("services"), services()),
            Self::new(ask("filter").size(LabelSize::Small), services())
                .values(vec!["north".to_owned(), "leaving".to_owned()])
                .small(),
            Self::new(
                Field::new("confirm", "Confirm")
                    .hint("You cannot change the draw afterwards without a reason on record.")
                    .error("Confirm that the list has been checked".to_owned()),
                vec![CheckboxItem::new("yes", "The list has been checked")],
            ),
            Self::new(
                Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned()),
                vec![CheckboxItem::new(HOSTILE, HOSTILE).hint(HOSTILE)],
            )
            .values(vec![HOSTILE.to_owned()]),
        ]
    }

    /// Each box with its identifier; the first has the field's own, so that an error can lead to it.
    fn choices(&self) -> impl Iterator<Item = (String, &CheckboxItem)> {
        self.items.iter().enumerate().map(|(index, item)| match index {
            0 => (self.field.id.clone(), item),
            _ => (format!("{}-{}", self.field.id, index + 1), item),
        })
    }

    fn is_ticked(&self, item: &CheckboxItem) -> bool {
        self.values.contains(&item.value)
    }
}
