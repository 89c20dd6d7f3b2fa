//! What a later case list says of the day of an earlier one: what was written up in between.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::case_list::{CaseLine, KeyDate};
use crate::history::{Episode, Span};
use crate::need::Known;

/// A record as it stood on a day, by the list of that day and by what a later list says of it.
///
/// What happened after the day is left out: it says nothing of how the record stood. What the
/// later list does not say any more stays, since a list may give the latest of each kind only.
#[must_use]
pub fn as_known_later(drawn: &CaseLine, later: &CaseLine, day: Date) -> CaseLine {
    let mut line = drawn.clone();
    for kind in KeyDate::ALL {
        let of_kind = |line: &CaseLine| -> BTreeSet<Date> {
            let dates = line.history.dates.get(&kind).into_iter().flatten();
            dates.chain(line.dates.get(&kind)).copied().collect()
        };
        let before = of_kind(drawn);
        let mut dates = before.clone();
        dates.extend(of_kind(later).into_iter().filter(|date| *date <= day));
        if dates == before {
            continue;
        }
        line.dates.extend(dates.last().map(|latest| (kind, *latest)));
        line.history.dates.insert(kind, dates);
    }
    for kind in Episode::ALL {
        let before = drawn.history.episodes.get(&kind);
        let mut spans: BTreeSet<Span> = before.cloned().unwrap_or_default();
        for span in later.history.episodes.get(&kind).into_iter().flatten() {
            if span.from <= day {
                spans.retain(|kept| kept.from != span.from);
                spans.insert(Span {
                    from: span.from,
                    until: span.until.filter(|until| *until <= day),
                });
            }
        }
        if before.is_some() || !spans.is_empty() {
            line.history.episodes.insert(kind, spans);
        }
    }
    let said = |then: Known, now: Known| if now == Known::Unknown { then } else { now };
    let (history, now) = (&mut line.history, &later.history);
    history.ethnicity_obtained = said(history.ethnicity_obtained, now.ethnicity_obtained);
    history.permanence_plan = said(history.permanence_plan, now.permanence_plan);
    history.return_interview_offered =
        said(history.return_interview_offered, now.return_interview_offered);
    history.born = history.born.or(now.born);
    history.asked.extend(now.asked.iter().copied());
    line.disabled = said(line.disabled, later.disabled);
    line
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::examples::{in_care, with};
    use super::*;

    const DRAWN: Date = date(2026, 5, 3);

    #[test]
    fn a_visit_of_before_is_known_later_and_one_of_afterwards_is_not() {
        let drawn = with(in_care(), KeyDate::CareVisit, date(2026, 1, 20));
        let written_up = with(in_care(), KeyDate::CareVisit, date(2026, 4, 30));
        let known = as_known_later(&drawn, &written_up, DRAWN);
        assert_eq!(known.history.latest(KeyDate::CareVisit), Some(date(2026, 4, 30)));
        assert_eq!(known.dates.get(&KeyDate::CareVisit), Some(&date(2026, 4, 30)));
        let afterwards = with(in_care(), KeyDate::CareVisit, date(2026, 5, 4));
        assert_eq!(as_known_later(&drawn, &afterwards, DRAWN), drawn);
    }

    #[test]
    fn an_assessment_that_was_signed_off_before_is_known_later() {
        let with_end = |until| {
            let mut line = in_care();
            let span = Span { from: date(2026, 2, 2), until };
            line.history.episodes.insert(Episode::Assessment, [span].into());
            line
        };
        let open = with_end(None);
        let before = as_known_later(&open, &with_end(Some(date(2026, 4, 1))), DRAWN);
        assert_eq!(before.history.current(Episode::Assessment), None);
        assert_eq!(as_known_later(&open, &with_end(Some(date(2026, 6, 1))), DRAWN), open);
    }
}
