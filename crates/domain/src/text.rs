//! Text that people type, bounded and never blank where a blank would mean nothing.

use crate::refusal::Refusal;

/// The most characters kept in one box: about three sides of A4.
pub const LONGEST: usize = 10_000;

/// A reason in words. It is never blank, so that *because* always says something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason(String);

impl Reason {
    /// Takes the words as typed, without the space around them.
    ///
    /// # Errors
    /// Refuses blank text and text longer than [`LONGEST`] characters.
    pub fn new(words: &str) -> Result<Self, Refusal> {
        let words = words.trim();
        if words.is_empty() {
            return Err(Refusal::because("Give a reason."));
        }
        Ok(Self(bounded(words)?))
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.0
    }
}

/// Text as typed, without the space around it; it may be blank.
///
/// # Errors
/// Refuses text longer than [`LONGEST`] characters.
pub fn bounded(words: &str) -> Result<String, Refusal> {
    // A browser sends CR LF for a new line; one kind of line end is kept, so that the same words are the same bytes.
    let words = words.trim().replace("\r\n", "\n");
    let length = words.chars().count();
    if length > LONGEST {
        return Err(Refusal::because(format!(
            "Shorten this to {LONGEST} characters or fewer. It has {length}."
        )));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_never_blank() {
        assert!(Reason::new(" \n\t ").is_err());
        assert_eq!(Reason::new("  moved away ").unwrap().words(), "moved away");
    }

    #[test]
    fn text_has_an_upper_bound() {
        assert!(bounded(&"a".repeat(LONGEST)).is_ok());
        assert!(bounded(&"a".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn line_ends_are_of_one_kind() {
        assert_eq!(bounded("one\r\ntwo").unwrap(), "one\ntwo");
    }
}
