//! Whether a password would be guessed soon: one that many people have, or one that is about the person.

use quarterlight_domain::refusal::Refusal;
use zxcvbn::{Score, zxcvbn};

/// Whose password it is to be, for words that whoever guesses at it would begin with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Whose<'a> {
    /// Their name.
    pub name: &'a str,
    /// The address that they sign in with.
    pub email: &'a str,
    /// The authority's name.
    pub authority: &'a str,
}

/// The product's own words, and those of what it is for.
const OURS: [&str; 8] =
    ["quarterlight", "audit", "auditor", "council", "borough", "children", "social", "password"];

/// Looks at a password before it is hashed.
///
/// There is no rule on what it is made of. What is asked is how soon it would be guessed by somebody
/// with lists of common passwords, names and words, who knows whose it is.
///
/// # Errors
/// Refuses one that would be guessed within ten thousand million guesses.
pub fn screen(password: &str, whose: Whose<'_>) -> Result<(), Refusal> {
    let about = [whose.name, whose.email, whose.authority];
    let mut words: Vec<&str> = about.to_vec();
    let is_letter = |it: char| it.is_alphanumeric();
    words.extend(about.iter().flat_map(|it| it.split(|letter| !is_letter(letter))));
    words.extend(OURS);
    words.retain(|word| word.chars().count() > 2);
    // What is left without the words that whoever guesses would begin with must hold by itself.
    let left = words
        .iter()
        .fold(password.to_lowercase(), |left, word| left.replace(&word.to_lowercase(), ""));
    let is_long = left.chars().filter(|it| it.is_alphanumeric() || !it.is_ascii()).count() >= 8;
    if is_long && zxcvbn(password, &words).score() >= Score::Four {
        return Ok(());
    }
    Err(Refusal::because(
        "This password would be guessed soon: it is on lists of common passwords, or made of a few common words, of your name or of a row of keys. Choose three or more words that have nothing to do with each other or with you.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOSE: Whose<'_> =
        Whose { name: "Priya Anand", email: "priya.anand@larkmoor.example", authority: "Larkmoor" };

    #[test]
    fn common_passwords_are_refused() {
        for common in [
            "password1234",
            "qwertyuiop[]",
            "123456789012",
            "aaaaaaaaaaaa",
            "iloveyou1234",
            "Passw0rd!Passw0rd!",
            "abcdefghijkl",
            "letmeinletmein",
            "zxcvbnm,./12",
        ] {
            assert!(screen(common, WHOSE).is_err(), "{common}");
        }
    }

    #[test]
    fn words_about_the_person_the_place_and_the_product_are_refused() {
        for near in
            ["priya.anand2026", "larkmoor2026", "quarterlight1", "PriyaLarkmoor1", "anandpriya12"]
        {
            assert!(screen(near, WHOSE).is_err(), "{near}");
        }
        // The control: of somebody else, elsewhere, the first of these says nothing.
        let control = "priya.anand.orbit.kettle";
        assert!(screen(control, WHOSE).is_ok() && screen(control, Whose::default()).is_ok());
    }

    #[test]
    fn there_is_no_rule_on_what_a_password_is_made_of() {
        for good in [
            "harbour lantern seven",
            "kettle orbit marmalade",
            "пять зелёных чайников",
            "七つの海を渡る風の音色",
            "🦊🍋🚲🌧️🎻🧦🪁🥄🫖🐌🧊🪵",
            "tv9rkq2mzw7hb4",
        ] {
            assert!(screen(good, WHOSE).is_ok(), "{good}");
        }
    }
}
