//! What the rules about time make of one record on the day of the case list.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::record::Record;
use quarterlight_domain::timescale::check::Outcome;
use quarterlight_domain::timescale::facts::{RuleFact, facts};

use crate::govuk::{CaptionSize, Column, Content, Table, TagColour};
use crate::links;
use crate::timescales::RulesInForce;

/// The section of the page.
#[derive(Debug, Clone)]
pub struct FactsPart {
    /// *Facts on 3 May 2026*.
    pub heading: String,
    /// How many rules were looked at, and how many are late.
    pub sentence: String,
    /// What is late, then what is in time.
    pub told: Table,
    /// *9 rules could not be checked*; none where every one could.
    pub untold_summary: Option<String>,
    /// Which rules, and what is missing for them.
    pub untold: Table,
}

impl FactsPart {
    /// What the rules make of the record; a sentence where no rules are kept.
    pub fn new(record: &Record, rules: Option<&RulesInForce>) -> Self {
        let heading = format!("Facts on {}", day_in_words(record.as_at));
        let Some(rules) = rules else {
            return Self {
                heading,
                sentence: "No rules about time were in force on that day, so nothing is checked."
                    .to_owned(),
                told: told(&[]),
                untold_summary: None,
                untold: untold(&[]),
            };
        };
        let facts = facts(&rules.rules, &record.line, record.as_at, &rules.holidays);
        let is_untold = |fact: &RuleFact<'_>| matches!(fact.outcome, Outcome::CannotTell { .. });
        let (without, with): (Vec<_>, Vec<_>) = facts.into_iter().partition(is_untold);
        let late = with.iter().filter(|it| matches!(it.outcome, Outcome::Overdue(_))).count();
        let summary = match without.len() {
            0 => None,
            1 => Some("1 rule could not be checked: why".to_owned()),
            many => Some(format!("{many} rules could not be checked: which, and why")),
        };
        Self {
            heading,
            sentence: format!(
                "Overdue by {late} of the {} rules that could be checked for this record. These \
                 are facts to look at, and no judgement.",
                with.len()
            ),
            told: told(&with),
            untold_summary: summary,
            untold: untold(&without),
        }
    }
}

fn told(facts: &[RuleFact<'_>]) -> Table {
    let columns = vec![Column::words("State"), Column::words("Rule"), Column::words("Found")];
    let row = |fact: &RuleFact<'_>| {
        let state = if matches!(fact.outcome, Outcome::Overdue(_)) {
            Content::tag("Overdue", TagColour::Red)
        } else {
            Content::tag("In time", TagColour::Green)
        };
        vec![state, rule(fact), Content::text(fact.sentence())]
    };
    Table::new("facts", "What the rules about time find", columns)
        .caption_size(CaptionSize::Hidden)
        .rows(facts.iter().map(row).collect())
        .empty("No rule about time could be checked for this record.")
}

fn untold(facts: &[RuleFact<'_>]) -> Table {
    let columns = vec![Column::words("Rule"), Column::words("Why it could not be checked")];
    let row = |fact: &RuleFact<'_>| vec![rule(fact), Content::text(fact.sentence())];
    Table::new("untold", "What could not be checked", columns)
        .caption_size(CaptionSize::Hidden)
        .rows(facts.iter().map(row).collect())
}

fn rule(fact: &RuleFact<'_>) -> Content {
    let rule = &fact.held.rule;
    Content::link(rule.name.clone(), links::timescale(&rule.code))
}
