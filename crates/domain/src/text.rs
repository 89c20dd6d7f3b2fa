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

/// What another machine says, as it may stand in a line: without anything that begins another line,
/// moves a cursor or turns the direction of the words, and no longer than so many characters.
pub fn on_one_line(said: &str, most: usize) -> String {
    let is_odd = |it: char| {
        it.is_control()
            || matches!(it, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
            || ('\u{202a}'..='\u{202e}').contains(&it)
            || ('\u{2066}'..='\u{2069}').contains(&it)
    };
    let plain: String = said.chars().map(|it| if is_odd(it) { ' ' } else { it }).collect();
    let mut words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > most {
        words = words.chars().take(most.saturating_sub(1)).chain(['…']).collect();
    }
    words
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

    #[test]
    fn what_another_machine_says_is_one_line_and_short() {
        let hostile = "550 no\r\nINFO forged=\u{1b}[31mred\u{7} \u{202e}back\u{2028}line\0end";
        assert_eq!(on_one_line(hostile, 200), "550 no INFO forged= [31mred back line end");
        let long = on_one_line(&"é".repeat(5_000), 200);
        assert_eq!((long.chars().count(), long.ends_with('…')), (200, true));
        assert_eq!(on_one_line(" plain words ", 200), "plain words");
    }
}
