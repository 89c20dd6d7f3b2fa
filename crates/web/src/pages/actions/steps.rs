//! The history of an action: who did what, when, in whose words, and with which proof.

use quarterlight_domain::action::{Action, StepKind};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_store::StepLine;

use crate::links;

/// One step as the page shows it.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it was.
    pub heading: &'static str,
    /// By whom and when.
    pub by: String,
    /// What changed by it, in a sentence.
    pub change: Option<String>,
    /// What was done and where the proof is, or why.
    pub words: String,
    /// The other action, where two were joined: its words and where it is.
    pub other: Option<(String, String)>,
}

/// The steps as the page shows them, the latest first; the finding is the last.
pub fn steps(action: &Action, lines: &[StepLine]) -> Vec<Step> {
    let found = Step {
        heading: "Found",
        by: format!(
            "{}, in an audit of {}",
            day_in_words(action.found.on),
            action.found.quarter.words()
        ),
        change: None,
        words: String::new(),
        other: None,
    };
    lines.iter().rev().map(step).chain(std::iter::once(found)).collect()
}

fn step(line: &StepLine) -> Step {
    let by = line.by.as_deref().unwrap_or("the console");
    let other = line.other.map(|id| (format!("Action {id}"), links::action(id)));
    let words = line.words.clone();
    Step {
        heading: line.kind.words(),
        by: by_and_when(by, line),
        change: change(line),
        words,
        other,
    }
}

fn by_and_when(by: &str, line: &StepLine) -> String {
    format!("{by} · {}", day_in_words(line.on))
}

fn change(line: &StepLine) -> Option<String> {
    let (before, after) = (day_in_words(line.due.0), day_in_words(line.due.1));
    let moved = line.due.0 != line.due.1;
    let day = line.day.map(day_in_words);
    match line.kind {
        StepKind::Given => {
            let owner = line.owner.as_deref().unwrap_or("nobody");
            Some(if moved {
                format!("To {owner}, due on {after} instead of {before}.")
            } else {
                format!("To {owner}, due on {after}.")
            })
        }
        StepKind::AskedForTime => Some(format!("Until {}, instead of {before}.", day?)),
        StepKind::TimeAgreed => Some(format!("Due on {after} instead of {before}.")),
        StepKind::TimeRefused => Some(format!("It stays due on {after}.")),
        StepKind::Verified => Some(format!("To be looked at again from {}.", day?)),
        StepKind::NotHeld => Some(format!("Due on {after}.")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn both_days_are_in_the_history() {
        let line = StepLine {
            kind: StepKind::TimeAgreed,
            by: Some("Rosa Whitlow".to_owned()),
            on: date(2026, 11, 23),
            words: String::new(),
            owner: Some("Nia Pell".to_owned()),
            due: (date(2026, 11, 20), date(2026, 12, 4)),
            day: Some(date(2026, 12, 4)),
            other: None,
        };
        let said = change(&line).unwrap();
        assert_eq!(said, "Due on 4 December 2026 instead of 20 November 2026.");
        let asked =
            StepLine { kind: StepKind::AskedForTime, due: (line.due.0, line.due.0), ..line };
        let said = change(&asked).unwrap();
        assert_eq!(said, "Until 4 December 2026, instead of 20 November 2026.");
    }
}
