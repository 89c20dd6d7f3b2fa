//! What happened on a record, as a text short enough to be kept for every record of a large list.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::{Episode, Fact, History, Span};
use quarterlight_domain::need::Known;

/// The history as `b=2013-01-29;d.care_visit=2026-02-01;s.care=2024-01-01/`, without what it was
/// asked, which [`facts`] keeps for many records at once.
pub fn text(history: &History) -> String {
    let mut text = String::new();
    let mut add = |key: &str, value: &str| {
        let part = if text.is_empty() { "" } else { ";" };
        // Writing to a string never fails.
        let _ = write!(text, "{part}{key}={value}");
    };
    if let Some(born) = history.born {
        add("b", &born.to_string());
    }
    for (key, known) in [
        ("e", history.ethnicity_obtained),
        ("p", history.permanence_plan),
        ("i", history.return_interview_offered),
    ] {
        if known != Known::Unknown {
            add(key, known.code());
        }
    }
    if let Some(missing) = history.missing_episodes {
        add("m", &missing.to_string());
    }
    for (kind, dates) in &history.dates {
        let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
        add(&format!("d.{}", kind.code()), &dates.join(","));
    }
    for (episode, spans) in &history.episodes {
        let span = |span: &Span| {
            let until = span.until.map_or(String::new(), |day| day.to_string());
            format!("{}/{until}", span.from)
        };
        let spans: Vec<String> = spans.iter().map(span).collect();
        add(&format!("s.{}", episode.code()), &spans.join(","));
    }
    text
}

/// The history that a text holds; none if it is damaged.
pub fn read(text: &str, asked: &BTreeSet<Fact>) -> Option<History> {
    let mut history = History { asked: asked.clone(), ..History::default() };
    for part in text.split(';').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=')?;
        match (key, key.split_once('.')) {
            ("b", _) => history.born = Some(value.parse().ok()?),
            ("e", _) => history.ethnicity_obtained = Known::from_code(value)?,
            ("p", _) => history.permanence_plan = Known::from_code(value)?,
            ("i", _) => history.return_interview_offered = Known::from_code(value)?,
            ("m", _) => history.missing_episodes = Some(value.parse().ok()?),
            (_, Some(("d", code))) => {
                history.dates.insert(KeyDate::from_code(code)?, dates(value)?);
            }
            (_, Some(("s", code))) => {
                history.episodes.insert(Episode::from_code(code)?, spans(value)?);
            }
            _ => return None,
        }
    }
    Some(history)
}

fn dates(text: &str) -> Option<BTreeSet<Date>> {
    parts(text).map(|day| day.parse().ok()).collect()
}

fn spans(text: &str) -> Option<BTreeSet<Span>> {
    parts(text)
        .map(|span| {
            let (from, until) = span.split_once('/')?;
            let until = if until.is_empty() { None } else { Some(until.parse().ok()?) };
            Some(Span { from: from.parse().ok()?, until })
        })
        .collect()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|part| !part.is_empty())
}

/// What was asked, as codes.
pub fn facts(asked: &BTreeSet<Fact>) -> String {
    asked.iter().copied().map(fact).collect::<Vec<_>>().join(",")
}

/// What was asked; a code that a later program knew is passed over.
pub fn read_facts(text: &str) -> BTreeSet<Fact> {
    parts(text).filter_map(read_fact).collect()
}

fn fact(fact: Fact) -> String {
    match fact {
        Fact::Date(kind) => format!("d.{}", kind.code()),
        Fact::Episode(episode) => format!("s.{}", episode.code()),
        Fact::Born => "born".to_owned(),
        Fact::Disability => "disability".to_owned(),
        Fact::Ethnicity => "ethnicity".to_owned(),
        Fact::PermanencePlan => "permanence".to_owned(),
        Fact::MissingEpisodes => "missing".to_owned(),
        Fact::ReturnInterview => "interview".to_owned(),
        Fact::Worker => "worker".to_owned(),
    }
}

fn read_fact(code: &str) -> Option<Fact> {
    Some(match (code, code.split_once('.')) {
        (_, Some(("d", code))) => Fact::Date(KeyDate::from_code(code)?),
        (_, Some(("s", code))) => Fact::Episode(Episode::from_code(code)?),
        ("born", _) => Fact::Born,
        ("disability", _) => Fact::Disability,
        ("ethnicity", _) => Fact::Ethnicity,
        ("permanence", _) => Fact::PermanencePlan,
        ("missing", _) => Fact::MissingEpisodes,
        ("interview", _) => Fact::ReturnInterview,
        ("worker", _) => Fact::Worker,
        _ => return None,
    })
}

/// Sets of facts by their text, each with the number that it has in a table or a text.
pub type FactSets = BTreeMap<String, i64>;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_history_reads_back_as_it_was() {
        let mut history = History {
            born: Some(date(2013, 1, 29)),
            ethnicity_obtained: Known::Yes,
            permanence_plan: Known::No,
            missing_episodes: Some(3),
            return_interview_offered: Known::Yes,
            asked: [Fact::Born, Fact::Date(KeyDate::CareVisit), Fact::Worker].into(),
            ..History::default()
        };
        for kind in KeyDate::ALL {
            history.dates.insert(kind, [date(2026, 2, 1), date(2026, 1, 1)].into());
            history.asked.insert(Fact::Date(kind));
        }
        for episode in Episode::ALL {
            let over = Span { from: date(2024, 1, 1), until: Some(date(2024, 2, 1)) };
            let open = Span { from: date(2025, 1, 1), until: None };
            history.episodes.insert(episode, [over, open].into());
            history.asked.insert(Fact::Episode(episode));
        }
        let asked = read_facts(&facts(&history.asked));
        assert_eq!(read(&text(&history), &asked), Some(history));
        assert_eq!(read("", &BTreeSet::new()), Some(History::default()));
        assert_eq!(read("b=yesterday", &BTreeSet::new()), None);
    }
}
