//! Help beneath a label.

use askama::Template;
use askama::filters::HtmlSafe;

/// A sentence of help, read out with the input that names it.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/hint.html")]
pub struct Hint<'a> {
    /// The identifier that the input names in `aria-describedby`.
    pub id: String,
    /// The help.
    pub text: &'a str,
    /// Further classes, separated by spaces, where a component asks for them.
    pub classes: &'static str,
}

impl HtmlSafe for Hint<'_> {}
