//! What was wrong with one answer, beside it.

use askama::Template;
use askama::filters::HtmlSafe;

/// The same words as the line in the error summary, at the field.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/error_message.html")]
pub struct ErrorMessage<'a> {
    /// The identifier that the input names in `aria-describedby`.
    pub id: String,
    /// What was wrong, and what to do.
    pub text: &'a str,
}

impl HtmlSafe for ErrorMessage<'_> {}
