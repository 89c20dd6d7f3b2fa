//! Every rule about time that is in force: its limit, how it is counted, its source, and what holds here.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::timescale::asks::Asks;
use quarterlight_domain::timescale::rule::InForce;
use quarterlight_report::words;

use crate::app::App;
use crate::govuk::{Column, Content, HOSTILE, Table};
use crate::layout::Frame;
use crate::permit::{ReadFramework, Through};
use crate::timescales::{RulesInForce, local_in_words};
use crate::{links, page};

/// The rules in force.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/timescales/list.html")]
pub struct TimescalesPage {
    frame: Frame,
    sentences: Vec<String>,
    checked: Option<Table>,
    left: Option<Table>,
    /// How often each was overruled, for those who see cycles.
    overruled: Option<String>,
}

/// Shows the rules that hold today.
///
/// # Errors
/// There is no such page for those who have nothing to do with audits.
pub async fn get(app: App, visitor: Through<ReadFramework>) -> page::Result {
    let frame = visitor.frame(&app, "Timescales", "Timescales");
    let rules = RulesInForce::on(&app, visitor.today).await?;
    let mut page = TimescalesPage::new(frame, rules.as_ref());
    let sees = permits(&visitor.person, Deed::SeeCycles, visitor.today);
    page.overruled = sees.then(|| links::overruled(None));
    page::show(&page)
}

impl TimescalesPage {
    fn new(frame: Frame, rules: Option<&RulesInForce>) -> Self {
        let Some(rules) = rules else {
            let sentence = "No rules about time are kept yet, so nothing can be checked against \
                            them. They are kept at the server’s own command line.";
            let sentences = vec![sentence.to_owned()];
            return Self { frame, sentences, checked: None, left: None, overruled: None };
        };
        let is_left = |held: &&InForce| matches!(held.rule.asks, Asks::Auditor { .. });
        let (left, checked): (Vec<_>, Vec<_>) = rules.rules.iter().partition(is_left);
        Self {
            frame,
            sentences: sentences(rules),
            checked: Some(table("checked", "Rules that the case list can settle", &checked)),
            left: Some(table("left", "Rules that only an auditor can settle", &left)),
            overruled: None,
        }
    }

    /// No set, an ordinary one, and one with hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Timescales");
        let mut samples = vec![Self::new(frame(), None)];
        for words in ["Visit to a child on a protection plan", HOSTILE] {
            samples.extend(RulesInForce::sample(words).map(|it| Self::new(frame(), Some(&it))));
        }
        samples
    }
}

fn sentences(rules: &RulesInForce) -> Vec<String> {
    let rule = words::Noun::new("rule", "rules");
    let count = |passes: fn(&InForce) -> bool| rules.rules.iter().filter(|it| passes(it)).count();
    let by = rules.kept_by.as_ref().map_or(String::new(), |name| format!(" and kept by {name}"));
    let (first, last) = rules.holidays.years();
    vec![
        format!(
            "{}, written down on {}{by}: {}. {} changed by this authority, and {} to be \
             confirmed locally.",
            rules.set.name(),
            day_in_words(rules.set.dated()),
            words::count(whole(rules.rules.len()), &rule),
            are(count(|it| it.local.is_some())),
            are(count(|it| it.rule.confirm_locally && it.local.is_none())).to_lowercase(),
        ),
        format!(
            "What is late is a fact to look at and no judgement. Working days leave out weekends \
             and the bank holidays of {}, which are kept for {first} to {last}; days in other \
             years are said not to be countable.",
            rules.holidays.place
        ),
    ]
}

/// *7 are*, *1 is*, *None is*.
fn are(number: usize) -> String {
    match number {
        0 => "None is".to_owned(),
        1 => "1 is".to_owned(),
        many => format!("{many} are"),
    }
}

fn whole(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn table(id: &str, caption: &str, rules: &[&InForce]) -> Table {
    let columns = vec![
        Column::words("Rule"),
        Column::words("Limit"),
        Column::words("Counting"),
        Column::words("Source"),
        Column::words("Here"),
    ];
    let row = |held: &&InForce| {
        let rule = &held.rule;
        let limit = if held.off {
            "Switched off".to_owned()
        } else {
            words::sentence_case(&rule.asks.limit_in_words())
        };
        vec![
            Content::link(rule.name.clone(), links::timescale(&rule.code)),
            Content::text(limit),
            Content::text(rule.counting_in_words()),
            Content::text(source(held)),
            Content::text(here(held)),
        ]
    };
    Table::new(id, caption, columns)
        .rows(rules.iter().map(row).collect())
        .empty("There is no such rule.")
}

fn source(held: &InForce) -> String {
    let published = &held.rule.published;
    if published.local_practice {
        format!("{} (a practice of others, and no law)", published.citation)
    } else {
        published.citation.clone()
    }
}

fn here(held: &InForce) -> String {
    match local_in_words(held) {
        Some(local) => local,
        None if held.rule.confirm_locally => "To be confirmed locally".to_owned(),
        None => "As published".to_owned(),
    }
}
