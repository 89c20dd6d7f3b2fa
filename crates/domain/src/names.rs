//! Words that name nobody: a check against the names that the store knows.

use std::collections::BTreeSet;

use crate::refusal::Refusal;

/// Names that are ordinary words too. Alone they may mean something else; with the rest of the name
/// they do not.
const ORDINARY: [&str; 40] = [
    "april", "august", "bell", "bond", "brook", "church", "cook", "day", "dean", "england",
    "field", "ford", "grace", "grant", "green", "hall", "hill", "hope", "house", "joy", "june",
    "king", "lane", "law", "long", "mark", "may", "moss", "north", "park", "pearl", "read", "rose",
    "short", "street", "summer", "west", "will", "wood", "young",
];

/// The names of everybody who is known, made ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Parts of names that are no ordinary word.
    parts: BTreeSet<String>,
    /// Whole names, both ways round.
    whole: BTreeSet<String>,
}

impl Names {
    /// These names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut all = Self::default();
        for name in names {
            let parts: Vec<String> = words(name).map(str::to_lowercase).collect();
            let is_telling =
                |part: &&String| part.chars().count() >= 3 && !ORDINARY.contains(&part.as_str());
            all.parts.extend(parts.iter().filter(is_telling).cloned());
            if let [first, .., last] = parts.as_slice() {
                all.whole.insert(format!("{first} {last}"));
                all.whole.insert(format!("{last} {first}"));
            }
        }
        all
    }

    /// The line, from 1, in which somebody is named; none if nobody is.
    ///
    /// A whole name is found however it is written. A part of one is found where it is written as
    /// a name, with a capital.
    pub fn line_with_one(&self, text: &str) -> Option<usize> {
        let is_named = |line: &str| {
            let words: Vec<&str> = words(line).collect();
            let part = |word: &&str| {
                let bare = bare(word);
                bare.starts_with(char::is_uppercase) && self.parts.contains(&bare.to_lowercase())
            };
            let whole = words.windows(2).any(|pair| {
                let pair: Vec<String> = pair.iter().map(|word| bare(word).to_lowercase()).collect();
                self.whole.contains(&pair.join(" "))
            });
            whole || words.iter().any(part)
        };
        text.lines().position(is_named).map(|place| place + 1)
    }

    /// Refuses words in which somebody is named.
    ///
    /// # Errors
    /// Says in which line, and never the name: what is said about a form goes into logs.
    pub fn are_not_in(&self, text: &str) -> Result<(), Refusal> {
        let Some(line) = self.line_with_one(text) else { return Ok(()) };
        let place = if text.lines().count() > 1 {
            format!("Line {line} has")
        } else {
            "This has".to_owned()
        };
        Err(Refusal::because(format!(
            "{place} the name of somebody who works here. Write what they are, such as “the worker”."
        )))
    }
}

/// The words of a text, without what stands around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    text.split(move |c| !is_inside(c)).filter(|word| !word.is_empty())
}

/// A word without the *’s* of a genitive.
fn bare(word: &str) -> &str {
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<usize> {
        Names::of(["Nia Pell", "Will Moss", "Rosa Whitlow-Haye", "Ian de Vere"]).line_with_one(text)
    }

    #[test]
    fn a_name_is_found_whole_in_part_and_either_way_round() {
        for named in [
            "Nia Pell keeps the plan moving.",
            "PELL, NIA",
            "nia pell",
            "This is Pell’s best work.",
            "(Rosa)",
            "Ask Whitlow-Haye",
            "will moss said so",
            "Moss, Will",
        ] {
            assert_eq!(line(named), Some(1), "{named}");
        }
        assert_eq!(line("The plan is good.\nSo says Nia."), Some(2));
    }

    #[test]
    fn ordinary_words_are_no_names() {
        for nobody in [
            "Will the plan move? It will.",
            "There is moss on the wall. Moss.",
            "The worker asked, and the manager saw it.",
            "De-escalation was tried",
            "",
        ] {
            assert_eq!(line(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn the_refusal_says_where_and_not_who() {
        let refusal = Names::of(["Nia Pell"]).are_not_in("Good.\nNia drew it.").unwrap_err();
        assert!(refusal.sentence().contains("Line 2"), "{refusal}");
        assert!(!refusal.sentence().contains("Nia"), "{refusal}");
    }
}
