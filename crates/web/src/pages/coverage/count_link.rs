//! A number that leads to the records it counts.

use askama::Template;
use askama::filters::HtmlSafe;

/// A number in a table. The words that say what it counts are read out only: those who see the
/// table have them in its headings.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/coverage/count_link.html")]
pub struct CountLink {
    /// The number, as it is written.
    pub number: String,
    /// What it counts.
    pub subject: String,
    /// Where the records are listed.
    pub href: String,
}

impl HtmlSafe for CountLink {}
