//! Each rule points at what it says, and at nothing else.

use super::*;
use crate::access::thresholds::SHIPPED;

fn seen(person: i64, record: i64, at: &str) -> Seen {
    Seen {
        person: PersonId(person),
        record: RecordId(record),
        at: at.parse().unwrap(),
        by_glass: false,
        restricted: false,
        conflict: false,
        audits: false,
        has_task: true,
    }
}

fn rules(looks: &[Seen]) -> Vec<LookingRule> {
    let pointed = unusual(looks, &SHIPPED);
    pointed.into_iter().map(|it| it.rule).collect()
}

#[test]
fn an_ordinary_look_is_not_pointed_at() {
    assert_eq!(rules(&[seen(1, 1, "2026-11-23T10:00:00Z")]), []);
}

#[test]
fn each_fact_has_its_rule() {
    let look = || seen(1, 1, "2026-11-23T10:00:00Z");
    assert_eq!(rules(&[Seen { by_glass: true, ..look() }]), [LookingRule::Glass]);
    assert_eq!(rules(&[Seen { restricted: true, ..look() }]), [LookingRule::Restricted]);
    assert_eq!(rules(&[Seen { conflict: true, ..look() }]), [LookingRule::Conflict]);
    assert_eq!(rules(&[Seen { has_task: false, ..look() }]), [LookingRule::NoTask]);
}

#[test]
fn hours_are_those_of_the_clock_in_england() {
    // Half past six in the morning in summer is half past five by universal time.
    assert_eq!(rules(&[seen(1, 1, "2026-07-01T05:30:00Z")]), [LookingRule::Hours]);
    assert_eq!(rules(&[seen(1, 1, "2026-07-01T06:00:00Z")]), []);
    assert_eq!(rules(&[seen(1, 1, "2026-07-01T18:59:59Z")]), []);
    assert_eq!(rules(&[seen(1, 1, "2026-07-01T19:00:00Z")]), [LookingRule::Hours]);
    assert_eq!(rules(&[seen(1, 1, "2026-11-21T12:00:00Z")]), [LookingRule::Hours], "a Saturday");
}

#[test]
fn many_records_are_different_ones_within_an_hour() {
    let at = |minute: i64| format!("2026-11-23T{:02}:{:02}:00Z", 10 + minute / 60, minute % 60);
    let quick: Vec<Seen> = (0..25).map(|it| seen(1, it, &at(it))).collect();
    let pointed = unusual(&quick, &SHIPPED);
    assert_eq!((pointed[0].rule, pointed[0].looks, pointed[0].of), (LookingRule::Many, 25, 25));
    assert_eq!(rules(&quick[..24]), [], "one fewer");
    let slow: Vec<Seen> = (0..25).map(|it| seen(1, it, &at(it * 3))).collect();
    assert_eq!(rules(&slow), [], "over more than an hour");
    let same: Vec<Seen> = (0..25).map(|it| seen(1, 1, &at(it))).collect();
    assert_eq!(rules(&same), [], "one record again and again");
    let shared: Vec<Seen> = (0..25).map(|it| seen(it % 2, it, &at(it))).collect();
    assert_eq!(rules(&shared), [], "two people");
}

#[test]
fn one_record_on_many_days_is_pointed_at_unless_they_audit_it() {
    let days = [2, 3, 4, 5, 6, 9, 10, 11].into_iter();
    let day = |day: i64| format!("2026-11-{day:02}T10:00:00Z");
    let often: Vec<Seen> = days.map(|it| seen(1, 1, &day(it))).collect();
    assert_eq!(rules(&often), [LookingRule::Often]);
    assert_eq!(rules(&often[..7]), []);
    let audits: Vec<Seen> = often.iter().map(|it| Seen { audits: true, ..*it }).collect();
    assert_eq!(rules(&audits), []);
}

#[test]
fn the_latest_day_stands_first_and_nobody_is_ranked() {
    let looks = [
        Seen { restricted: true, ..seen(1, 1, "2026-11-20T10:00:00Z") },
        Seen { restricted: true, ..seen(2, 1, "2026-11-23T10:00:00Z") },
        Seen { restricted: true, ..seen(2, 1, "2026-11-23T11:00:00Z") },
    ];
    let pointed = unusual(&looks, &SHIPPED);
    let people: Vec<_> = pointed.iter().map(|it| (it.person.0, it.looks, it.of)).collect();
    assert_eq!(people, [(2, 2, 2), (1, 1, 1)]);
}

#[test]
fn every_rule_has_its_code_and_its_words() {
    for rule in LookingRule::ALL {
        assert_eq!(LookingRule::from_code(rule.code()), Some(rule));
        assert!(rule.words(&SHIPPED).len() > 20);
    }
}
