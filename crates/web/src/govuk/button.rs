//! A button that sends a form, or a link that looks like one.

use askama::Template;
use askama::filters::HtmlSafe;

use super::hostile::HOSTILE;

/// What pressing means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing that the page is for.
    #[default]
    Primary,
    /// Another thing that the person may do here.
    Secondary,
    /// Something serious that is hard to undo.
    Warning,
}

/// Something to press. A button is never disabled: it explains itself after it is pressed.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/button.html")]
pub struct Button {
    /// What it does, as a verb.
    pub text: String,
    /// What pressing means.
    pub kind: ButtonKind,
    /// Where it leads, for a link; without it, the button sends its form.
    pub href: Option<String>,
    /// The name and value that the form sends, where a form has several buttons.
    pub answer: Option<(String, String)>,
}

impl HtmlSafe for Button {}

impl Button {
    /// A button that sends its form.
    #[must_use]
    pub fn submit(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A link that looks like a button.
    #[must_use]
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()), ..Self::default() }
    }

    /// The same button for another thing that the person may do here.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.kind = ButtonKind::Secondary;
        self
    }

    /// The same button for something serious.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.kind = ButtonKind::Warning;
        self
    }

    /// The same button with the name and value that the form sends when it is pressed.
    #[must_use]
    pub fn answer(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.answer = Some((name.into(), value.into()));
        self
    }

    /// Each kind, a link, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::submit("Save and continue"),
            Self::submit("Save and add a finding").secondary().answer("then", "finding"),
            Self::submit("Withdraw this audit").warning(),
            Self::link("Start the draw", "/cycles/2026-q2/draw"),
            Self::submit(HOSTILE).answer(HOSTILE, HOSTILE),
            Self::link(HOSTILE, HOSTILE).secondary(),
        ]
    }

    fn classes(&self) -> &'static str {
        match self.kind {
            ButtonKind::Primary => "govuk-button",
            ButtonKind::Secondary => "govuk-button govuk-button--secondary",
            ButtonKind::Warning => "govuk-button govuk-button--warning",
        }
    }
}
