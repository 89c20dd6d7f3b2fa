//! What an authority means to audit over a year: which cohorts, in which quarter, and how many.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::calendar::Quarter;
use crate::cohort::Cohort;
use crate::coverage::Cell;
use crate::eligible::{Eligible, OpenRecord};
use crate::figures::Share;
use crate::id::PlaceId;
use crate::refusal::Refusal;
use crate::size_rule::SizeRule;

/// One version of a year's programme. A version that was kept never changes; the next one stands
/// beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// The calendar year.
    pub year: i16,
    /// Its number, from 1.
    pub version: u32,
    /// The day on which it was made.
    pub made_on: Date,
    /// Why it was made, or changed.
    pub why: String,
    /// What each quarter is to be; one that is not named is planned as usual.
    pub quarters: BTreeMap<Quarter, QuarterPlan>,
    /// The framework of each service that has one of its own, by its name. Every other service is
    /// audited by the framework in force for all.
    pub frameworks: BTreeMap<PlaceId, String>,
}

/// What one quarter is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterPlan {
    /// The cohorts that can be drawn.
    pub cohorts: BTreeSet<Cohort>,
    /// How many records in all.
    pub size: SizeRule,
    /// How many at least from each stratum.
    pub at_least: u32,
    /// Records audited in the quarter or so many before it, itself counted, are left out; 0 to
    /// leave none out.
    pub left_out: u32,
    /// What the quarter looks at most closely; it may be blank.
    pub themes: String,
}

/// Every cohort, one record in twenty and no fewer than twelve, one at least from each stratum, and
/// none that was audited in the last year.
impl Default for QuarterPlan {
    fn default() -> Self {
        Self {
            cohorts: Cohort::ALL.into(),
            size: SizeRule::default(),
            at_least: 1,
            left_out: 4,
            themes: String::new(),
        }
    }
}

impl QuarterPlan {
    /// The first quarter whose audits keep a record out of the draw; none where none does.
    pub fn left_out_since(&self, quarter: Quarter) -> Option<Quarter> {
        let earlier = self.left_out.checked_sub(1)?;
        Some((0..earlier).fold(quarter, |quarter, _| quarter.before()))
    }

    /// Checks what cannot be planned.
    ///
    /// # Errors
    /// Refuses a quarter without a cohort.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.cohorts.is_empty() {
            return Err(Refusal::because("Choose at least one cohort, or nothing can be drawn."));
        }
        Ok(())
    }
}

impl Programme {
    /// What a quarter is to be: as it was planned, or as usual.
    pub fn plan(&self, quarter: Quarter) -> QuarterPlan {
        self.quarters.get(&quarter).cloned().unwrap_or_default()
    }
}

/// What was drawn and audited of one cohort in one service in one quarter, on one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The quarter.
    pub quarter: Quarter,
    /// The service's name, or the words for there being none.
    pub service: String,
    /// The cohort.
    pub cohort: Cohort,
    /// The framework's name, of the edition that the audits are made on.
    pub framework: String,
    /// Records in the sample.
    pub drawn: u32,
    /// Those whose audit was submitted.
    pub submitted: u32,
}

/// One quarter of a year, as it was planned and as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterFacts {
    /// The quarter.
    pub quarter: Quarter,
    /// What it is to be.
    pub plan: QuarterPlan,
    /// True once its sample was drawn.
    pub is_drawn: bool,
    /// True once it is over.
    pub is_past: bool,
    /// Before the draw: how many records of each cohort the plan would draw from today's case list.
    pub expected: BTreeMap<Cohort, u32>,
    /// After the draw: what was drawn and audited.
    pub done: Vec<Done>,
}

/// A year's programme with what was done of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearFacts {
    /// The authority's name.
    pub authority: String,
    /// The year.
    pub year: i16,
    /// The programme; none where nobody has planned the year.
    pub programme: Option<Programme>,
    /// Its four quarters, in order.
    pub quarters: Vec<QuarterFacts>,
    /// The services, by name.
    pub services: Vec<(PlaceId, String)>,
    /// The framework in force for all, by its name.
    pub framework: Option<String>,
    /// Who audits which records, counted today.
    pub coverage: Vec<Cell>,
    /// The date of the case list; none when there is none yet.
    pub case_list: Option<Date>,
    /// The day on which all this was counted.
    pub counted_on: Date,
}

impl QuarterFacts {
    /// What was drawn and audited of a cohort, over every service.
    pub fn of(&self, cohort: Cohort) -> Share {
        let done = self.done.iter().filter(|done| done.cohort == cohort);
        done.fold(Share::new(0, 0), |sum, done| {
            Share::new(sum.count + done.submitted, sum.of + done.drawn)
        })
    }

    /// What was drawn and audited in all.
    pub fn all(&self) -> Share {
        Cohort::ALL.into_iter().fold(Share::new(0, 0), |sum, cohort| {
            let part = self.of(cohort);
            Share::new(sum.count + part.count, sum.of + part.of)
        })
    }
}

/// How many records of each cohort a plan would draw from the records that are open now.
///
/// # Errors
/// Refuses a record that stands twice.
pub fn expected(
    records: &[OpenRecord],
    quarter: Quarter,
    plan: &QuarterPlan,
) -> Result<BTreeMap<Cohort, u32>, Refusal> {
    let eligible = Eligible::of(records.iter().cloned(), quarter, plan)?;
    let mut expected = BTreeMap::new();
    for (stratum, count) in eligible.sizes(plan) {
        let whole = stratum.whole();
        let code = whole.as_str().rsplit('/').next().unwrap_or_default();
        if let (Some(cohort), Ok(count)) = (Cohort::from_code(code), u32::try_from(count)) {
            *expected.entry(cohort).or_insert(0) += count;
        }
    }
    Ok(expected)
}

/// The four quarters of a calendar year.
///
/// # Errors
/// Refuses a year outside 2000 to 2199.
pub fn quarters_of(year: i16) -> Result<[Quarter; 4], Refusal> {
    let first = Quarter::new(year, 1)?;
    let second = first.after();
    Ok([first, second, second.after(), second.after().after()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_year_is_this_quarter_and_the_three_before_it() {
        let quarter: Quarter = "2026-Q4".parse().unwrap();
        let plan = |left_out| QuarterPlan { left_out, ..QuarterPlan::default() };
        assert_eq!(plan(4).left_out_since(quarter), Some("2026-Q1".parse().unwrap()));
        assert_eq!(plan(1).left_out_since(quarter), Some(quarter));
        assert_eq!(plan(0).left_out_since(quarter), None);
    }

    #[test]
    fn a_year_has_its_four_quarters() {
        let words = quarters_of(2026).unwrap().map(|quarter| quarter.to_string());
        assert_eq!(words, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
        assert!(quarters_of(1999).is_err());
    }

    #[test]
    fn a_quarter_without_a_cohort_is_refused() {
        let none = QuarterPlan { cohorts: BTreeSet::new(), ..QuarterPlan::default() };
        assert!(none.check().is_err() && QuarterPlan::default().check().is_ok());
    }
}
