//! Each kind of rule on records made by hand, at its limit and a day beyond it.

use jiff::civil::date;

use super::super::asks::Which;
use super::super::examples::{care_visit, england, in_care, no_worker, with};
use super::super::rule::Rule;
use super::super::variation::{Variation, Varied, in_force};
use super::*;
use crate::need::{Known, Need};
use crate::text::Reason;

const DAY: Date = date(2026, 3, 31);

fn outcome(rule: &Rule, line: &CaseLine) -> Outcome {
    check(&in_force(rule, [], DAY).unwrap(), line, DAY, &england())
}

fn late(rule: &Rule, line: &CaseLine) -> bool {
    matches!(outcome(rule, line), Outcome::Overdue(_))
}

fn why(rule: &Rule, line: &CaseLine) -> String {
    match outcome(rule, line) {
        Outcome::CannotTell { why } => why,
        other => panic!("it could be told: {other:?}"),
    }
}

fn assessments(which: Which) -> Rule {
    let limit = Limit::parse("45 working days").unwrap();
    let mut rule = care_visit();
    rule.asks = Asks::Episode { kind: Episode::Assessment, which, limit };
    rule
}

fn assessed(from: Date, until: Option<Date>) -> CaseLine {
    let mut line = in_care();
    line.history.episodes.insert(Episode::Assessment, [Span { from, until }].into());
    line
}

#[test]
fn the_latest_date_is_late_a_day_after_its_limit() {
    assert!(!late(&care_visit(), &with(in_care(), KeyDate::CareVisit, date(2026, 2, 17))));
    assert!(late(&care_visit(), &with(in_care(), KeyDate::CareVisit, date(2026, 2, 16))));
}

#[test]
fn a_date_from_before_the_start_counts_for_nothing() {
    let line = with(in_care(), KeyDate::CareVisit, date(2026, 1, 4));
    let Outcome::Overdue(told) = outcome(&care_visit(), &line) else { panic!("it is not late") };
    assert_eq!((told.seen, told.date), (Seen::NoDate(KeyDate::CareVisit, Start::Care), None));
}

#[test]
fn none_is_late_once_the_first_was_due() {
    let mut line = in_care();
    assert!(late(&care_visit(), &line));
    line.dates.insert(KeyDate::CareStarted, date(2026, 3, 24));
    assert!(!late(&care_visit(), &line));
    line.dates.insert(KeyDate::CareStarted, date(2026, 3, 23));
    assert!(late(&care_visit(), &line));
    line.dates.clear();
    assert!(why(&care_visit(), &line).contains("when the child came into care"));
}

#[test]
fn a_column_that_is_not_there_is_no_gap_in_the_record() {
    let mut line = in_care();
    line.history.asked.remove(&Fact::Date(KeyDate::CareVisit));
    assert!(why(&care_visit(), &line).contains("“Last visit in care”"));
    assert!(why(&assessments(Which::Open), &line).contains("“Assessment”"));
    line.worker = None;
    line.history.asked.remove(&Fact::Worker);
    assert!(why(&no_worker(), &line).contains("worker"));
    line.history.asked.insert(Fact::Worker);
    assert!(late(&no_worker(), &line));
}

#[test]
fn an_open_episode_is_counted_to_the_day_and_an_ended_one_to_its_end() {
    let open = assessments(Which::Open);
    assert!(!late(&open, &assessed(date(2026, 1, 27), None)));
    assert!(late(&open, &assessed(date(2026, 1, 26), None)));
    let (from, ended) = (date(2026, 1, 5), Some(date(2026, 3, 10)));
    assert_eq!(outcome(&open, &assessed(from, ended)), Outcome::DoesNotApply);
    let closed = assessments(Which::Ended { months: 1 });
    assert!(late(&closed, &assessed(from, ended)));
    assert!(!late(&closed, &assessed(from, Some(date(2026, 3, 9)))));
    let long_ago = assessed(date(2025, 6, 2), Some(date(2026, 2, 27)));
    assert_eq!(outcome(&closed, &long_ago), Outcome::DoesNotApply);
}

#[test]
fn the_one_that_is_most_over_stands_for_several() {
    let mut line = assessed(date(2025, 11, 3), Some(date(2026, 2, 27)));
    let other = Span { from: date(2026, 2, 2), until: Some(date(2026, 3, 27)) };
    line.history.episodes.get_mut(&Episode::Assessment).unwrap().insert(other);
    let rule = assessments(Which::Ended { months: 6 });
    let Outcome::Overdue(told) = outcome(&rule, &line) else { panic!("it is not late") };
    assert_eq!(told.date, Some(date(2026, 2, 27)));
}

#[test]
fn a_limit_by_age_needs_the_age_only_where_it_matters() {
    let mut rule = care_visit();
    let Asks::Latest { younger, .. } = &mut rule.asks else { panic!("it asks something else") };
    *younger = Some((5, Limit::parse("30 days").unwrap()));
    let mut line = with(in_care(), KeyDate::CareVisit, date(2026, 2, 25));
    assert!(why(&rule, &line).contains("date of birth"));
    line.history.born = Some(date(2021, 4, 1));
    assert!(late(&rule, &line));
    line.history.born = Some(date(2021, 3, 31));
    assert!(!late(&rule, &line));
    line = with(in_care(), KeyDate::CareVisit, date(2026, 3, 25));
    assert!(!late(&rule, &line));
}

#[test]
fn a_rule_applies_to_those_that_it_names() {
    let mut line = in_care();
    line.needs = [Need::ChildInNeed].into();
    assert_eq!(outcome(&care_visit(), &line), Outcome::DoesNotApply);
    line.needs.clear();
    assert_eq!(outcome(&no_worker(), &line), Outcome::DoesNotApply);
    let mut rule = no_worker();
    rule.applies.closed_too = true;
    line.worker = None;
    assert!(late(&rule, &line));
    rule.applies.closed_too = false;
    rule.applies.disabled = true;
    line.needs = [Need::InCare].into();
    line.disabled = Known::Unknown;
    assert!(why(&rule, &line).contains("whether the child is disabled"));
    line.disabled = Known::No;
    assert_eq!(outcome(&rule, &line), Outcome::DoesNotApply);
}

#[test]
fn working_days_of_a_year_that_is_not_kept_cannot_be_told() {
    let rule = assessments(Which::Open);
    let line = assessed(date(2020, 1, 6), None);
    assert!(why(&rule, &line).contains("2020"));
}

#[test]
fn the_sentence_says_what_was_found_and_whose_rule_it_is() {
    let line = with(in_care(), KeyDate::CareVisit, date(2026, 2, 10));
    let sentence = |varied: Option<&str>| {
        let made = varied.map(|limit| Variation {
            rule: care_visit().code,
            from: date(2026, 2, 1),
            varied: Varied::Limit(Limit::parse(limit).unwrap()),
            by: "Priya Anand".to_owned(),
            why: Reason::new("Agreed").unwrap(),
        });
        let held = in_force(&care_visit(), &made, DAY).unwrap();
        check(&held, &line, DAY, &england()).sentence(&held)
    };
    assert_eq!(
        sentence(Some("20 working days")),
        "Last visit in care 35 working days ago, on 10 February 2026; the rule is 20 working days \
         (local rule, from 1 February 2026)."
    );
    assert_eq!(
        sentence(None),
        "Last visit in care 49 days ago, on 10 February 2026; the rule is 42 days \
         (SI 2010/959, regulation 28)."
    );
    assert_eq!(
        sentence(Some("60 days")),
        "Last visit in care 49 days ago, on 10 February 2026, due by 11 April 2026; the rule is \
         60 days (local rule, from 1 February 2026)."
    );
}
