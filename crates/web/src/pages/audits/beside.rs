//! What stands beside a standard: its facts as at the draw and since, and what the last audit said.

use askama::Template;
use askama::filters::HtmlSafe;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::standard::Standard;
use quarterlight_domain::timescale::beside::{DrawnRecord, FactBeside, Later, Since};
use quarterlight_domain::timescale::check::Outcome;
use quarterlight_store::LastAudit;

use super::proposal::Grounds;
use super::{InHand, if_there};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Tag, TagColour};
use crate::links;

/// What stands beside the standards of an audit.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The facts, and what is proposed by them.
    pub grounds: Grounds,
    last: Option<LastAudit>,
    /// The wording of the standard in the edition of the last audit.
    then: Option<String>,
}

impl Beside {
    /// What stands beside a standard: five statements at most, however many standards there are.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(app: &App, audit: &InHand) -> Result<Self, Failure> {
        let grounds = Grounds::of(app, audit).await?;
        let last = app.store.audits.last_before(audit.audit.id, audit.edition.id);
        let last = if_there(audit.attached.earlier, last).await?;
        let mut then = None;
        if let (Some(last), Some(code)) = (&last, &audit.standard)
            && let Some(answer) = last.said_on(code)
        {
            let edition = app.store.frameworks.edition(last.edition).await?;
            let found = edition.as_ref().and_then(|it| it.contents().find(&answer.standard));
            then = found.map(|(_, standard)| standard.wording.clone());
        }
        Ok(Self { grounds, last, then })
    }
}

/// One fact as the page shows it.
#[derive(Debug, Clone)]
struct Shown {
    state: Tag,
    name: String,
    href: String,
    sentence: String,
    tidied: Option<Tag>,
    /// What today's list says.
    since: Vec<String>,
}

/// What the last audit said on the standard.
#[derive(Debug, Clone)]
struct Said {
    judgement: String,
    when: String,
    /// How the standard was worded then, where it was worded otherwise.
    wording: Option<String>,
    seen: String,
    found: String,
}

/// What stands beside a standard, on its page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/beside.html")]
pub struct BesidePart {
    heading: String,
    facts: Vec<Shown>,
    /// Whether there is a later list.
    list: Option<String>,
    said: Option<Said>,
    /// Why nothing was said, where nothing was.
    unsaid: String,
}

impl HtmlSafe for BesidePart {}

impl BesidePart {
    /// The part for one standard.
    pub fn new(beside: &Beside, standard: &Standard) -> Self {
        let record = beside.grounds.record.as_ref();
        let facts = beside.grounds.facts(&standard.code);
        let answer = beside.last.as_ref().and_then(|last| last.said_on(&standard.code));
        let said = beside.last.as_ref().zip(answer).map(|(last, answer)| Said {
            judgement: answer.judgement.words().to_owned(),
            when: format!(
                "submitted on {} for {}",
                day_in_words(day_in_england(last.at)),
                last.quarter.words()
            ),
            wording: beside.then.clone().filter(|then| *then != standard.wording),
            seen: answer.seen.clone(),
            found: answer.found.clone(),
        });
        Self {
            heading: record.map_or_else(
                || "Facts".to_owned(),
                |it| format!("Facts on {}, the day of the list of its draw", day_in_words(it.day)),
            ),
            list: record.filter(|_| !facts.is_empty()).and_then(list),
            facts: facts.iter().map(shown).collect(),
            said,
            unsaid: if beside.last.is_some() {
                "The last audit of this record was not asked this standard, or asked it so otherwise that the two cannot stand side by side."
            } else {
                "This record was not audited before."
            }
            .to_owned(),
        }
    }
}

fn list(record: &DrawnRecord) -> Option<String> {
    match &record.later {
        Later::SameList => Some("There is no later case list yet.".to_owned()),
        Later::Gone(day) => {
            Some(format!("The record is not on the list of {} any more.", day_in_words(*day)))
        }
        Later::Line(..) => None,
    }
}

fn shown(fact: &FactBeside<'_>) -> Shown {
    let held = fact.then.held;
    let (words, colour) = match fact.then.outcome {
        Outcome::Overdue(_) => ("Overdue", TagColour::Red),
        Outcome::InTime(_) => ("In time", TagColour::Green),
        Outcome::CannotTell { .. } | Outcome::DoesNotApply => ("Cannot be told", TagColour::Grey),
    };
    let mut since = Vec::new();
    if let Since::Tidied(outcome) | Since::Otherwise(outcome) = &fact.since {
        since.push(format!(
            "Of the same day, by what was written up since: {}",
            outcome.sentence(held)
        ));
    }
    if let Some((day, outcome)) = &fact.today
        && *outcome != fact.then.outcome
        && !matches!(held.rule.asks, quarterlight_domain::timescale::asks::Asks::Auditor { .. })
    {
        since.push(format!("On the list of {}: {}", day_in_words(*day), outcome.sentence(held)));
    }
    Shown {
        state: Tag::new(words, colour),
        name: held.rule.name.clone(),
        href: links::timescale(&held.rule.code),
        sentence: fact.then.sentence(),
        tidied: matches!(fact.since, Since::Tidied(_))
            .then(|| Tag::new("Tidied since the draw", TagColour::Yellow)),
        since,
    }
}

/// What stands beside the standards of the invented audits: nothing, and facts with these words.
pub fn samples(audit: &InHand, words: &str) -> Beside {
    use jiff::civil::date;
    use quarterlight_domain::case_list::KeyDate;

    let drawn = audit.audit.line.clone();
    let mut now = drawn.clone();
    now.dates.insert(KeyDate::LastSeen, date(2026, 10, 28));
    now.dates.insert(KeyDate::ProtectionVisit, date(2026, 10, 28));
    let later = Later::Line(date(2026, 11, 20), Box::new(now));
    let record = DrawnRecord { day: date(2026, 11, 2), line: drawn, later };
    let rules = crate::timescales::RulesInForce::sample(words);
    let grounds = Grounds { record: Some(record), rules, ..Grounds::default() };
    Beside { grounds, last: None, then: Some(words.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_fact_says_what_was_and_what_was_tidied() {
        let audit = sample::audits().remove(0);
        let beside = samples(&audit, "Visit to the child");
        let code = audit.standard.clone().unwrap();
        let (_, standard) = audit.contents().find(&code).unwrap();
        let page = BesidePart::new(&beside, standard).to_string();
        assert!(page.contains("Facts on 2 November 2026"), "{page}");
        assert!(page.contains("Visit to the child"), "{page}");
        assert!(page.contains("This record was not audited before."), "{page}");
    }
}
