//! What a check found, as a sentence for people.

use super::check::{Outcome, Seen, Told};
use super::rule::InForce;
use crate::calendar::day_in_words;

impl Outcome {
    /// The sentence: *Last visit in care 34 working days ago, on 3 May 2026; the rule is 20 working
    /// days (local rule, from 1 April 2026).*
    pub fn sentence(&self, held: &InForce) -> String {
        match self {
            Self::Overdue(told) => format!("{}{}.", found(told), rule(told, held)),
            Self::InTime(told) => {
                let due = told.due.filter(|_| !matches!(told.seen, Seen::Ended(_)));
                let due =
                    due.map_or(String::new(), |due| format!(", due by {}", day_in_words(due)));
                format!("{}{due}{}.", found(told), rule(told, held))
            }
            Self::DoesNotApply => format!("{} does not apply to this record.", held.rule.name),
            Self::CannotTell { why } => why.clone(),
        }
    }
}

fn found(told: &Told) -> String {
    let took = told.elapsed.map(|elapsed| elapsed.words()).unwrap_or_default();
    let on = told.date.map(day_in_words).unwrap_or_default();
    match told.seen {
        Seen::Open(kind) => format!("{} open {took}, since {on}", kind.words()),
        Seen::Ended(kind) => format!("{} ended on {on} after {took}", kind.words()),
        Seen::Latest(kind) if told.elapsed.is_some() => {
            format!("{} {took} ago, on {on}", kind.words())
        }
        Seen::Latest(kind) => format!("{} on {on}", kind.words()),
        Seen::NoDate(kind, start) if told.elapsed.is_some() => {
            format!("No date for “{}” since {}, {took} ago", kind.words(), start.words())
        }
        Seen::NoDate(kind, _) => format!("No date is recorded for “{}”", kind.words()),
        Seen::Said(matter) => matter.present().to_owned(),
        Seen::Unsaid(matter, Some(start)) => {
            format!("{}, {took} after {}", matter.missing(), start.words())
        }
        Seen::Unsaid(matter, None) => matter.missing().to_owned(),
    }
}

/// The limit and whose it is.
fn rule(told: &Told, held: &InForce) -> String {
    let whose = whose(held);
    match told.elapsed {
        Some(elapsed) => format!("; the rule is {} ({whose})", elapsed.limit),
        None => format!(" ({whose})"),
    }
}

/// Whose rule it is: *local rule, from 1 April 2026*, or its source.
fn whose(held: &InForce) -> String {
    match &held.local {
        Some(local) => format!("local rule, from {}", day_in_words(local.from)),
        None if held.rule.confirm_locally => {
            format!("{}; to be confirmed locally", held.rule.published.citation)
        }
        None => held.rule.published.citation.clone(),
    }
}
