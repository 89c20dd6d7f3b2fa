//! What is judged late, misfiled and missing, by table; and what a reason can change.

use jiff::civil::{date, time};

use super::super::sample::held;
use super::*;
use crate::timescale::examples::england;

/// A letter of Tuesday 3 November 2026, for which there are five working days: until the 10th.
fn seen(outcome: Outcome, entered: Option<Date>) -> Seen {
    Seen {
        kind: KindCode::new("letter").unwrap(),
        dated: date(2026, 11, 3),
        entered: entered.map(|day| Entered { day, time: None }),
        found: String::new(),
        outcome,
        why: None,
    }
}

fn because(seen: Seen) -> Seen {
    Seen { why: Some(Reason::new("It came by courier").unwrap()), ..seen }
}

fn judge(seen: Seen) -> Result<Item, Refusal> {
    let both = [held(1, date(2026, 1, 1), 5), held(2, date(2026, 11, 16), 2)];
    Item::judge(seen, &both, &england(), date(2026, 11, 23))
}

fn outcome(seen: Seen) -> Option<(Outcome, bool)> {
    judge(seen).ok().map(|item| (item.seen.outcome, item.is_overruled))
}

#[test]
fn what_is_filed_after_its_time_is_late_and_only_a_reason_changes_that() {
    let on = |day| seen(Outcome::Filed, Some(date(2026, 11, day)));
    assert_eq!(outcome(on(10)), Some((Outcome::Filed, false)), "the last day");
    assert_eq!(outcome(on(11)), Some((Outcome::Late, false)), "the day after");
    assert_eq!(outcome(because(on(11))), Some((Outcome::Filed, true)));
    assert_eq!(judge(on(11)).unwrap().is_late(), Known::Yes);
    assert_eq!(judge(because(on(11))).unwrap().is_late(), Known::No, "the reason stands");
    assert_eq!(judge(on(11)).unwrap().taken, Some(Taken { days: 6, limit: 5 }));
}

#[test]
fn what_was_in_time_is_not_late_without_a_reason() {
    let on = |day| seen(Outcome::Late, Some(date(2026, 11, day)));
    assert_eq!(outcome(on(10)), None);
    assert_eq!(outcome(on(12)), Some((Outcome::Late, false)));
    assert_eq!(outcome(because(on(10))), Some((Outcome::Late, true)));
    assert_eq!(outcome(seen(Outcome::Late, None)), None, "how does anybody know?");
    assert_eq!(outcome(because(seen(Outcome::Late, None))), Some((Outcome::Late, true)));
}

#[test]
fn what_nobody_knows_is_unknown_and_not_in_time() {
    let item = judge(seen(Outcome::Filed, None)).unwrap();
    assert_eq!((item.taken, item.hours, item.is_late()), (None, None, Known::Unknown));
    assert_eq!((item.seen.outcome, item.is_overruled), (Outcome::Filed, false));
}

#[test]
fn what_is_not_due_yet_is_not_missing() {
    let missing = |day| Seen { dated: date(2026, 11, day), ..seen(Outcome::Missing, None) };
    let item = judge(missing(3)).unwrap();
    assert_eq!(item.taken, Some(Taken { days: 14, limit: 5 }));
    assert_eq!(item.is_late(), Known::Unknown, "it was never entered");
    let refused = judge(missing(20)).unwrap_err();
    assert!(refused.sentence().contains("due by 24 November 2026"), "{refused}");
    assert_eq!(outcome(because(missing(20))), Some((Outcome::Missing, true)));
    let entered =
        Seen { entered: seen(Outcome::Filed, Some(date(2026, 11, 5))).entered, ..missing(3) };
    assert!(judge(entered).is_err());
    assert!(judge(Seen { found: "The hall".to_owned(), ..missing(3) }).is_err());
}

#[test]
fn the_protocol_of_the_items_own_date_judges_it() {
    let under_the_next = Seen {
        dated: date(2026, 11, 16),
        entered: Some(Entered { day: date(2026, 11, 19), time: None }),
        ..seen(Outcome::Filed, None)
    };
    let item = judge(under_the_next.clone()).unwrap();
    assert_eq!((item.protocol.0, item.seen.outcome), (2, Outcome::Late));
    let a_day_before = Seen {
        dated: date(2026, 11, 13),
        entered: Some(Entered { day: date(2026, 11, 18), time: None }),
        ..under_the_next.clone()
    };
    let item = judge(a_day_before).unwrap();
    assert_eq!((item.protocol.0, item.seen.outcome), (1, Outcome::Filed));
    let too_early = Seen { dated: date(2025, 12, 31), entered: None, ..under_the_next.clone() };
    assert!(judge(too_early).unwrap_err().sentence().contains("No filing protocol"));
    let unknown = Seen { kind: KindCode::new("postcard").unwrap(), ..under_the_next };
    assert!(judge(unknown).unwrap_err().sentence().contains("does not have this kind"));
}

#[test]
fn a_place_that_contradicts_the_outcome_needs_a_reason() {
    let found = |outcome, place: &str| Seen { found: place.to_owned(), ..seen(outcome, None) };
    assert_eq!(outcome(found(Outcome::Misfiled, "")), None);
    assert_eq!(outcome(found(Outcome::AnotherRecord, " ")), None);
    assert_eq!(
        outcome(found(Outcome::AnotherRecord, "R-2")),
        Some((Outcome::AnotherRecord, false))
    );
    assert_eq!(outcome(found(Outcome::Misfiled, "Section 9")), Some((Outcome::Misfiled, false)));
    assert_eq!(outcome(found(Outcome::Misfiled, "Section 4")), None, "that is its place");
    assert_eq!(outcome(found(Outcome::Filed, "section 4")), Some((Outcome::Filed, false)));
    assert_eq!(outcome(found(Outcome::Filed, "Section 9")), None);
    let explained = because(found(Outcome::Filed, "Section 9"));
    assert_eq!(outcome(explained), Some((Outcome::Filed, true)));
}

#[test]
fn dates_that_cannot_be_are_refused() {
    let entered = |day| Some(Entered { day, time: Some(time(20, 15, 0, 0)) });
    let filed = |entered| Seen { entered, ..seen(Outcome::Filed, None) };
    assert!(judge(filed(entered(date(2026, 11, 2)))).is_err(), "before its own date");
    assert!(judge(filed(entered(date(2026, 11, 24)))).is_err(), "after the check");
    assert!(judge(Seen { dated: date(2026, 11, 24), ..filed(None) }).is_err());
    let item = judge(filed(entered(date(2026, 11, 5)))).unwrap();
    assert_eq!(item.hours, Some(Hours::Evening));
}
