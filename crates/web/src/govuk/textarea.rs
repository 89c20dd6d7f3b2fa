//! Several lines of text: what was seen, and why.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::{Field, LabelSize};
use super::hint::Hint;
use super::hostile::HOSTILE;

/// A question answered in sentences.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/textarea.html")]
pub struct Textarea {
    /// Name, label, help and error.
    pub field: Field,
    /// What was written before, as it was written.
    pub value: String,
    /// The height, in lines.
    pub rows: u8,
    /// How many characters may be written; shown below, and counted where scripts run.
    pub limit: Option<u32>,
}

impl HtmlSafe for Textarea {}

impl Textarea {
    /// A question of five lines with nothing written yet.
    #[must_use]
    pub fn new(field: Field) -> Self {
        Self { field, value: String::new(), rows: 5, limit: None }
    }

    /// The same question with what was written before.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The same question at another height, in lines.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// The same question with a limit, in characters.
    #[must_use]
    pub fn limit(mut self, characters: u32) -> Self {
        self.limit = Some(characters);
        self
    }

    /// Empty, written with a limit, an error, and long hostile words after an empty line.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::new(Field::new("seen", "What you saw")),
            Self::new(
                Field::new("because", "Why?")
                    .hint("Say what in the record led you to this.")
                    .size(LabelSize::Medium),
            )
            .value("Visited on 12 April.\nSeen alone, in her own room.")
            .rows(3)
            .limit(2_000),
            Self::new(
                Field::new("missing", "What is missing?")
                    .error("Say what is missing from the record".to_owned()),
            ),
            Self::new(Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned()))
                .value(format!("\n</textarea>{HOSTILE}"))
                .limit(10),
        ]
    }

    fn classes(&self) -> &'static str {
        match (self.field.error.is_some(), self.limit.is_some()) {
            (false, false) => "govuk-textarea",
            (true, false) => "govuk-textarea govuk-textarea--error",
            (false, true) => "govuk-textarea govuk-js-character-count",
            (true, true) => "govuk-textarea govuk-textarea--error govuk-js-character-count",
        }
    }

    fn limit_text(&self) -> Option<String> {
        self.limit.map(|limit| format!("You can enter up to {limit} characters"))
    }

    fn described_by(&self) -> Option<String> {
        let limit = self.limit.map(|_| self.limit_id());
        match (limit, self.field.described_by()) {
            (Some(limit), Some(others)) => Some(format!("{limit} {others}")),
            (limit, others) => limit.or(others),
        }
    }

    fn limit_hint<'a>(&self, text: &'a str) -> Hint<'a> {
        Hint { id: self.limit_id(), text, classes: "govuk-character-count__message" }
    }

    fn limit_id(&self) -> String {
        format!("{}-info", self.field.id)
    }
}
