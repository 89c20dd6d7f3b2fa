//! A state, in a word or two on a coloured ground.

use askama::Template;
use askama::filters::HtmlSafe;

use super::hostile::HOSTILE;

/// The ground of a tag. Colour only helps: the words say it all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TagColour {
    /// Something to do.
    #[default]
    Blue,
    /// Nothing has happened yet, or nothing more will.
    Grey,
    /// Good, or done.
    Green,
    /// Under way.
    Teal,
    /// Waiting for someone else.
    Purple,
    /// Needs care.
    Orange,
    /// Needs care soon.
    Yellow,
    /// Late, not met or refused.
    Red,
}

/// A state such as *Incomplete*, *Not met* or *Not audited*.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/tag.html")]
pub struct Tag {
    /// The words.
    pub text: String,
    /// The ground.
    pub colour: TagColour,
}

impl HtmlSafe for Tag {}

impl Tag {
    /// A state in words, on a ground.
    #[must_use]
    pub fn new(text: impl Into<String>, colour: TagColour) -> Self {
        Self { text: text.into(), colour }
    }

    /// Each ground, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::new("Incomplete", TagColour::Blue),
            Self::new("Not started", TagColour::Grey),
            Self::new("Met", TagColour::Green),
            Self::new("Opened", TagColour::Teal),
            Self::new("In moderation", TagColour::Purple),
            Self::new("Partly met", TagColour::Orange),
            Self::new("Due today", TagColour::Yellow),
            Self::new("Not met", TagColour::Red),
            Self::new(HOSTILE, TagColour::Red),
        ]
    }

    fn classes(&self) -> &'static str {
        match self.colour {
            TagColour::Blue => "govuk-tag",
            TagColour::Grey => "govuk-tag govuk-tag--grey",
            TagColour::Green => "govuk-tag govuk-tag--green",
            TagColour::Teal => "govuk-tag govuk-tag--teal",
            TagColour::Purple => "govuk-tag govuk-tag--purple",
            TagColour::Orange => "govuk-tag govuk-tag--orange",
            TagColour::Yellow => "govuk-tag govuk-tag--yellow",
            TagColour::Red => "govuk-tag govuk-tag--red",
        }
    }
}
