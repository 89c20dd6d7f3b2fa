//! Which open records can be drawn, and why each of the others is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Quarter;
use crate::case_list::Reference;
use crate::cell::CellKind;
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
    /// Its cohort, and what else its cell is made of.
    pub kind: CellKind,
    /// The service that holds it; none where that is not known.
    pub service: Option<PlaceId>,
    /// The latest quarter in which it was given to an auditor.
    pub audited: Option<Quarter>,
    /// Who holds it.
    pub worker: Option<WorkerId>,
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
        Ok(Self { frame, workers: workers.len(), left_out, emptied, asked })
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
mod tests {
    use super::*;
    use crate::cell::{CellPattern, Within};
    use crate::cohort::Cohort;
    use crate::need::{Known, LegalRoute, Need, Placement};
    use crate::text::Reason;

    fn record(number: u32, cohort: Cohort, audited: Option<&str>) -> OpenRecord {
        OpenRecord {
            reference: Reference::new(&format!("R-{number}")).unwrap(),
            stratum: Stratum::of("Service", cohort.code()),
            kind: CellKind {
                cohort,
                need: Need::InCare,
                disabled: if number.is_multiple_of(3) { Known::Yes } else { Known::No },
                placement: Placement::ALL[0],
                route: LegalRoute::ALL[0],
            },
            service: Some(PlaceId(4)),
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

    fn request(id: i64, at_least: u32, pattern: CellPattern) -> DrawRequest {
        DrawRequest {
            id: DrawRequestId(id),
            pattern,
            at_least,
            reason: Reason::new("Nobody has seen one.").unwrap(),
            asked_by: None,
            asked_on: jiff::civil::date(2026, 11, 2),
        }
    }

    fn disabled() -> CellPattern {
        CellPattern { disabled: Some(Known::Yes), ..CellPattern::default() }
    }

    fn many() -> Vec<OpenRecord> {
        let cohort = |number| if number % 2 == 0 { Cohort::InCare } else { Cohort::CareLeaver };
        (0..60).map(|number| record(number, cohort(number), None)).collect()
    }

    fn asked(requests: &[DrawRequest]) -> Eligible {
        let quarter = "2026-Q4".parse().unwrap();
        Eligible::asked(many(), quarter, &QuarterPlan::default(), requests).unwrap()
    }

    fn drawn_for(eligible: &Eligible, id: i64, size: SampleSize) -> usize {
        let shares = eligible.share_out(size).into_iter();
        let named = shares.filter(|(stratum, _)| stratum.requests().contains(&DrawRequestId(id)));
        named.map(|(_, records)| records).sum()
    }

    #[test]
    fn a_request_that_cuts_across_strata_is_met_within_the_size_of_the_sample() {
        let size = SampleSize { total: 12, at_least: 1 };
        let plain = asked(&[]);
        assert_eq!(plain.frame.sizes().len(), 2);
        let eligible = asked(&[request(7, 9, disabled())]);
        assert_eq!(eligible.frame.sizes().len(), 4, "{:?}", eligible.frame.sizes());
        assert_eq!(eligible.asked[&DrawRequestId(7)].can, 20);
        assert!(drawn_for(&eligible, 7, size) >= 9);
        assert_eq!(eligible.share_out(size).values().sum::<usize>(), 12);
        // Without the request about one in three would be.
        let few = asked(&[request(7, 1, disabled())]);
        assert!(drawn_for(&few, 7, size) >= 4, "a low minimum takes nothing away");
        assert_eq!(few.share_out(size).values().sum::<usize>(), 12);
    }

    #[test]
    fn requests_that_overlap_are_all_met() {
        let every = CellPattern::default();
        let in_care = CellPattern { cohort: Some(Cohort::InCare), ..every };
        let eligible = asked(&[
            request(1, 3, disabled()),
            request(2, 8, in_care),
            request(3, 500, disabled()),
        ]);
        let size = SampleSize { total: 5, at_least: 1 };
        assert_eq!(drawn_for(&eligible, 1, size), 20);
        assert_eq!(drawn_for(&eligible, 3, size), 20, "all of them where there are fewer");
        assert!(drawn_for(&eligible, 2, size) >= 8);
    }

    #[test]
    fn a_request_that_cannot_be_met_says_why_and_parts_no_stratum() {
        let elsewhere = CellPattern { within: Within::Service(PlaceId(5)), ..disabled() };
        let late = CellPattern { cohort: Some(Cohort::ChildProtection), ..CellPattern::default() };
        let records = many().into_iter().chain([
            record(100, Cohort::ChildProtection, Some("2026-Q3")),
            record(101, Cohort::ChildProtection, Some("2026-Q2")),
        ]);
        let requests = [request(1, 2, elsewhere), request(2, 2, late)];
        let quarter = "2026-Q4".parse().unwrap();
        let eligible =
            Eligible::asked(records, quarter, &QuarterPlan::default(), &requests).unwrap();
        assert_eq!(eligible.asked[&DrawRequestId(1)].open, 0);
        let late = &eligible.asked[&DrawRequestId(2)];
        assert_eq!((late.open, late.can), (2, 0));
        assert_eq!(late.left_out, [(Exclusion::AuditedLately, 2)].into());
        assert!(eligible.taken_up().is_empty());
        assert_eq!(eligible.frame.digest(), asked(&[]).frame.digest());
    }

    #[test]
    fn a_draw_takes_up_the_earliest_requests_and_the_others_wait() {
        let requests: Vec<_> = (1..=30).map(|id| request(id, 1, disabled())).collect();
        let eligible = asked(&requests);
        assert_eq!(eligible.taken_up().len(), MOST_REQUESTS);
        assert!(eligible.asked[&DrawRequestId(30)].waits);
        let named = eligible.frame.sizes().into_keys();
        assert!(named.map(|name| Stratum::new(name.as_str())).all(|name| name.is_ok()));
    }

    #[test]
    fn every_reason_has_its_own_code() {
        for reason in Exclusion::ALL {
            assert_eq!(Exclusion::from_code(reason.code()), Some(reason));
        }
    }
}
