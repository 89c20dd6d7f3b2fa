//! Episodes put together: one period of care has many, and so has one placement.
//!
//! The return gives an episode for each change of placement or legal status, and leaves out those
//! that ended before its year. So a first episode that is no start of care says that care goes on,
//! and not since when.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::history::Span;

use super::child::End;
use super::gathered::{At, Sheets};

/// One episode.
#[derive(Debug)]
pub(super) struct Stay {
    /// None where the row does not say, and goes on.
    pub from: Option<Date>,
    pub until: End,
    pub began: Began,
    pub law: Law,
    /// True if the return says that another episode follows at once.
    pub continues: bool,
    pub at: (usize, u32),
}

/// What began with an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Began {
    /// The period of care itself.
    Care,
    /// A placement, and perhaps a legal status.
    Placement,
    /// A legal status only: the placement goes on.
    Law,
    /// The row does not say.
    Unknown,
}

/// Under which law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Law {
    Care,
    ShortBreak,
    Unknown,
}

impl Stay {
    /// True if the other says the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let last = |stay: &Self| match stay.until {
            End::Open => (0, None),
            End::On(date) => (1, Some(date)),
            End::Sometime => (2, None),
        };
        (self.from, last(self), self.began, self.law, self.continues)
            == (other.from, last(other), other.began, other.law, other.continues)
    }

    fn is_open(&self) -> bool {
        matches!(self.until, End::Open)
    }
}

/// What a child's episodes come to.
#[derive(Debug, Default)]
pub(super) struct Care {
    /// Periods of care whose beginning is known.
    pub periods: BTreeSet<Span>,
    /// Placements whose beginning is known.
    pub placements: BTreeSet<Span>,
    /// The law under which the child is in care now; none if the child is not.
    pub now: Option<Law>,
    /// The row that says so.
    pub at: Option<(usize, u32)>,
    /// True if the beginning of some period is before the return.
    pub begins_before: bool,
    /// True if the beginning of some placement is before the return.
    pub moved_before: bool,
}

/// A stretch that is being put together; its beginning may be before the return.
struct Stretch {
    from: Option<Date>,
    until: Option<Date>,
}

/// Puts the episodes of one child together.
pub(super) fn together(mut stays: Vec<Stay>, sheets: &mut Sheets) -> Care {
    stays.sort_by_key(|stay| (stay.from.is_none(), stay.from, stay.is_open(), Reverse(stay.at)));
    let mut care = Care::default();
    let (mut period, mut placement): (Option<Stretch>, Option<Stretch>) = (None, None);
    let mut before: Option<(Option<Date>, bool)> = None;
    let mut stays = stays.into_iter().peekable();
    while let Some(stay) = stays.next() {
        let next = stays.peek().and_then(|next| next.from);
        let until = match stay.until {
            End::On(until) => Some(until),
            End::Open if next.is_some() => {
                let what = "the episode has no end, and another begins after it";
                let todo = "give its end; it was taken as ended when the other begins";
                sheets.warn(At { sheet: stay.at.0, line: stay.at.1, column: "DEC" }, what, todo);
                next
            }
            End::Open => {
                care.now = Some(stay.law);
                care.at = Some(stay.at);
                None
            }
            // An end longer ago than any date that is kept: nothing of it is kept either.
            End::Sometime => continue,
        };
        let follows = before.is_some_and(|(ended, continues)| {
            let touches = stay.from.is_none_or(|from| {
                ended.is_none_or(|ended| ended.checked_add(1.day()).is_ok_and(|day| from <= day))
            });
            touches && (continues || stay.began != Began::Care)
        });
        match &mut period {
            Some(period) if follows => period.until = until,
            _ => {
                care.keep_period(period.take());
                let from = stay.from.filter(|_| stay.began == Began::Care);
                period = Some(Stretch { from, until });
            }
        }
        match &mut placement {
            Some(placement) if follows && stay.began == Began::Law => placement.until = until,
            _ => {
                care.keep_placement(placement.take());
                let is_new = matches!(stay.began, Began::Care | Began::Placement);
                placement = Some(Stretch { from: stay.from.filter(|_| is_new), until });
            }
        }
        before = Some((until, stay.continues || until.is_none()));
    }
    care.keep_period(period);
    care.keep_placement(placement);
    care
}

impl Care {
    fn keep_period(&mut self, stretch: Option<Stretch>) {
        match stretch.map(|Stretch { from, until }| from.map(|from| Span { from, until })) {
            Some(Some(span)) => {
                self.periods.insert(span);
            }
            Some(None) => self.begins_before = true,
            None => {}
        }
    }

    fn keep_placement(&mut self, stretch: Option<Stretch>) {
        match stretch.map(|Stretch { from, until }| from.map(|from| Span { from, until })) {
            Some(Some(span)) => {
                self.placements.insert(span);
            }
            Some(None) => self.moved_before = true,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const LAST: Option<Date> = None;

    fn stay(from: Date, until: Option<Date>, began: Began, continues: bool) -> Stay {
        let until = until.map_or(End::Open, End::On);
        Stay { from: Some(from), until, began, law: Law::Care, continues, at: (0, 2) }
    }

    fn spans(spans: &BTreeSet<Span>) -> Vec<(Date, Option<Date>)> {
        spans.iter().map(|span| (span.from, span.until)).collect()
    }

    #[test]
    fn episodes_that_continue_are_one_period_and_a_change_of_law_is_no_move() {
        let (a, b, c) = (date(2025, 4, 10), date(2025, 6, 1), date(2025, 9, 1));
        let stays = vec![
            stay(c, LAST, Began::Placement, false),
            stay(a, Some(b), Began::Care, true),
            stay(b, Some(c), Began::Law, true),
        ];
        let care = together(stays, &mut Sheets::default());
        assert_eq!(spans(&care.periods), [(a, None)]);
        assert_eq!(spans(&care.placements), [(a, Some(c)), (c, None)]);
        assert_eq!(care.now, Some(Law::Care));
        assert!(!care.begins_before && !care.moved_before);
    }

    #[test]
    fn two_periods_with_a_gap_stay_two() {
        let (a, b, c) = (date(2025, 4, 10), date(2025, 6, 1), date(2025, 9, 1));
        let stays = vec![stay(a, Some(b), Began::Care, false), stay(c, LAST, Began::Care, false)];
        let care = together(stays, &mut Sheets::default());
        assert_eq!(spans(&care.periods), [(a, Some(b)), (c, None)]);
    }

    #[test]
    fn a_first_episode_that_is_no_start_says_that_care_goes_on_and_not_since_when() {
        let stays = vec![stay(date(2025, 6, 1), LAST, Began::Law, false)];
        let care = together(stays, &mut Sheets::default());
        assert!(care.periods.is_empty() && care.placements.is_empty());
        assert!(care.begins_before && care.moved_before);
        assert_eq!(care.now, Some(Law::Care));
    }

    #[test]
    fn care_that_ended_is_not_now() {
        let stays = vec![stay(date(2025, 6, 1), Some(date(2025, 7, 1)), Began::Care, false)];
        let care = together(stays, &mut Sheets::default());
        assert_eq!(care.now, None);
        assert!(together(Vec::new(), &mut Sheets::default()).now.is_none());
    }
}
