//! Each open record is drawn from or left out for one reason, and requests are met.

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
        excluded: None,
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
fn what_was_excluded_by_name_is_counted_so_whatever_else_is_true_of_it() {
    let excluded = |mut record: OpenRecord| {
        record.excluded = Some(SwapReason::Held);
        record
    };
    let records = [
        record(1, Cohort::InCare, None),
        excluded(record(2, Cohort::InCare, Some("2026-Q3"))),
        excluded(record(3, Cohort::CareLeaver, None)),
    ];
    let plan = QuarterPlan { cohorts: [Cohort::InCare].into(), ..QuarterPlan::default() };
    let parted = Eligible::of(records, "2026-Q4".parse().unwrap(), &plan).unwrap();
    assert_eq!((parted.frame.len(), parted.open()), (1, 3));
    assert_eq!(parted.left_out, [(Exclusion::ByName, 2)].into());
    let named: Vec<&str> = parted.excluded.keys().map(Reference::as_str).collect();
    assert_eq!(named, ["R-2", "R-3"]);
    assert!(parted.emptied.is_empty(), "one record of the stratum is left");
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
    let eligible =
        asked(&[request(1, 3, disabled()), request(2, 8, in_care), request(3, 500, disabled())]);
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
    let eligible = Eligible::asked(records, quarter, &QuarterPlan::default(), &requests).unwrap();
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
