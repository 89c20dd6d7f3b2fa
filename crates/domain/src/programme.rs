//! What an authority means to audit over a year: which cohorts, in which quarter, and how many.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::calendar::Quarter;
use crate::cohort::Cohort;
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
