//! Months and quarters, side by side.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::{Quarter, day_in_words};
use crate::id::CaseListId;
use crate::refusal::Refusal;

/// How long a period is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// One month.
    #[default]
    Month,
    /// Three months of the calendar year.
    Quarter,
}

impl Step {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Month, Self::Quarter];

    /// `month` or `quarter`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The step with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// One month or quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// How long it is.
    pub step: Step,
}

/// The most periods that stand side by side.
pub const MOST: usize = 60;

/// How many months are shown where nobody asks for others.
pub const USUAL_MONTHS: i64 = 18;

impl Period {
    /// The period that a day falls in.
    pub fn of(day: Date, step: Step) -> Self {
        match step {
            Step::Month => Self { first: day.first_of_month(), last: day.last_of_month(), step },
            Step::Quarter => {
                let quarter = Quarter::of(day);
                Self { first: quarter.first_day(), last: quarter.last_day(), step }
            }
        }
    }

    /// The period in words: *June 2026*, or *April to June 2026*.
    pub fn words(self) -> String {
        match self.step {
            Step::Month => month_in_words(self.first),
            Step::Quarter => Quarter::of(self.first).words(),
        }
    }
}

/// A month in words: *June 2026*.
pub fn month_in_words(day: Date) -> String {
    let words = day_in_words(day);
    words.split_once(' ').map_or_else(String::new, |(_, month)| month.to_owned())
}

/// The month in which the usual months begin, that end with the month of this day.
pub fn usual_start(day: Date) -> Date {
    day.first_of_month().saturating_sub((USUAL_MONTHS - 1).months())
}

/// Every period from the one of the first day to the one of the last.
///
/// # Errors
/// Refuses an end before the beginning, and more than [`MOST`].
pub fn periods(from: Date, until: Date, step: Step) -> Result<Vec<Period>, Refusal> {
    if until < from {
        return Err(Refusal::because("Give an end that does not come before the beginning."));
    }
    let mut all = vec![Period::of(from, step)];
    while let Some(last) = all.last().map(|period| period.last).filter(|last| *last < until) {
        if all.len() == MOST {
            return Err(Refusal::because(format!("Give {MOST} months or quarters at most.")));
        }
        all.push(Period::of(last.saturating_add(1.day()), step));
    }
    Ok(all)
}

/// What the records of a period are counted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The last case list of the period, as at its date.
    List {
        /// The list.
        list: CaseListId,
        /// Its date.
        as_at: Date,
    },
    /// The days on which records were opened, by the next list, and what has gone since the list
    /// before. Both are of another period.
    Dates {
        /// The list before.
        before: CaseListId,
        /// The next list.
        after: CaseListId,
    },
    /// Nothing: it is not known.
    Unknown,
}

impl Period {
    /// What its records are counted on, of the lists that were taken in, with their dates. Before
    /// the first list it is not known, because what was closed by then stands on no list; after
    /// the last nothing is known yet.
    pub fn basis(self, lists: &[(CaseListId, Date)]) -> Basis {
        let within = lists.iter().filter(|(_, day)| (self.first..=self.last).contains(day));
        if let Some((list, as_at)) = within.max_by_key(|(id, day)| (*day, *id)) {
            return Basis::List { list: *list, as_at: *as_at };
        }
        let before = lists.iter().filter(|(_, day)| *day < self.first);
        let after = lists.iter().filter(|(_, day)| *day > self.last);
        let before = before.max_by_key(|(id, day)| (*day, *id));
        // Of two lists of one day the later is the better.
        let after = after.min_by_key(|(id, day)| (*day, std::cmp::Reverse(*id)));
        match (before, after) {
            (Some((before, _)), Some((after, _))) => {
                Basis::Dates { before: *before, after: *after }
            }
            _ => Basis::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn periods_follow_one_another_without_a_gap() {
        let months = periods(date(2026, 11, 15), date(2027, 2, 1), Step::Month).unwrap();
        let words: Vec<String> = months.iter().map(|it| it.words()).collect();
        assert_eq!(words, ["November 2026", "December 2026", "January 2027", "February 2027"]);
        let quarters = periods(date(2026, 11, 15), date(2027, 2, 1), Step::Quarter).unwrap();
        assert_eq!(quarters.len(), 2);
        assert_eq!(quarters[0].words(), "October to December 2026");
        assert!(periods(date(2026, 2, 1), date(2026, 1, 1), Step::Month).is_err());
        assert!(periods(date(2020, 1, 1), date(2026, 1, 1), Step::Month).is_err());
        assert_eq!(usual_start(date(2026, 11, 23)), date(2025, 6, 1));
    }

    #[test]
    fn a_period_without_a_list_is_counted_between_two_or_not_known() {
        let lists = [(CaseListId(1), date(2026, 4, 2)), (CaseListId(2), date(2026, 7, 3))];
        let basis = |month| Period::of(date(2026, month, 1), Step::Month).basis(&lists);
        assert_eq!(basis(3), Basis::Unknown, "nobody knows what was closed before the first list");
        assert_eq!(basis(4), Basis::List { list: CaseListId(1), as_at: date(2026, 4, 2) });
        let between = Basis::Dates { before: CaseListId(1), after: CaseListId(2) };
        assert_eq!((basis(5), basis(6)), (between, between));
        assert_eq!(basis(8), Basis::Unknown);
    }
}
