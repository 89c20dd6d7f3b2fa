//! The form by which a browser is asked for a passkey; a script shows it, and sends what the device answers.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::govuk::Button;
use crate::links;

/// A passkey is asked for, with where somebody was going and the form that they had sent there.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in/use_passkey.html")]
pub struct UsePasskey {
    question: String,
    action: String,
    back: String,
    kept: String,
    button: Button,
    /// Whoever has no scripts is told so, where there is no other way.
    is_alone: bool,
}

impl HtmlSafe for UsePasskey {}

impl UsePasskey {
    /// Beside another way; what the device answers is sent to `action`.
    pub fn beside(action: String, back: &str, kept: &str) -> Self {
        let button = Button::submit("Use a passkey").secondary();
        Self { button, is_alone: false, ..Self::alone(action, back, kept) }
    }

    /// As the one thing that the page is for.
    pub fn alone(action: String, back: &str, kept: &str) -> Self {
        Self {
            question: links::sign_in_passkey_question(),
            action,
            back: back.to_owned(),
            kept: kept.to_owned(),
            button: Button::submit("Use a passkey"),
            is_alone: true,
        }
    }
}
