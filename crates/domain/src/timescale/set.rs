//! A named, dated set of rules about time.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::rule::{InForce, Rule, RuleCode};
use super::variation::{Variation, in_force};
use crate::refusal::Refusal;

/// A named, dated set of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    name: String,
    dated: Date,
    rules: Vec<Rule>,
}

impl RuleSet {
    /// The most rules that a set may have.
    pub const MOST: usize = 200;

    /// A set of rules, as it was written down on a day.
    ///
    /// # Errors
    /// Refuses a set without a name, without a rule, with more than [`Self::MOST`], with two of the
    /// same code, and with a rule that has no name or no source.
    pub fn new(name: &str, dated: Date, rules: Vec<Rule>) -> Result<Self, Refusal> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Refusal::because("Give the rule set a name of 100 characters at most."));
        }
        if rules.is_empty() || rules.len() > Self::MOST {
            return Err(Refusal::because(format!(
                "A rule set has between 1 and {} rules.",
                Self::MOST
            )));
        }
        let mut codes = BTreeSet::new();
        for rule in &rules {
            if !codes.insert(&rule.code) {
                return Err(Refusal::because(format!("There are two rules {}.", rule.code)));
            }
            if rule.name.trim().is_empty() || rule.published.citation.trim().is_empty() {
                return Err(Refusal::because(format!(
                    "Rule {} needs a name and a source.",
                    rule.code
                )));
            }
            if rule.from.zip(rule.until).is_some_and(|(from, until)| until < from) {
                return Err(Refusal::because(format!("Rule {} ends before it begins.", rule.code)));
            }
        }
        Ok(Self { name: name.to_owned(), dated, rules })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day on which it was written down.
    pub fn dated(&self) -> Date {
        self.dated
    }

    /// Its rules, in order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with this code.
    pub fn rule(&self, code: &RuleCode) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == *code)
    }

    /// The rules that are in force on a day, with whatever the authority has changed about them.
    pub fn in_force(&self, variations: &[Variation], day: Date) -> Vec<InForce> {
        self.rules.iter().filter_map(|rule| in_force(rule, variations, day)).collect()
    }
}
