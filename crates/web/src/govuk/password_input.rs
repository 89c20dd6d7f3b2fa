//! A password, hidden while it is typed unless the person asks to see it.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::Field;
use super::hostile::HOSTILE;

/// A question answered by a password. A page never shows a password back, so it has no value.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/password_input.html")]
pub struct PasswordInput {
    /// Name, label, help and error.
    pub field: Field,
    /// Whether a new password is being chosen, for which browsers offer a strong one.
    pub is_new: bool,
}

impl HtmlSafe for PasswordInput {}

impl PasswordInput {
    /// The password that the person has.
    #[must_use]
    pub fn current(field: Field) -> Self {
        Self { field, is_new: false }
    }

    /// The password that the person chooses.
    #[must_use]
    pub fn chosen(field: Field) -> Self {
        Self { field, is_new: true }
    }

    /// To sign in, to choose one, an error, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::current(Field::new("password", "Password")),
            Self::chosen(
                Field::new("new_password", "New password").hint("At least 12 characters."),
            ),
            Self::current(Field::new("again", "Password").error("Enter your password".to_owned())),
            Self::chosen(Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned())),
        ]
    }
}
