//! One line of text.

use askama::Template;
use askama::filters::HtmlSafe;

use super::field::{Field, LabelSize};
use super::hostile::HOSTILE;

/// What is typed, so that telephones show the right keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Words.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A whole number: digits, without the arrows that a number input has.
    Digits,
    /// A word to look for.
    Search,
    /// A six-digit code from a telephone, offered by the browser where it can.
    OneTimeCode,
}

/// How wide the box is, which tells people how much is expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InputWidth {
    /// As wide as its column.
    #[default]
    Full,
    /// For about 20 characters.
    Characters20,
    /// For about 10 characters: a record's reference.
    Characters10,
    /// For about 5 characters.
    Characters5,
    /// For 3 characters: a number of records.
    Characters3,
}

/// A question answered in one line.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/text_input.html")]
pub struct TextInput {
    /// Name, label, help and error.
    pub field: Field,
    /// What was typed before, as it was typed.
    pub value: String,
    /// What is typed.
    pub kind: InputKind,
    /// How wide the box is.
    pub width: InputWidth,
    /// A unit after the box, such as "records"; say it in the label too, because it is not read out.
    pub suffix: Option<String>,
    /// The browser's word for what it may fill in, such as "username".
    pub autocomplete: Option<&'static str>,
}

impl HtmlSafe for TextInput {}

impl TextInput {
    /// A question with nothing typed yet.
    #[must_use]
    pub fn new(field: Field) -> Self {
        Self { field, ..Self::default() }
    }

    /// The same question with what was typed before.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The same question for another kind of text.
    #[must_use]
    pub fn kind(mut self, kind: InputKind) -> Self {
        self.kind = kind;
        self
    }

    /// The same question with a box of another width.
    #[must_use]
    pub fn width(mut self, width: InputWidth) -> Self {
        self.width = width;
        self
    }

    /// The same question with a unit after the box.
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = Some(suffix.into());
        self
    }

    /// The same question with what the browser may fill in.
    #[must_use]
    pub fn autocomplete(mut self, word: &'static str) -> Self {
        self.autocomplete = Some(word);
        self
    }

    /// Empty, typed, an error, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::new(Field::new("place", "Where you found it")),
            Self::new(
                Field::new("count", "How many records?")
                    .hint("At least 3 from each cell.")
                    .size(LabelSize::Medium),
            )
            .value("48")
            .kind(InputKind::Digits)
            .width(InputWidth::Characters3)
            .suffix("records"),
            Self::new(
                Field::new("email", "E-mail address")
                    .error("Enter an e-mail address, such as name@example.org".to_owned()),
            )
            .value("priya at example")
            .kind(InputKind::Email)
            .width(InputWidth::Characters20)
            .autocomplete("username"),
            Self::new(Field::new("hostile", HOSTILE).hint(HOSTILE).error(HOSTILE.to_owned()))
                .value(HOSTILE)
                .kind(InputKind::OneTimeCode)
                .suffix(HOSTILE),
        ]
    }

    fn classes(&self) -> String {
        let width = match self.width {
            InputWidth::Full => "",
            InputWidth::Characters20 => " govuk-input--width-20",
            InputWidth::Characters10 => " govuk-input--width-10",
            InputWidth::Characters5 => " govuk-input--width-5",
            InputWidth::Characters3 => " govuk-input--width-3",
        };
        let error = if self.field.error.is_some() { " govuk-input--error" } else { "" };
        format!("govuk-input{width}{error}")
    }

    fn input_type(&self) -> &'static str {
        match self.kind {
            InputKind::Text | InputKind::Digits | InputKind::OneTimeCode => "text",
            InputKind::Email => "email",
            InputKind::Search => "search",
        }
    }

    fn is_digits(&self) -> bool {
        matches!(self.kind, InputKind::Digits | InputKind::OneTimeCode)
    }

    fn is_prose(&self) -> bool {
        self.kind == InputKind::Text
    }

    fn may_fill_in(&self) -> Option<&'static str> {
        match self.kind {
            InputKind::OneTimeCode => self.autocomplete.or(Some("one-time-code")),
            _ => self.autocomplete,
        }
    }
}
