//! What an audit went through: from whom to whom it was given, and which days it had.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_report::words;
use quarterlight_store::Passage;

use crate::govuk::{Content, Inset};

/// An answer to a standard.
const ANSWER: words::Noun = words::Noun::new("answer", "answers");

/// The history as sentences, each on its own line; nothing where nothing happened.
pub fn inset(passage: &Passage) -> Option<Inset> {
    let sentences = sentences(passage);
    (!sentences.is_empty()).then(|| Inset::new(Content::written(sentences.join("\n"))))
}

fn sentences(passage: &Passage) -> Vec<String> {
    let by = |name: &Option<String>| name.clone().unwrap_or_else(|| "The console".to_owned());
    let given = passage.given.iter().map(|it| {
        let on = day_in_words(day_in_england(it.at));
        let answers = words::count(it.answers.into(), &ANSWER);
        let sentence = format!(
            "{} gave this audit from {} to {} on {on}, with {answers}: {}",
            by(&it.by),
            it.from,
            it.to,
            it.because
        );
        (it.at, sentence)
    });
    let moved = passage.moved.iter().map(|it| {
        let on = day_in_words(day_in_england(it.at));
        let (from, to) = (day_in_words(it.from), day_in_words(it.to));
        let sentence = format!(
            "It was due on {from}. On {on} {} moved the day to {to}: {}",
            by(&it.by),
            it.because
        );
        (it.at, sentence)
    });
    let mut all: Vec<_> = given.chain(moved).collect();
    all.sort();
    all.into_iter().map(|(_, sentence)| sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn both_auditors_and_both_days_are_said() {
        assert!(inset(&Passage::default()).is_none());
        let said = sentences(&sample::passage(false)).join("\n");
        for words in ["from Priya Anand to Tom Ashdown", "12 answers", "11 December", "18 December"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}
