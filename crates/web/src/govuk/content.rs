//! What a cell, an answer or a box may hold: words, a link, a tag, or other components.
#![expect(unused_qualifications, reason = "the template engine writes out full paths for an enum")]

use askama::Template;
use askama::filters::HtmlSafe;

use super::hostile::HOSTILE;
use super::tag::{Tag, TagColour};

/// Something shown inside another component. Words are always escaped.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/content.html")]
pub enum Content {
    /// Words of ours, on one line.
    Text(String),
    /// Words that a person wrote, with their line breaks.
    Written(String),
    /// A link, with its words and where it leads.
    Link {
        /// The words.
        text: String,
        /// Where it leads.
        href: String,
    },
    /// A state.
    Tag(Tag),
    /// Other components, already made into HTML by their own templates.
    Components(Vec<Markup>),
}

impl HtmlSafe for Content {}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Content {
    /// Words of ours, on one line.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Words that a person wrote, with their line breaks.
    #[must_use]
    pub fn written(text: impl Into<String>) -> Self {
        Self::Written(text.into())
    }

    /// A link.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { text: text.into(), href: href.into() }
    }

    /// A state.
    #[must_use]
    pub fn tag(text: impl Into<String>, colour: TagColour) -> Self {
        Self::Tag(Tag::new(text, colour))
    }

    /// One other component, such as a table inside details.
    #[must_use]
    pub fn component(component: &impl HtmlSafe) -> Self {
        Self::Components(vec![Markup::of(component)])
    }

    /// Nothing, each kind, and long hostile words in each kind.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::default(),
            Self::text("Children in Need North"),
            Self::written("Visited on 12 April.\nSeen alone."),
            Self::link("R-2043", "/records/R-2043"),
            Self::tag("Not met", TagColour::Red),
            Self::component(&Tag::new("Met", TagColour::Green)),
            Self::text(HOSTILE),
            Self::written(HOSTILE),
            Self::link(HOSTILE, HOSTILE),
            Self::tag(HOSTILE, TagColour::Red),
        ]
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Tag> for Content {
    fn from(tag: Tag) -> Self {
        Self::Tag(tag)
    }
}

/// HTML that a component's own template made; nothing else can make it, so nothing typed gets in unescaped.
#[derive(Debug, Clone)]
pub struct Markup(String);

impl HtmlSafe for Markup {}

impl Markup {
    /// What the component looks like as HTML.
    #[must_use]
    pub fn of(component: &impl HtmlSafe) -> Self {
        Self(component.to_string())
    }
}

impl Markup {
    /// A picture that the program drew itself, as SVG: never anything that somebody typed.
    #[must_use]
    pub fn svg(drawn: String) -> Self {
        Self(drawn)
    }
}

impl std::fmt::Display for Markup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}
