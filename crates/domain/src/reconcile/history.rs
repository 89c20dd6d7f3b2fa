//! What happened on one record, from everything that was seen of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::case_list::KeyDate;
use crate::history::{Episode, History, Span};
use crate::need::Known;
use crate::source::Sighting;

/// The sightings of one source, all together.
type OfOneSource<'s> = &'s [(usize, &'s Sighting)];

/// The histories of all sightings, the most trusted source's first, put together.
///
/// Dates of every source are kept. A stay or a plan is kept from every source too, but where two
/// begin on the same day the more trusted source says when it ended, and a less trusted source
/// cannot open a second one beside one that goes on.
pub fn joined(sightings: OfOneSource<'_>) -> History {
    let mut all = History::default();
    let by_source = sightings.chunk_by(|one, other| one.0 == other.0);
    for source in by_source {
        let mut spans: BTreeMap<Episode, BTreeSet<Span>> = BTreeMap::new();
        for (_, sighting) in source {
            let history = &sighting.history;
            for (episode, told) in &history.episodes {
                spans.entry(*episode).or_default().extend(told.iter().copied());
            }
            for (kind, dates) in &history.dates {
                all.dates.entry(*kind).or_default().extend(dates.iter().copied());
            }
            all.born = all.born.or(history.born);
            all.ethnicity_obtained = first(all.ethnicity_obtained, history.ethnicity_obtained);
            all.permanence_plan = first(all.permanence_plan, history.permanence_plan);
            all.missing_episodes = all.missing_episodes.or(history.missing_episodes);
            all.return_interview_offered =
                first(all.return_interview_offered, history.return_interview_offered);
            all.asked.extend(history.asked.iter().copied());
        }
        for (episode, told) in spans {
            let kept = all.episodes.entry(episode).or_default();
            let begun: BTreeSet<Date> = kept.iter().map(|span| span.from).collect();
            let goes_on = kept.iter().any(|span| span.until.is_none());
            kept.extend(
                told.into_iter().filter(|span| {
                    !(begun.contains(&span.from) || goes_on && span.until.is_none())
                }),
            );
        }
    }
    all
}

/// The first answer that says anything.
pub fn first(one: Known, other: Known) -> Known {
    if one == Known::Unknown { other } else { one }
}

/// True of what can happen again, so that the latest over all sources is meant.
fn recurs(kind: KeyDate) -> bool {
    matches!(
        kind,
        KeyDate::LastSeen
            | KeyDate::ProtectionVisit
            | KeyDate::ProtectionReview
            | KeyDate::CareVisit
            | KeyDate::CareReview
            | KeyDate::HealthAssessment
            | KeyDate::DentalCheck
            | KeyDate::ReviewingOfficerContact
            | KeyDate::PathwayReview
            | KeyDate::CareLeaverContact
    )
}

/// The latest date of each kind. Of what begins, the most trusted source that gives it is followed;
/// of what recurs, the latest of all sources.
pub fn dates(sightings: OfOneSource<'_>) -> BTreeMap<KeyDate, Date> {
    let mut all: BTreeMap<KeyDate, Date> = BTreeMap::new();
    for source in sightings.chunk_by(|one, other| one.0 == other.0) {
        for kind in KeyDate::ALL {
            let Some(date) = of_source(source, kind) else { continue };
            let kept = all.entry(kind).or_insert(date);
            if recurs(kind) {
                *kept = (*kept).max(date);
            }
        }
    }
    all
}

/// The latest date of one kind in one source: from what is open; or else from a list that does not
/// say; and of assessments, which are dated when they are over, from whatever list has them.
fn of_source(source: OfOneSource<'_>, kind: KeyDate) -> Option<Date> {
    let latest = |open: Known| {
        let of_kind = source.iter().filter(move |(_, it)| it.open == open);
        of_kind.filter_map(|(_, it)| it.history.latest(kind)).max()
    };
    let is_assessment = matches!(kind, KeyDate::AssessmentStarted | KeyDate::AssessmentAuthorised);
    let over = || if is_assessment { latest(Known::No) } else { None };
    latest(Known::Yes).or_else(|| latest(Known::Unknown)).or_else(over)
}
