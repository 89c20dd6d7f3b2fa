//! What every list has: dates that can be true, answers of yes and no, and a problem where not.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use quarterlight_domain::need::Known;

use crate::annex_a::values::says_nothing;
use crate::cell::Cell;
use crate::date::Calendar;
use crate::problem::Severity;
use crate::problems::{Place, Problems};

/// Events in a child's record are not older than this; a care leaver is 25 at most.
const OLDEST_YEARS: i64 = 30;

/// A date that can be true; `ahead` is how far after the day of the list it may be. What cannot be
/// is a problem and left out.
pub(crate) fn date(
    calendar: Calendar,
    cell: &Cell<'_>,
    place: Place<'_>,
    ahead: Span,
    problems: &mut Problems,
) -> Option<Date> {
    if says_nothing(cell) {
        return None;
    }
    let as_at = calendar.as_at;
    let (what, todo) = match calendar.date(cell) {
        None => (
            format!("“{}” is not a date", short(cell)),
            "write it as day/month/year; it was left out",
        ),
        Some(date) if as_at.checked_add(ahead).is_ok_and(|latest| date > latest) => (
            format!("{} is after {}, the day that the list is of", uk(date), uk(as_at)),
            "check it; it was left out",
        ),
        Some(date) if as_at.checked_sub(OLDEST_YEARS.years()).is_ok_and(|oldest| date < oldest) => {
            (
                format!("{} is more than {OLDEST_YEARS} years ago", uk(date)),
                "check it; it was left out",
            )
        }
        Some(date) => return Some(date),
    };
    problems.add(place, Severity::Warning, what, todo);
    None
}

/// An answer as it was taken, or unknown with a problem that says so.
pub(crate) fn known(
    taken: Option<Known>,
    cell: &Cell<'_>,
    matter: &str,
    place: Place<'_>,
    problems: &mut Problems,
) -> Known {
    taken.unwrap_or_else(|| {
        let what = format!("“{}” does not say whether {matter}", short(cell));
        let todo = "write Yes, No or Unknown; it was taken as unknown";
        problems.add(place, Severity::Warning, what, todo);
        Known::Unknown
    })
}

/// What a cell says, short enough for a sentence.
pub(crate) fn short(cell: &Cell<'_>) -> String {
    let text = cell.text();
    let mut short: String = text.chars().take(40).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}

fn uk(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}
