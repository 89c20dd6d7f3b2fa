//! Which open records can be drawn, and why each of the others is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Quarter;
use crate::case_list::Reference;
use crate::cell::CellKind;
use crate::draw_event::SwapReason;
use crate::draw_request::DrawRequest;
use crate::frame::{Frame, Stratum};
use crate::id::{DrawRequestId, PlaceId, WorkerId};
use crate::programme::QuarterPlan;
use crate::refusal::Refusal;
use crate::strata::{Least, SampleSize, share_out_with};

/// The most requests that one draw takes up, the earliest first: the names of its strata hold them.
const MOST_REQUESTS: usize = 24;

/// Why an open record cannot be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// Somebody who runs the cycle excluded it by name, and said why.
    ByName,
    /// The programme does not have its cohort in this quarter.
    CohortNotIn,
    /// It was audited lately, or its audit is assigned.
    AuditedLately,
}

impl Exclusion {
    /// Every reason, in the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::ByName, Self::CohortNotIn, Self::AuditedLately];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ByName => "by-name",
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
            Self::ByName => "they were excluded by name, each for a reason that is published",
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
    /// Its cohort, and what else its cell is made of.
    pub kind: CellKind,
    /// The service that holds it; none where that is not known.
    pub service: Option<PlaceId>,
    /// The latest quarter in which it was given to an auditor.
    pub audited: Option<Quarter>,
    /// Who holds it.
    pub worker: Option<WorkerId>,
    /// Why it was excluded by name from this cycle's draw; none where it was not.
    pub excluded: Option<SwapReason>,
}

/// What a request comes to in a draw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedOf {
    /// Open records that it names.
    pub open: usize,
    /// Those of them that can be drawn.
    pub can: usize,
    /// The others, by the reason why they cannot.
    pub left_out: BTreeMap<Exclusion, usize>,
    /// Records at least that it asks for.
    pub at_least: usize,
    /// True where so many requests were made before it that it waits for the draw after this one.
    pub waits: bool,
}

impl AskedOf {
    /// True if the draw takes the request up: at least one of its records can be drawn.
    pub fn is_taken_up(&self) -> bool {
        self.can > 0 && !self.waits
    }

    /// How many of its records are drawn at the least: as many as were asked, or all that can be.
    pub fn least(&self) -> usize {
        self.at_least.min(self.can)
    }
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
    /// What each request comes to.
    pub asked: BTreeMap<DrawRequestId, AskedOf>,
    /// The open records that were excluded by name, and why.
    pub excluded: BTreeMap<Reference, SwapReason>,
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
        Self::asked(records, quarter, plan, &[])
    }

    /// Parts the open records as a quarter's plan says, and strata where requests ask for a part
    /// of their records: those stand in a stratum of their own, so that the draw can take as many
    /// of them as were asked for while each still has the chance of every other.
    ///
    /// # Errors
    /// Refuses a record that stands twice.
    pub fn asked(
        records: impl IntoIterator<Item = OpenRecord>,
        quarter: Quarter,
        plan: &QuarterPlan,
        requests: &[DrawRequest],
    ) -> Result<Self, Refusal> {
        let mut asked: BTreeMap<DrawRequestId, AskedOf> = BTreeMap::new();
        for (place, request) in requests.iter().enumerate() {
            let at_least = usize::try_from(request.at_least).unwrap_or(usize::MAX);
            let waits = place >= MOST_REQUESTS;
            asked.insert(request.id, AskedOf { at_least, waits, ..AskedOf::default() });
        }
        let since = plan.left_out_since(quarter);
        let mut left_out: BTreeMap<Exclusion, u32> = BTreeMap::new();
        let (mut lines, mut workers, mut all) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        let mut excluded = BTreeMap::new();
        for record in records {
            let naming: BTreeSet<DrawRequestId> = requests
                .iter()
                .filter(|request| request.pattern.covers(record.kind, record.service))
                .map(|request| request.id)
                .collect();
            let mut note = |reason: Option<Exclusion>| {
                for (_, asked) in asked.iter_mut().filter(|(id, _)| naming.contains(id)) {
                    asked.open += 1;
                    match reason {
                        Some(reason) => *asked.left_out.entry(reason).or_default() += 1,
                        None => asked.can += 1,
                    }
                }
                if let Some(reason) = reason {
                    *left_out.entry(reason).or_default() += 1;
                }
            };
            let lately = since.zip(record.audited).is_some_and(|(since, last)| last >= since);
            if let Some(reason) = record.excluded {
                note(Some(Exclusion::ByName));
                if plan.cohorts.contains(&record.kind.cohort) {
                    all.insert(record.stratum);
                }
                excluded.insert(record.reference, reason);
                continue;
            }
            if !plan.cohorts.contains(&record.kind.cohort) {
                note(Some(Exclusion::CohortNotIn));
                continue;
            }
            all.insert(record.stratum.clone());
            if lately {
                note(Some(Exclusion::AuditedLately));
                continue;
            }
            note(None);
            workers.extend(record.worker);
            lines.push((record.stratum, naming, record.reference));
        }
        let kept: BTreeSet<&Stratum> = lines.iter().map(|(stratum, ..)| stratum).collect();
        let emptied = all.iter().filter(|stratum| !kept.contains(stratum)).cloned().collect();
        let frame = Frame::new(lines.into_iter().map(|(stratum, mut naming, reference)| {
            naming.retain(|id| asked.get(id).is_some_and(AskedOf::is_taken_up));
            (stratum.asked_by(&naming), reference)
        }))?;
        Ok(Self { frame, workers: workers.len(), left_out, emptied, asked, excluded })
    }

    /// The requests that the draw takes up, each with the records at least that it asks for.
    pub fn taken_up(&self) -> BTreeMap<DrawRequestId, usize> {
        let taken = self.asked.iter().filter(|(_, asked)| asked.is_taken_up());
        taken.map(|(id, asked)| (*id, asked.at_least)).collect()
    }

    /// How a sample of this size is shared over the strata: what requests ask for first, the
    /// earliest first; then the minimum of each stratum, its parts together; then the rest.
    pub fn share_out(&self, size: SampleSize) -> BTreeMap<Stratum, usize> {
        let sizes = self.frame.sizes();
        let strata = |belongs: &dyn Fn(&Stratum) -> bool| {
            sizes.keys().filter(|stratum| belongs(stratum)).cloned().collect()
        };
        let mut least: Vec<Least> = self
            .taken_up()
            .into_iter()
            .map(|(id, records)| Least {
                strata: strata(&|stratum| stratum.requests().contains(&id)),
                records,
            })
            .collect();
        let mut wholes: BTreeMap<Stratum, BTreeSet<Stratum>> = BTreeMap::new();
        for stratum in sizes.keys() {
            wholes.entry(stratum.whole()).or_default().insert(stratum.clone());
        }
        least.extend(wholes.into_values().map(|strata| Least { strata, records: size.at_least }));
        share_out_with(&sizes, &least, size.total)
    }

    /// How many records a plan draws from each stratum.
    pub fn sizes(&self, plan: &QuarterPlan) -> BTreeMap<Stratum, usize> {
        let total = plan.size.size(self.frame.len(), self.workers);
        let at_least = usize::try_from(plan.at_least).unwrap_or(0);
        self.share_out(SampleSize { total, at_least })
    }

    /// How many open records there are in all.
    pub fn open(&self) -> usize {
        let left_out: u32 = self.left_out.values().sum();
        self.frame.len() + usize::try_from(left_out).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
