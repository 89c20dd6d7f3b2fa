//! What an indicator is known by.

use std::fmt;

use crate::refusal::Refusal;

/// What an indicator is known by, such as `care-visits`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndicatorCode(String);

impl IndicatorCode {
    /// A code of small letters, digits and hyphens.
    ///
    /// # Errors
    /// Refuses anything else, and more than 40 characters.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if text.is_empty() || text.len() > 40 || !text.chars().all(is_plain) {
            return Err(Refusal::because(format!(
                "“{text}” is not an indicator's code. Give small letters, digits and hyphens, \
                 such as care-visits."
            )));
        }
        Ok(Self(text.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IndicatorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
