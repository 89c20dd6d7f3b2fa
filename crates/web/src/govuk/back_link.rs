//! The way back to the page before, in a journey of several pages.

use askama::Template;
use askama::filters::HtmlSafe;

use super::hostile::HOSTILE;

/// A link above the heading. Use it or breadcrumbs, never both.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/back_link.html")]
pub struct BackLink {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

impl HtmlSafe for BackLink {}

impl BackLink {
    /// A link that says *Back*.
    #[must_use]
    pub fn new(href: impl Into<String>) -> Self {
        Self { text: "Back".to_owned(), href: href.into() }
    }

    /// The ordinary one, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![Self::new("/audits/7"), Self { text: HOSTILE.to_owned(), ..Self::new(HOSTILE) }]
    }
}
