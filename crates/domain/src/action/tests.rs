//! The life of an action: what follows what, and who may not take which step.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::sample::{OWNER, action};
use super::*;

const OTHER: PersonId = PersonId(2);
const THIRD: PersonId = PersonId(3);
const DAY: Date = date(2026, 11, 23);

fn words() -> Reason {
    Reason::new("Summary of 19 November, on the record.").unwrap()
}

fn open() -> Action {
    action(ActionStage::Open)
}

fn addressed() -> Action {
    action(ActionStage::Addressed { by: OWNER, on: DAY, proof: words() })
}

fn recheck() -> Date {
    DAY.saturating_add(RECHECK_AFTER.days())
}

fn verified() -> Action {
    addressed().verify(OTHER, DAY, recheck()).unwrap().after
}

fn wanted(owner: PersonId, due: Date) -> Wanted {
    Wanted { owner, due, confirmer: None, plan: String::new() }
}

#[test]
fn the_owner_addresses_somebody_else_verifies_and_a_third_says_whether_it_held() {
    let step = open().address(OWNER, words(), DAY).unwrap();
    assert_eq!(step.after.stage, addressed().stage);
    let step = step.after.verify(OTHER, DAY, recheck()).unwrap();
    assert_eq!(step.after.verified().map(|it| it.by), Some(OTHER));
    let step = step.after.held(THIRD, words(), recheck()).unwrap();
    assert!(matches!(step.after.stage, ActionStage::Held { by: THIRD, .. }));
    assert_eq!(step.after.verified().map(|it| it.addressed_by), Some(OWNER));
}

#[test]
fn nobody_but_the_owner_addresses_or_asks_for_time() {
    assert!(open().address(OTHER, words(), DAY).is_err());
    assert!(open().ask_for_time(OTHER, date(2026, 12, 4), words(), DAY).is_err());
}

#[test]
fn the_owner_never_verifies_closes_or_agrees_to_more_time() {
    assert!(addressed().verify(OWNER, DAY, recheck()).is_err());
    assert!(addressed().not_yet(OWNER, words(), DAY).is_err());
    assert!(open().close(OWNER, words(), DAY).is_err());
    let asked = open().ask_for_time(OWNER, date(2026, 12, 4), words(), DAY).unwrap().after;
    assert!(asked.decide_time(OWNER, None).is_err());
}

#[test]
fn whoever_had_a_part_in_it_never_says_whether_it_held() {
    for person in [OWNER, OTHER] {
        assert!(verified().held(person, words(), recheck()).is_err());
        assert!(verified().not_held(person, words(), recheck(), recheck()).is_err());
    }
    let named = Action { confirmer: Some(THIRD), ..verified() };
    assert!(named.held(THIRD, words(), recheck()).is_err());
}

#[test]
fn nobody_looks_again_before_the_day() {
    let day_before = recheck().saturating_sub(1.day());
    assert!(verified().held(THIRD, words(), day_before).is_err());
    assert!(addressed().verify(OTHER, DAY, DAY).is_err(), "the day is to come");
    assert!(addressed().held(THIRD, words(), recheck()).is_err());
}

#[test]
fn what_is_not_done_yet_or_did_not_hold_is_open_again_with_its_reason() {
    let step = addressed().not_yet(OTHER, words(), DAY).unwrap();
    assert_eq!((step.after.stage, step.after.due), (ActionStage::Open, open().due));
    let due = recheck().saturating_add(14.days());
    let step = verified().not_held(THIRD, words(), recheck(), due).unwrap();
    assert_eq!((&step.after.stage, step.after.due), (&ActionStage::Open, due));
    assert_eq!(step.after.sent_back.map(|it| it.because), Some(words()));
    assert!(verified().not_held(THIRD, words(), recheck(), DAY).is_err(), "a day that is past");
}

#[test]
fn more_time_needs_a_reason_and_somebody_else_and_both_days_stay() {
    let until = date(2026, 12, 4);
    let asked = open().ask_for_time(OWNER, until, words(), DAY).unwrap().after;
    assert_eq!(asked.due, open().due, "asking moves no day");
    assert!(asked.ask_for_time(OWNER, until, words(), DAY).is_err(), "one at a time");
    let agreed = asked.decide_time(OTHER, None).unwrap();
    assert_eq!((agreed.before.due, agreed.after.due), (open().due, until));
    assert_eq!((agreed.after.first_due, agreed.after.more_time), (open().due, None));
    let refused = asked.decide_time(OTHER, Some(words())).unwrap().after;
    assert_eq!((refused.due, refused.more_time), (open().due, None));
    assert!(open().decide_time(OTHER, None).is_err(), "nobody asked");
    for early in [open().due, date(2026, 11, 22)] {
        assert!(open().ask_for_time(OWNER, early, words(), DAY).is_err(), "{early}");
    }
}

#[test]
fn an_open_action_is_given_to_somebody_by_today_or_a_later_day() {
    let nobodys = Action { owner: None, owner_name: None, ..open() };
    let given = nobodys.give(wanted(OTHER, DAY), DAY).unwrap();
    assert_eq!((given.before.owner, given.after.owner, given.after.due), (None, Some(OTHER), DAY));
    assert_eq!(given.after.first_due, open().due);
    assert!(nobodys.give(wanted(OTHER, date(2026, 11, 22)), DAY).is_err());
    let own = Wanted { confirmer: Some(OTHER), ..wanted(OTHER, DAY) };
    assert!(nobodys.give(own, DAY).is_err(), "nobody confirms their own");
    for done in [addressed(), verified()] {
        assert!(done.give(wanted(OTHER, DAY), DAY).is_err());
    }
}

#[test]
fn the_same_owner_and_the_same_day_change_nothing() {
    let today = date(2026, 11, 20);
    let give = |wanted| open().give(wanted, today).unwrap();
    assert!(give(wanted(OWNER, today)).changes_nothing());
    assert!(!give(wanted(OTHER, today)).changes_nothing());
    assert!(!give(wanted(OWNER, DAY)).changes_nothing());
    assert!(!give(Wanted { confirmer: Some(THIRD), ..wanted(OWNER, today) }).changes_nothing());
}

#[test]
fn only_an_open_action_is_overdue_and_its_age_is_that_of_the_finding() {
    assert!(open().is_overdue(DAY));
    assert_eq!(open().days_overdue(DAY), Some(3));
    assert!(!addressed().is_overdue(DAY));
    assert_eq!(open().days_old(DAY), 34);
}

#[test]
fn what_need_not_be_done_is_closed_with_a_reason_and_stays_closed() {
    let closed = open().close(OTHER, words(), DAY).unwrap().after;
    assert!(!closed.is_open() && !closed.is_overdue(DAY));
    assert!(closed.address(OWNER, words(), DAY).is_err());
    assert!(closed.verify(OTHER, DAY, recheck()).is_err());
    assert!(addressed().close(OTHER, words(), DAY).is_err());
}

#[test]
fn findings_of_one_service_are_joined_and_taken_apart_and_nothing_is_lost() {
    let first = open();
    let second = Action { id: ActionId(6), finding: FindingId(7), ..open() };
    let joined = second.join(&first, false).unwrap().after;
    assert_eq!(joined.joined_to, Some(first.id));
    assert!(joined.address(OWNER, words(), DAY).is_err(), "it goes on under the other");
    assert_eq!(joined.take_apart().unwrap().after, second);
    assert!(first.join(&first, false).is_err(), "with itself");
    assert!(first.join(&joined, false).is_err(), "with one that is joined");
    assert!(second.join(&first, true).is_err(), "one that carries others");
    assert!(second.join(&verified(), false).is_err(), "with one that is done");
    let mut elsewhere = second.clone();
    elsewhere.found.service = Some(PlaceId(9));
    assert!(elsewhere.join(&first, false).is_err(), "another service");
    assert!(second.take_apart().is_err());
}

#[test]
fn every_kind_of_step_has_its_own_code_and_deed() {
    for kind in StepKind::ALL {
        assert_eq!(StepKind::from_code(kind.code()), Some(kind));
    }
    let deeds: std::collections::BTreeSet<_> = StepKind::ALL.map(StepKind::deed).into();
    assert_eq!(deeds.len(), StepKind::ALL.len());
}
