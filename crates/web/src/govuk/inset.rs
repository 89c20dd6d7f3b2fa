//! A passage set apart from the rest of the page.

use askama::Template;
use askama::filters::HtmlSafe;

use super::content::Content;
use super::hostile::HOSTILE;

/// Something that should not be missed, but does not warn.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/inset.html")]
pub struct Inset {
    /// What is set apart.
    pub content: Content,
}

impl HtmlSafe for Inset {}

impl Inset {
    /// A passage set apart.
    #[must_use]
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into() }
    }

    /// A sentence, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let sentence = "This audit uses edition 3. Edition 4 came into force later.";
        vec![Self::new(sentence), Self::new(HOSTILE), Self::new(Content::written(HOSTILE))]
    }
}
