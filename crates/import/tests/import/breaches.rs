//! The rules R01 to R20 against the breaches that are really in each population: each of them, with
//! its date, and no other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::history::Fact;
use quarterlight_domain::timescale::asks::Asks;
use quarterlight_domain::timescale::check::{Outcome, check};
use quarterlight_domain::timescale::limit::Limit;
use quarterlight_domain::timescale::rule::InForce;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_import::annex_a::read_files;
use quarterlight_import::{Limits, bank_holidays, timescales};

use crate::truth::{Population, populations};

/// Rule, child, and the date where there is one.
type Breach = (String, String, String);

/// What the rules find in a population, and which of them cannot be told of which child.
struct Found {
    late: BTreeSet<Breach>,
    untold: BTreeMap<(String, String), String>,
    children: BTreeSet<String>,
}

fn find(population: &Population, rules: &[InForce]) -> Found {
    let files = [("annex_a.xlsx", population.bytes.as_slice())];
    let annex = read_files(None, &files, population.as_at, &Limits::default()).unwrap();
    let england = bank_holidays::england().unwrap();
    let mut found =
        Found { late: BTreeSet::new(), untold: BTreeMap::new(), children: BTreeSet::new() };
    for line in annex.records.iter().chain(&annex.closed) {
        let child = line.reference.as_str().to_owned();
        found.children.insert(child.clone());
        for held in rules {
            let rule = held.rule.code.to_string();
            match check(held, line, population.as_at, &england) {
                Outcome::Overdue(told) => {
                    let date = told.date.map(|date| date.to_string()).unwrap_or_default();
                    found.late.insert((rule, child.clone(), date));
                }
                Outcome::CannotTell { why } => {
                    found.untold.insert((rule, child.clone()), why);
                }
                Outcome::InTime(_) | Outcome::DoesNotApply => {}
            }
        }
    }
    found
}

fn returns(as_at: Date) -> Vec<InForce> {
    let set: RuleSet = timescales::from_toml(timescales::returns_toml()).unwrap();
    set.in_force(&[], as_at)
}

fn truth(population: &Population) -> BTreeSet<Breach> {
    let breach = |it: &BTreeMap<String, String>| {
        (it["rule"].clone(), it["child_id"].clone(), it["date"].clone())
    };
    population.breaches.iter().map(breach).collect()
}

/// Breaches that are not found, and those that are found and are none. A breach for which the
/// workbook has no column is not found, and must be said to be so.
fn differences(population: &Population, rules: &[InForce]) -> (usize, Vec<String>) {
    let found = find(population, rules);
    let truth = truth(population);
    let mut wrong: Vec<String> = found
        .late
        .difference(&truth)
        .map(|breach| format!("{}: none of these: {breach:?}", population.name))
        .collect();
    let mut said = 0;
    for breach in truth.difference(&found.late) {
        let (rule, child, _) = breach;
        match found.untold.get(&(rule.clone(), child.clone())) {
            Some(why) if why.contains("has a column") => said += 1,
            // A closed child who is on no list of the workbook at all cannot be spoken of.
            None if !found.children.contains(child) && population.is_closed(child) => said += 1,
            why => wrong.push(format!("{}: not found: {breach:?} {why:?}", population.name)),
        }
    }
    (said, wrong)
}

#[test]
fn the_rules_find_exactly_the_breaches_of_every_population() {
    let (mut breaches, mut said) = (0, 0);
    for population in populations() {
        let (untold, wrong) = differences(&population, &returns(population.as_at));
        assert_eq!(wrong, Vec::<String>::new());
        breaches += population.breaches.len();
        said += untold;
    }
    eprintln!("{breaches} breaches, of which {said} are said not to be checkable");
    assert!(breaches > 150 && said * 5 < breaches, "{breaches} {said}");
}

/// What is said not to be checkable is so for want of a column, in every one of the workbooks.
#[test]
fn a_rule_that_cannot_be_told_says_which_column_is_missing() {
    for population in populations() {
        let files = [("annex_a.xlsx", population.bytes.as_slice())];
        let annex = read_files(None, &files, population.as_at, &Limits::default()).unwrap();
        let england = bank_holidays::england().unwrap();
        for line in &annex.records {
            for held in &returns(population.as_at) {
                let Outcome::CannotTell { why } = check(held, line, population.as_at, &england)
                else {
                    continue;
                };
                let Asks::Latest { kind, .. } = &held.rule.asks else {
                    assert!(why.ends_with('.'), "{why}");
                    continue;
                };
                let asked = line.history.asked.contains(&Fact::Date(*kind));
                assert_eq!(why.contains("has a column"), !asked, "{} {why}", held.rule.code);
            }
        }
    }
}

/// The control: each limit that is moved by a day makes the findings wrong in some population, for
/// every rule whose breaches stand that near to it somewhere, and for all rules moved together.
#[test]
fn a_limit_moved_makes_the_findings_wrong() {
    let populations = populations();
    let moved = |by: i32| {
        let mut wrong = 0;
        for population in &populations {
            let mut rules = returns(population.as_at);
            for held in &mut rules {
                if let Some(limit) = held.rule.asks.limit() {
                    let count = u16::try_from(i32::from(limit.count) + by).unwrap();
                    let limit = Limit { count, ..limit };
                    held.rule.asks = held.rule.asks.clone().with_limit(limit);
                }
            }
            wrong += differences(population, &rules).1.len();
        }
        wrong
    };
    assert_eq!(moved(0), 0);
    assert!(moved(1) > 0, "a day more changes nothing");
    assert!(moved(-1) > 0, "a day less changes nothing");
}
