//! Which open records can be drawn, and why each of the others is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Quarter;
use crate::case_list::Reference;
use crate::cohort::Cohort;
use crate::frame::{Frame, Stratum};
use crate::id::WorkerId;
use crate::programme::QuarterPlan;
use crate::refusal::Refusal;
use crate::strata::{SampleSize, share_out};

/// Why an open record cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// The programme does not have its cohort in this quarter.
    CohortNotIn,
    /// It was audited lately, or its audit is assigned.
    AuditedLately,
}

impl Exclusion {
    /// Every reason, in the order in which they are asked.
    pub const ALL: [Self; 2] = [Self::CohortNotIn, Self::AuditedLately];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CohortNotIn => "cohort-not-in",
            Self::AuditedLately => "audited-lately",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// The reason in words, for the end of *left out because …*.
    pub const fn words(self) -> &'static str {
        match self {
            Self::CohortNotIn => "their cohort is not in this cycle",
            Self::AuditedLately => "they were audited, or given to an auditor, lately",
        }
    }
}

/// An open record, as a draw asks about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRecord {
    /// Its reference.
    pub reference: Reference,
    /// The stratum that it stands in.
    pub stratum: Stratum,
    /// Its cohort.
    pub cohort: Cohort,
    /// The latest quarter in which it was given to an auditor.
    pub audited: Option<Quarter>,
    /// Who holds it.
    pub worker: Option<WorkerId>,
}

/// Every open record, parted into those that can be drawn and those that cannot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Eligible {
    /// Those that can be drawn.
    pub frame: Frame,
    /// How many workers hold one of them.
    pub workers: usize,
    /// How many are left out, by reason. Each is counted under the first reason that is true of it.
    pub left_out: BTreeMap<Exclusion, u32>,
    /// The strata of the cycle's cohorts of which every record is left out.
    pub emptied: BTreeSet<Stratum>,
}

impl Eligible {
    /// Parts the open records as a quarter's plan says.
    ///
    /// # Errors
    /// Refuses a record that stands twice.
    pub fn of(
        records: impl IntoIterator<Item = OpenRecord>,
        quarter: Quarter,
        plan: &QuarterPlan,
    ) -> Result<Self, Refusal> {
        let since = plan.left_out_since(quarter);
        let mut left_out: BTreeMap<Exclusion, u32> = BTreeMap::new();
        let (mut lines, mut workers, mut all) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        for record in records {
            let lately = since.zip(record.audited).is_some_and(|(since, last)| last >= since);
            if !plan.cohorts.contains(&record.cohort) {
                *left_out.entry(Exclusion::CohortNotIn).or_default() += 1;
                continue;
            }
            all.insert(record.stratum.clone());
            if lately {
                *left_out.entry(Exclusion::AuditedLately).or_default() += 1;
                continue;
            }
            workers.extend(record.worker);
            lines.push((record.stratum, record.reference));
        }
        let frame = Frame::new(lines)?;
        let emptied =
            all.into_iter().filter(|stratum| !frame.strata().contains_key(stratum)).collect();
        Ok(Self { frame, workers: workers.len(), left_out, emptied })
    }

    /// How many records a plan draws from each stratum.
    pub fn sizes(&self, plan: &QuarterPlan) -> BTreeMap<Stratum, usize> {
        let total = plan.size.size(self.frame.len(), self.workers);
        let at_least = usize::try_from(plan.at_least).unwrap_or(0);
        share_out(&self.frame.sizes(), SampleSize { total, at_least })
    }

    /// How many open records there are in all.
    pub fn open(&self) -> usize {
        let left_out: u32 = self.left_out.values().sum();
        self.frame.len() + usize::try_from(left_out).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(number: u32, cohort: Cohort, audited: Option<&str>) -> OpenRecord {
        OpenRecord {
            reference: Reference::new(&format!("R-{number}")).unwrap(),
            stratum: Stratum::of("Service", cohort.code()),
            cohort,
            audited: audited.map(|quarter| quarter.parse().unwrap()),
            worker: Some(WorkerId(i64::from(number % 2))),
        }
    }

    #[test]
    fn each_record_is_drawn_from_or_left_out_for_one_reason() {
        let records = [
            record(1, Cohort::InCare, None),
            record(2, Cohort::InCare, Some("2025-Q4")),
            record(3, Cohort::InCare, Some("2026-Q1")),
            record(4, Cohort::CareLeaver, Some("2026-Q3")),
            record(5, Cohort::ChildProtection, Some("2026-Q3")),
        ];
        let cohorts = [Cohort::InCare, Cohort::ChildProtection].into();
        let plan = QuarterPlan { cohorts, ..QuarterPlan::default() };
        let parted = Eligible::of(records.clone(), "2026-Q4".parse().unwrap(), &plan).unwrap();
        assert_eq!((parted.frame.len(), parted.workers, parted.open()), (2, 2, 5));
        let left_out = [(Exclusion::CohortNotIn, 1), (Exclusion::AuditedLately, 2)];
        assert_eq!(parted.left_out, left_out.into());
        let emptied = Stratum::of("Service", Cohort::ChildProtection.code());
        assert_eq!(parted.emptied, [emptied].into());
        let all = QuarterPlan { left_out: 0, ..QuarterPlan::default() };
        let parted = Eligible::of(records, "2026-Q4".parse().unwrap(), &all).unwrap();
        assert_eq!((parted.frame.len(), parted.left_out.len()), (5, 0));
    }

    #[test]
    fn every_reason_has_its_own_code() {
        for reason in Exclusion::ALL {
            assert_eq!(Exclusion::from_code(reason.code()), Some(reason));
        }
    }
}
