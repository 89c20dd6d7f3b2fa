//! The words above one input.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::LabelSize;

/// A label that belongs to one input, and that puts the cursor there when pressed.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/label.html")]
pub struct Label<'a> {
    /// The identifier of the input.
    pub target: &'a str,
    /// The words.
    pub text: &'a str,
    /// How large they are.
    pub size: LabelSize,
}

impl HtmlSafe for Label<'_> {}

impl Label<'_> {
    fn classes(&self) -> &'static str {
        match self.size {
            LabelSize::Plain => "govuk-label",
            LabelSize::Small => "govuk-label govuk-label--s",
            LabelSize::Medium => "govuk-label govuk-label--m",
            LabelSize::Large | LabelSize::PageHeading => "govuk-label govuk-label--l",
            LabelSize::Hidden => "govuk-label govuk-visually-hidden",
        }
    }

    fn is_page_heading(&self) -> bool {
        self.size == LabelSize::PageHeading
    }
}
