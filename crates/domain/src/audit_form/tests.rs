//! What a form that was handed in changes, told from what it leaves and from what is a conflict.

use super::*;
use crate::audit::{Stage, sample};
use crate::draft::sample::{code, contents};

fn said(judgement: Judgement, seen: &str) -> Said {
    Said { judgement, seen: seen.to_owned(), found: "Plan".to_owned(), because: String::new() }
}

fn answer(standard: &str, judgement: Judgement, seen: &str) -> Answer {
    let (seen, found) = (seen.to_owned(), "Plan".to_owned());
    Answer { standard: code(standard), judgement, seen, found, version: 3 }
}

fn form(answers: &[Answer]) -> AuditForm {
    let audit = sample::audit(Stage::Assigned);
    AuditForm::of(&audit, &contents(&["B1", "B2"]), answers, |_| None, |_| None)
}

fn handed(standard: &str, said: Option<Said>, mark: Option<Mark>) -> Vec<HandedIn> {
    vec![HandedIn { standard: code(standard), said, mark }]
}

fn mark(form: &AuditForm, standard: &str) -> Option<Mark> {
    form.line(&code(standard)).map(|line| Mark::of(line.saved.as_ref()))
}

#[test]
fn what_was_left_as_it_was_changes_nothing_whatever_was_saved_meanwhile() {
    let then = form(&[answer("B1", Judgement::Met, "")]);
    let now = form(&[answer("B1", Judgement::NotMet, "Gone."), answer("B2", Judgement::Met, "")]);
    let as_it_was = handed("B1", Some(said(Judgement::Met, "")), mark(&then, "B1"));
    assert_eq!(now.coming(&as_it_was), []);
    assert_eq!(now.coming(&handed("B2", None, mark(&then, "B2"))), [], "left blank");
    assert_eq!(now.coming(&[]), [], "the line was taken out");
}

#[test]
fn an_answer_that_nobody_else_touched_comes() {
    let then = form(&[answer("B1", Judgement::Met, "")]);
    let mut lines = handed("B1", Some(said(Judgement::NotMet, "Gone.")), mark(&then, "B1"));
    lines.extend(handed("B2", Some(said(Judgement::Met, "")), mark(&then, "B2")));
    let coming = then.coming(&lines);
    assert_eq!(coming.len(), 2);
    assert!(coming.iter().all(|it| !it.is_conflict), "{coming:?}");
    let line = then.line(&code("B1")).unwrap();
    assert_eq!(line.answer(&coming[0].handed_in).version, 3, "it follows what was seen");
    assert_eq!(then.line(&code("B2")).unwrap().answer(&coming[1].handed_in).version, 0);
}

#[test]
fn what_somebody_changed_meanwhile_is_a_conflict_unless_both_say_the_same() {
    let then = form(&[answer("B1", Judgement::Met, "")]);
    let now = form(&[answer("B1", Judgement::PartlyMet, "Half.")]);
    let mine = |seen| handed("B1", Some(said(Judgement::PartlyMet, seen)), mark(&then, "B1"));
    assert!(now.coming(&mine("A third."))[0].is_conflict);
    assert_eq!(now.coming(&mine("Half.")), []);
    // Answered by somebody for the first time since.
    let new = handed("B1", Some(said(Judgement::Met, "")), mark(&form(&[]), "B1"));
    assert!(now.coming(&new)[0].is_conflict);
    // Without a mark nobody knows what was seen.
    let lost = handed("B1", Some(said(Judgement::Met, "")), Mark::carried("  "));
    assert!(now.coming(&lost)[0].is_conflict);
    let lost = handed("B2", Some(said(Judgement::Met, "")), None);
    assert!(!now.coming(&lost)[0].is_conflict, "nothing is saved that could be written over");
    // Chosen after both were seen: the mark is that of what is saved now.
    let chosen = handed("B1", Some(said(Judgement::Met, "")), mark(&now, "B1"));
    assert!(!now.coming(&chosen)[0].is_conflict);
}

#[test]
fn a_reason_stands_where_a_proposed_answer_is_overruled() {
    let proposed = |standard: &Standard| {
        Some(Proposed {
            standard: standard.code.clone(),
            judgement: Judgement::Met,
            rules: Vec::new(),
            because: Vec::new(),
        })
    };
    let audit = sample::audit(Stage::Assigned);
    let form = AuditForm::of(&audit, &contents(&["B1"]), &[], proposed, |_| None);
    let with = |judgement| Some(Said { because: "It is late.".to_owned(), ..said(judgement, "") });
    let coming = |judgement| form.coming(&handed("B1", with(judgement), None)).remove(0);
    assert_eq!(coming(Judgement::NotMet).handed_in.because, "It is late.");
    assert_eq!(coming(Judgement::Met).handed_in.because, "");
    let line = form.line(&code("B1")).unwrap();
    assert!(!line.ruled(&coming(Judgement::NotMet).handed_in).unwrap().owes_a_reason());
}

#[test]
fn words_that_wander_into_the_next_part_have_another_mark() {
    let one = Said { seen: "a".to_owned(), found: "b\n".to_owned(), ..said(Judgement::Met, "") };
    let other = Said { seen: "a\nb".to_owned(), found: "\n".to_owned(), ..one.clone() };
    assert_ne!(Mark::of(Some(&one)), Mark::of(Some(&other)));
    assert_ne!(Mark::of(None), Mark::of(Some(&one)));
    assert_eq!(Mark::of(Some(&one)).as_str().len(), FIGURES);
}

#[test]
fn the_form_of_another_audit_or_edition_is_refused() {
    let form = form(&[]);
    assert!(form.must_be(&format!(" {} ", form.identity())).is_ok());
    for (other, said) in [
        ("2/1/R-2043", "another audit"),
        ("1/1/R-2044", "another audit"),
        ("1/2/R-2043", "another edition"),
        ("", "another audit"),
        ("audit", "another audit"),
    ] {
        let refusal = form.must_be(other).unwrap_err();
        assert!(refusal.sentence().contains(said), "{other}: {refusal}");
    }
}
