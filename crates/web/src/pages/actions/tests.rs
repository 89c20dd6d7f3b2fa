//! Which actions a person sees in which order, and how the verifier's two buttons are read.

use jiff::civil::date;
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::text::Reason;
use quarterlight_store::ActionFilter;

use super::list::{ActionsPage, filter};
use super::sample::{self, TODAY};
use super::show::ActionForm;
use super::verify::read;
use crate::layout::Frame;

fn addressed() -> ActionStage {
    let proof = Reason::new("Case summary of 19 November").unwrap();
    ActionStage::Addressed { by: sample::owner().id, on: TODAY, proof }
}

fn action(due: jiff::civil::Date, owner: Option<&str>, stage: ActionStage) -> Action {
    sample::action(due, owner, Ok(stage), sample::lead()).unwrap().action
}

fn headings(actions: &[Action]) -> Vec<&'static str> {
    let page = ActionsPage::new(Frame::default(), actions, &sample::lead(), TODAY);
    page.in_words().into_iter().map(|(heading, _)| heading).collect()
}

#[test]
fn actions_stand_in_groups_by_what_comes_next_and_how_soon() {
    let open = |due| action(due, Some("Nia Pell"), ActionStage::Open);
    let actions = [
        action(date(2026, 11, 20), Some("Nia Pell"), addressed()),
        open(date(2026, 12, 1)),
        open(date(2026, 11, 30)),
        open(date(2026, 11, 23)),
        open(date(2026, 11, 22)),
        action(date(2026, 11, 20), None, ActionStage::Open),
    ];
    assert_eq!(
        headings(&actions),
        ["Nobody owns these", "Overdue", "This week", "Later", "Waiting for somebody to look"]
    );
    assert_eq!(headings(&actions[2..4]), ["This week"]);
}

#[test]
fn the_line_says_what_this_person_can_do() {
    let actions = [
        action(date(2026, 11, 22), Some("Nia Pell"), ActionStage::Open),
        action(date(2026, 11, 22), Some("Nia Pell"), addressed()),
    ];
    let words = |person: &_| {
        let page = ActionsPage::new(Frame::default(), &actions, person, TODAY);
        let groups = page.in_words();
        groups.iter().flat_map(|(_, words)| words.clone()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words(&sample::owner()), ["Address B1 on R-2043", "B1 on R-2043"]);
    assert_eq!(words(&sample::lead()), ["B1 on R-2043", "Verify B1 on R-2043"]);
}

#[test]
fn each_role_sees_its_own_part() {
    assert!(matches!(filter(&sample::lead(), TODAY), ActionFilter::Every));
    assert!(matches!(filter(&sample::owner(), TODAY), ActionFilter::Owner(_)));
    let ActionFilter::OwnerOrPlaces(_, places) = filter(&sample::manager(), TODAY) else {
        panic!("a manager sees the actions of a place");
    };
    assert_eq!(places, [sample::SERVICE]);
}

#[test]
fn a_manager_whose_grant_has_ended_sees_the_place_no_more() {
    let mut manager = sample::manager();
    let mut ended = manager.grants[0].clone();
    (ended.place, ended.until) = (PlaceId(8), Some(date(2026, 11, 22)));
    manager.grants.push(ended.clone());
    let ActionFilter::OwnerOrPlaces(_, places) = filter(&manager, TODAY) else { panic!() };
    assert_eq!(places, [sample::SERVICE]);
    manager.grants = vec![ended];
    assert!(matches!(filter(&manager, TODAY), ActionFilter::Owner(_)));
}

#[test]
fn each_button_is_read_with_its_reason() {
    let form = |answer: &str, because: &str| ActionForm {
        answer: answer.to_owned(),
        because: because.to_owned(),
        ..ActionForm::default()
    };
    assert_eq!(read(&form("done", " ")).unwrap(), None);
    let because = read(&form("not-yet", "No date is on it.")).unwrap();
    assert_eq!(because.unwrap().words(), "No date is on it.");
    for (answer, because) in
        [("done", "No date is on it."), ("not-yet", " "), ("", ""), ("no", "x")]
    {
        let errors = read(&form(answer, because)).unwrap_err();
        assert!(errors.at("because").is_some(), "{answer} {because}");
    }
}
