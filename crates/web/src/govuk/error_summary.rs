//! Everything that was wrong with a form, at the top of the page, each line leading to its field.

use askama::Template;
use askama::filters::HtmlSafe;

use super::date_input::DateInput;
use super::field::Field;
use super::hostile::HOSTILE;

/// One thing that was wrong.
#[derive(Debug, Clone, Default)]
pub struct ErrorLine {
    /// The same words as at the field.
    pub text: String,
    /// Where the field is, such as "#judgement"; none where no single field is to blame.
    pub href: Option<String>,
}

/// What the person meets first when a form could not be taken; the page moves the focus here.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/error_summary.html")]
pub struct ErrorSummary {
    /// What was wrong, in the order of the page.
    pub lines: Vec<ErrorLine>,
}

impl HtmlSafe for ErrorSummary {}

impl ErrorSummary {
    /// An empty summary, to which fields and sentences are added. Empty, it shows nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same summary with this field's error, if it has one.
    #[must_use]
    pub fn field(self, field: &Field) -> Self {
        self.linked(field.error.as_deref(), field.target())
    }

    /// The same summary with this date's error, if it has one.
    #[must_use]
    pub fn date(self, date: &DateInput) -> Self {
        self.linked(date.field.error.as_deref(), date.target())
    }

    /// The same summary with a sentence that belongs to no single field, such as a refusal.
    #[must_use]
    pub fn sentence(mut self, text: impl Into<String>) -> Self {
        self.lines.push(ErrorLine { text: text.into(), href: None });
        self
    }

    /// Whether nothing was wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Nothing wrong, two things, a sentence alone, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let wrong = |name: &str, error: &str| Field::new(name, name).error(error.to_owned());
        vec![
            Self::new(),
            Self::new()
                .field(&wrong("judgement", "Choose a judgement"))
                .field(&wrong("seen", "Say what is missing from the record"))
                .field(&Field::new("place", "Where you found it")),
            Self::new()
                .sentence("This audit was submitted on 3 May. Ask the moderator to return it."),
            Self::new().field(&wrong(HOSTILE, HOSTILE)).sentence(HOSTILE),
        ]
    }

    fn linked(mut self, error: Option<&str>, href: String) -> Self {
        if let Some(text) = error {
            self.lines.push(ErrorLine { text: text.to_owned(), href: Some(href) });
        }
        self
    }
}
