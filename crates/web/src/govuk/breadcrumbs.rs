//! Where the page is: the way back up, level by level.

use askama::Template;
use askama::filters::HtmlSafe;

use super::hostile::HOSTILE;

/// The levels above this page, the highest first.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/breadcrumbs.html")]
pub struct Breadcrumbs {
    /// Each level's words and where they lead.
    pub levels: Vec<(String, String)>,
}

impl HtmlSafe for Breadcrumbs {}

impl Breadcrumbs {
    /// The levels above this page: words, and where they lead.
    #[must_use]
    pub fn new(levels: Vec<(String, String)>) -> Self {
        Self { levels }
    }

    /// None, two, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let level = |text: &str, href: &str| (text.to_owned(), href.to_owned());
        vec![
            Self::default(),
            Self::new(vec![level("Your work", "/"), level("R-2043", "/records/R-2043")]),
            Self::new(vec![level(HOSTILE, HOSTILE)]),
        ]
    }
}
