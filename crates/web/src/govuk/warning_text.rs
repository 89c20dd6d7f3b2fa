//! A warning of what follows from the next step.

use askama::Template;
use askama::filters::HtmlSafe;

use super::hostile::HOSTILE;

/// A sentence that warns.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/warning_text.html")]
pub struct WarningText {
    /// The sentence.
    pub text: String,
}

impl HtmlSafe for WarningText {}

impl WarningText {
    /// A sentence that warns.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }

    /// A sentence, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![Self::new("Once agreed, this edition never changes."), Self::new(HOSTILE)]
    }
}
