//! What may be done to a prepared report, by whom, and in which order.

use super::*;
use crate::calendar::Quarter;

const LEAD: PersonId = PersonId(1);
const DIRECTOR: PersonId = PersonId(2);

fn place(code: &str) -> Place {
    code.parse().unwrap()
}

fn words(text: &str) -> Reason {
    Reason::new(text).unwrap()
}

fn passages() -> Vec<Passage> {
    [("1-paragraph-1-1", "Audited: 48 of 52 records."), ("2-paragraph-1-1", "3 were not seen.")]
        .map(|(code, text)| Passage {
            place: place(code),
            section: "1. Purpose".to_owned(),
            text: text.to_owned(),
        })
        .to_vec()
}

fn prepared() -> Prepared {
    Prepared {
        id: PreparedId(7),
        about: Quarter::new(2026, 3).unwrap().into(),
        title: "Quarterly audit".to_owned(),
        built_by: Some(LEAD),
        builder: "Lead".to_owned(),
        built_at: Timestamp::UNIX_EPOCH,
        corrects: None,
        is_superseded: false,
        released: None,
        steps: Vec::new(),
    }
}

fn after(mut report: Prepared, steps: NewSteps, by: PersonId) -> Prepared {
    assert_eq!(steps.after, report.steps.len());
    let at = Timestamp::UNIX_EPOCH;
    let step = |what| Step { what, by: Some(by), name: "Somebody".to_owned(), at };
    report.steps.extend(steps.what.into_iter().map(step));
    report
}

fn read() -> Prepared {
    let places: Vec<Place> = passages().into_iter().map(|it| it.place).collect();
    let report = prepared();
    let steps = report.accept(&places, &passages()).unwrap();
    after(report, steps, LEAD)
}

fn ready() -> Prepared {
    let report = read();
    let cleared = report.clear(words("Nothing was found."), &passages()).unwrap();
    let report = after(report, cleared, LEAD);
    let chosen = report.choose(Ground::Identity, words("Children could be known.")).unwrap();
    after(report, chosen, LEAD)
}

#[test]
fn each_step_waits_for_the_one_before() {
    let report = prepared();
    assert!(report.release().is_err());
    assert_eq!(report.wanting(&passages()).len(), 3);
    assert!(report.clear(words("Read."), &passages()).is_err(), "nobody has read it");
    assert!(report.approve(DIRECTOR, &passages()).is_err());
    let report = ready();
    assert!(report.release().is_err(), "nobody has approved it");
    let approved = report.approve(DIRECTOR, &passages()).unwrap();
    let report = after(report, approved, DIRECTOR);
    assert_eq!(report.state(), State::Approved);
    assert!(report.release().is_ok());
    let change = report.edit(&place("1-paragraph-1-1"), words("Audited: 48."), &passages());
    assert!(change.unwrap_err().sentence().contains("approved as it stands"));
    let released = Prepared { released: Some(ReportId(3)), ..report.clone() };
    assert!(released.release().is_err());
    let superseded = Prepared { is_superseded: true, ..report };
    assert!(superseded.release().is_err());
}

#[test]
fn nobody_approves_what_they_built_or_wrote_in() {
    let report = ready();
    assert!(report.approve(LEAD, &passages()).unwrap_err().sentence().contains("somebody else"));
    let edit =
        report.edit(&place("2-paragraph-1-1"), words("3 children were not seen."), &passages());
    let report = after(report, edit.unwrap(), DIRECTOR);
    assert!(report.approve(DIRECTOR, &passages()).is_err(), "the director wrote in it");
    assert!(report.approve(PersonId(3), &passages()).is_ok());
}

#[test]
fn an_edit_of_the_public_part_brings_no_number_in_and_undoes_the_clearance() {
    let report = ready();
    let public = place("1-paragraph-1-1");
    let refused = report.edit(&public, words("4 were not audited."), &passages()).unwrap_err();
    assert!(refused.sentence().contains("Part I, paragraph 1.1,"), "{refused}");
    assert!(report.cleared().is_some());
    let edit = report.edit(&public, words("48 of the 52 records were audited."), &passages());
    let report = after(report, edit.unwrap(), LEAD);
    assert!(report.cleared().is_none());
    let Standing::Edited(step, now) = report.standing(&public) else { panic!("not edited") };
    assert_eq!(now, "48 of the 52 records were audited.");
    assert!(matches!(&step.what, What::Edited { was, .. } if was == "Audited: 48 of 52 records."));
    // The private part may say what it likes.
    let private = place("2-paragraph-1-1");
    assert!(report.edit(&private, words("4 were not seen."), &passages()).is_ok());
}

#[test]
fn what_was_accepted_or_edited_is_not_accepted_again() {
    let report = read();
    let again = report.accept(&[place("1-paragraph-1-1")], &passages()).unwrap();
    assert!(again.what.is_empty());
    assert!(report.accept(&[place("1-paragraph-9-9")], &passages()).is_err());
}

#[test]
fn a_ground_is_named_with_its_paragraph() {
    for ground in Ground::ALL {
        assert_eq!(Ground::from_code(ground.code()), Some(ground));
        let words = format!("paragraph {} of", ground.paragraph());
        assert!(ground.marking().contains(&words));
    }
}
