//! A challenge is decided once, by somebody who stands apart; a reply follows a submitted audit.

use jiff::civil::date;

use super::*;
use crate::audit::{Stage, sample as invented};
use crate::draft::sample;
use crate::grade::Grade;
use crate::id::PlaceId;
use crate::permission::{Deed, permits};
use crate::person::{Grant, Person, Role};
use crate::place::Whereabouts;

/// An audit by person 1 of a record that person 2 holds, at place 7.
fn audit(submitted: bool) -> Audit {
    let at = Timestamp::UNIX_EPOCH;
    let stage = if submitted {
        Stage::Submitted { at, opinion: invented::opinion(Grade::Good) }
    } else {
        Stage::Underway { since: at }
    };
    let (whereabouts, holder) = (Whereabouts::new(vec![PlaceId(7)]), Some(PersonId(2)));
    Audit { whereabouts, holder, ..invented::audit(stage) }
}

/// Somebody with these roles over place 7.
fn person(id: i64, roles: &[Role]) -> Person {
    let from = date(2026, 1, 1);
    let grant = |role: &Role| Grant { role: *role, place: PlaceId(7), from, until: None };
    let grants = roles.iter().map(grant).collect();
    Person { id: PersonId(id), name: format!("Person {id}"), grants }
}

fn may(person: &Person, deed: Deed<'_>) -> bool {
    permits(person, deed, date(2026, 11, 24))
}

#[test]
fn a_challenge_is_decided_by_a_moderator_who_had_nothing_to_do_with_it() {
    let audit = audit(true);
    let deed = || Deed::DecideChallenge(&audit);
    assert!(may(&person(9, &[Role::Moderator]), deed()));
    assert!(!may(&person(1, &[Role::Moderator, Role::Auditor]), deed()), "who made it");
    assert!(!may(&person(2, &[Role::Moderator, Role::Worker]), deed()), "who holds the record");
    assert!(!may(&person(9, &[Role::Moderator, Role::ServiceManager]), deed()), "who manages");
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Moderator) {
        assert!(!may(&person(9, &[role]), deed()), "{}", role.words());
    }
}

#[test]
fn the_worker_hears_of_a_start_and_replies_once_it_is_submitted() {
    let (worker, other) = (person(2, &[Role::Worker]), person(3, &[Role::Worker]));
    let (under_way, submitted) = (audit(false), audit(true));
    assert!(may(&worker, Deed::HearOfAudit(&under_way)));
    assert!(!may(&worker, Deed::ReplyToAudit(&under_way)));
    assert!(may(&worker, Deed::ReplyToAudit(&submitted)));
    for audit in [&under_way, &submitted] {
        assert!(!may(&other, Deed::HearOfAudit(audit)) && !may(&other, Deed::ReplyToAudit(audit)));
    }
    let assigned = Audit { stage: Stage::Assigned, ..under_way };
    assert!(!may(&worker, Deed::HearOfAudit(&assigned)), "nothing has started");
}

#[test]
fn a_reply_is_to_a_standard_that_was_asked_and_a_challenge_waits_alone() {
    let contents = sample::contents(&["B1", "B2"]);
    let new = |code: &str, meant, words: &str| NewReply {
        standard: StandardCode::new(code).unwrap(),
        meant,
        words: Reason::new(words).unwrap(),
    };
    let to = |audit: &Audit, before: &[Reply], new| NewReply::to(audit, &contents, before, new);
    let challenge = || new("B1", Meant::Challenge, "It is there.");
    assert!(to(&audit(false), &[], challenge()).is_err(), "before it is submitted");
    assert!(to(&audit(true), &[], new("B9", Meant::Comment, "Thanks.")).is_err());
    assert!(to(&audit(true), &[], challenge()).is_ok());
    let waits = reply(Meant::Challenge, None);
    assert!(to(&audit(true), std::slice::from_ref(&waits), challenge()).is_err());
    assert!(to(&audit(true), &[waits], new("B2", Meant::Challenge, "It is there.")).is_ok());
    let decided = reply(Meant::Challenge, Some(Outcome::NotUpheld));
    assert!(to(&audit(true), &[decided], challenge()).is_ok());
}

fn reply(meant: Meant, decided: Option<Outcome>) -> Reply {
    let reason = || Reason::new("The entry of 3 May says so.").unwrap();
    let (by, at) = ("Nia Pell".to_owned(), Timestamp::UNIX_EPOCH);
    let decided = decided.map(|outcome| Decided {
        outcome,
        reason: reason(),
        by: "Farah Siddiqui".to_owned(),
        at,
    });
    let standard = StandardCode::new("B1").unwrap();
    Reply { id: ReplyId(1), standard, meant, words: reason(), by, at, decided }
}

#[test]
fn every_meaning_and_outcome_has_its_own_code() {
    for meant in Meant::ALL {
        assert_eq!(Meant::from_code(meant.code()), Some(meant));
    }
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
    }
}

#[test]
fn a_challenge_is_decided_once_and_a_comment_never() {
    assert!(reply(Meant::Challenge, None).must_wait().is_ok());
    let decided = reply(Meant::Challenge, Some(Outcome::Partly)).must_wait().unwrap_err();
    assert!(decided.sentence().contains("Upheld in part"), "{decided}");
    assert!(reply(Meant::Comment, None).must_wait().is_err());
    assert!(!reply(Meant::Comment, None).waits());
}
