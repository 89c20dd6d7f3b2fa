//! Help that most people do not need, folded away.

use askama::Template;
use askama::filters::HtmlSafe;

use super::content::Content;
use super::hostile::HOSTILE;

/// A line that unfolds.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/details.html")]
pub struct Details {
    /// The line that is always seen.
    pub summary: String,
    /// What unfolds.
    pub content: Content,
    /// Whether it is unfolded when the page opens.
    pub is_open: bool,
}

impl HtmlSafe for Details {}

impl Details {
    /// Something folded away.
    #[must_use]
    pub fn new(summary: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { summary: summary.into(), content: content.into(), is_open: false }
    }

    /// Folded, unfolded, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::new("How a grade is limited", "A critical standard that is not met limits it."),
            Self { is_open: true, ..Self::new("Why this record", Content::written("A\nB")) },
            Self { is_open: true, ..Self::new(HOSTILE, HOSTILE) },
        ]
    }
}
