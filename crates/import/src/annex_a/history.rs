//! What rows of Annex A say happened, and what their lists could be asked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::{Episode, Fact, History, Span};
use quarterlight_domain::need::Known;

use super::child::Whole;
use super::columns::Use;
use super::headings::Headings;
use super::line::Line;
use super::list::List;

/// The history that some rows of one child make; `dates` are the latest of each kind. The rows are
/// in the order in which they are followed.
pub(super) fn history(
    lines: &[Line],
    dates: &BTreeMap<KeyDate, Date>,
    whole: &Whole<'_>,
) -> History {
    let mut history = History {
        born: lines.iter().find_map(|line| line.born),
        dates: dates.iter().map(|(kind, date)| (*kind, BTreeSet::from([*date]))).collect(),
        ..History::default()
    };
    for line in lines {
        for (kind, span) in spans(line) {
            history.episodes.entry(kind).or_default().insert(span);
        }
        let headings = whole.sheets.get(line.sheet).and_then(|sheet| sheet.headings.as_ref());
        history.asked.extend(headings.into_iter().flat_map(facts));
        let is_told = |known: Known| known != Known::Unknown;
        if !is_told(history.ethnicity_obtained) {
            history.ethnicity_obtained = line.told.ethnicity_obtained;
        }
    }
    // What is said of the present care is said by its own row, be it blank or not.
    if let Some(line) = lines.iter().find(|line| line.list == List::InCare && line.is_open) {
        history.permanence_plan = line.told.permanence_plan;
        history.missing_episodes = line.told.missing_episodes;
        history.return_interview_offered = line.told.return_offered;
    }
    history
}

/// What a row says began, and ended.
fn spans(line: &Line) -> Vec<(Episode, Span)> {
    let from = |kind| line.date(kind);
    let ended = if line.is_open { None } else { line.ended };
    // A row that is closed without a day says that it is over and not when: it gives no span.
    let is_dated = line.is_open || line.ended.is_some();
    let mut spans = Vec::new();
    let mut add = |kind, from: Option<Date>, until: Option<Date>| {
        let Some(from) = from.filter(|from| until.is_none_or(|until| *from <= until)) else {
            return;
        };
        spans.push((kind, Span { from, until }));
    };
    match line.list {
        List::Assessments => add(
            Episode::Assessment,
            from(KeyDate::AssessmentStarted),
            from(KeyDate::AssessmentAuthorised),
        ),
        // Where no conference was needed, none is waited for.
        List::Enquiries if line.told.needs_no_conference && line.told.conference.is_none() => {}
        List::Enquiries => add(Episode::Enquiry, line.told.enquiry, line.told.conference),
        List::InNeed if is_dated => add(Episode::Referral, from(KeyDate::Opened), ended),
        List::Protection if is_dated => {
            add(Episode::ProtectionPlan, from(KeyDate::ProtectionPlanStarted), ended);
        }
        List::InCare if is_dated => {
            add(Episode::Care, from(KeyDate::CareStarted), ended);
            add(Episode::Placement, from(KeyDate::PlacementStarted), ended);
        }
        _ => {}
    }
    spans
}

/// What a list has columns for.
pub(super) fn facts(headings: &Headings) -> BTreeSet<Fact> {
    let of_column = |used_as: Use| match used_as {
        Use::Born => Some(Fact::Born),
        Use::Ethnicity => Some(Fact::Ethnicity),
        Use::Disability => Some(Fact::Disability),
        Use::Worker => Some(Fact::Worker),
        Use::Permanence => Some(Fact::PermanencePlan),
        Use::Missing => Some(Fact::MissingEpisodes),
        Use::ReturnOffered => Some(Fact::ReturnInterview),
        Use::Date(kind) => Some(Fact::Date(kind)),
        Use::Enquiry => Some(Fact::Episode(Episode::Enquiry)),
        _ => None,
    };
    let mut facts: BTreeSet<Fact> =
        headings.columns.values().filter_map(|(column, _)| of_column(column.used_as)).collect();
    for (date, episode) in [
        (KeyDate::AssessmentStarted, Episode::Assessment),
        (KeyDate::ProtectionPlanStarted, Episode::ProtectionPlan),
        (KeyDate::CareStarted, Episode::Care),
        (KeyDate::PlacementStarted, Episode::Placement),
    ] {
        if facts.contains(&Fact::Date(date)) {
            facts.insert(Fact::Episode(episode));
        }
    }
    if headings.list == List::InNeed && facts.contains(&Fact::Date(KeyDate::Opened)) {
        facts.insert(Fact::Episode(Episode::Referral));
    }
    facts
}
