//! The words above a group of inputs that answer one question.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::LabelSize;

/// The first thing in a fieldset: what the group asks.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/legend.html")]
pub struct Legend<'a> {
    /// The words.
    pub text: &'a str,
    /// How large they are.
    pub size: LabelSize,
}

impl HtmlSafe for Legend<'_> {}

impl Legend<'_> {
    fn classes(&self) -> &'static str {
        match self.size {
            LabelSize::Plain => "govuk-fieldset__legend",
            LabelSize::Small => "govuk-fieldset__legend govuk-fieldset__legend--s",
            LabelSize::Medium => "govuk-fieldset__legend govuk-fieldset__legend--m",
            LabelSize::Large | LabelSize::PageHeading => {
                "govuk-fieldset__legend govuk-fieldset__legend--l"
            }
            LabelSize::Hidden => "govuk-fieldset__legend govuk-visually-hidden",
        }
    }

    fn is_page_heading(&self) -> bool {
        self.size == LabelSize::PageHeading
    }
}
