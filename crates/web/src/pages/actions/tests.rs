//! Which actions a person sees in which order, what an action's page offers to whom, and how its forms are read.

use askama::Template;
use jiff::civil::date;
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::text::Reason;
use quarterlight_store::ActionFilter;

use super::InHand;
use super::give::GiveForm;
use super::list::{self, ActionsPage, filter};
use super::sample::{self, TODAY};
use super::show::{ActionForm, ActionPage, Around};
use super::verify::read;
use crate::form::Errors;
use crate::layout::Frame;

fn addressed() -> ActionStage {
    let proof = Reason::new("Case summary of 19 November").unwrap();
    ActionStage::Addressed { by: sample::owner().id, on: TODAY, proof }
}

fn action(due: jiff::civil::Date, owner: Option<&str>, stage: ActionStage) -> Action {
    sample::action(due, owner, Ok(stage), sample::lead()).unwrap().action
}

fn headings(actions: &[Action]) -> Vec<&'static str> {
    let page = ActionsPage::new(
        Frame::default(),
        actions,
        (&sample::lead(), TODAY),
        &list::Around::default(),
    );
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
        let page =
            ActionsPage::new(Frame::default(), &actions, (person, TODAY), &list::Around::default());
        let groups = page.in_words();
        groups.iter().flat_map(|(_, words)| words.clone()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words(&sample::owner()), ["Address B1 on R-2043", "B1 on R-2043"]);
    assert_eq!(words(&sample::lead()), ["B1 on R-2043", "Verify B1 on R-2043"]);
    let nobodys = [action(date(2026, 11, 22), None, ActionStage::Open)];
    let words = |person: &_| {
        let page =
            ActionsPage::new(Frame::default(), &nobodys, (person, TODAY), &list::Around::default());
        page.in_words()[0].1[0].to_owned()
    };
    assert_eq!(words(&sample::lead()), "Find an owner for B1 on R-2043");
    assert_eq!(words(&sample::owner()), "B1 on R-2043");
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

fn page(action: &InHand) -> String {
    let (form, errors) = (ActionForm::default(), Errors::default());
    ActionPage::new(action, &Around::default(), &form, &errors).render().unwrap()
}

#[test]
fn the_owner_reads_why_the_action_was_sent_back() {
    let mut sent_back = sample::sent_back("No date is on it.").unwrap();
    let words = "Sent back on 21 November 2026, because: No date is on it.";
    assert!(page(&sent_back).contains(words));
    sent_back.action.sent_back = None;
    assert!(!page(&sent_back).contains("Sent back"));
}

#[test]
fn the_lead_and_the_manager_can_give_an_open_action_to_somebody() {
    let offers = |owner, stage, person| {
        let action = sample::action(TODAY, owner, Ok(stage), person).unwrap();
        page(&action).contains("action=\"/actions/5/owner\"")
    };
    let nia = Some("Nia Pell");
    for owner in [None, nia] {
        assert!(offers(owner, ActionStage::Open, sample::lead()));
        assert!(offers(owner, ActionStage::Open, sample::manager()));
        assert!(!offers(owner, ActionStage::Open, sample::owner()));
    }
    assert!(!offers(nia, addressed(), sample::lead()));
}

#[test]
fn a_day_that_is_past_is_not_offered_again() {
    let html = |due| {
        let action = sample::action(due, Some("Nia Pell"), Ok(ActionStage::Open), sample::lead());
        page(&action.unwrap())
    };
    assert!(
        html(TODAY).contains("name=\"due-day\" type=\"text\" inputmode=\"numeric\" value=\"23\"")
    );
    let overdue = html(date(2026, 11, 22));
    assert!(overdue.contains("name=\"due-day\" type=\"text\" inputmode=\"numeric\">"));
    assert!(overdue.contains("It was due on 22 November 2026."));
}

#[test]
fn an_action_goes_to_somebody_offered_by_a_day_that_is_not_past() {
    let nobodys = action(TODAY, None, ActionStage::Open);
    let people = [(sample::owner().id, "Nia Pell".to_owned())];
    let form = |owner: &str, day: &str| {
        let (owner, day) = (owner.to_owned(), day.to_owned());
        let (month, year) = ("11".to_owned(), "2026".to_owned());
        GiveForm { owner, day, month, year, ..GiveForm::default() }
    };
    let read = |owner: &str, day: &str| form(owner, day).read(&nobodys, &people, TODAY);
    let given = read("1", "23").unwrap();
    assert_eq!((given.after.owner, given.after.due), (Some(sample::owner().id), TODAY));
    for (owner, day, fields) in [
        ("", "23", [true, false]),
        ("3", "23", [true, false]),
        ("1", "22", [false, true]),
        ("1", "31", [false, true]),
        ("", "31", [true, true]),
    ] {
        let errors = read(owner, day).unwrap_err();
        let wrong = ["owner", "due"].map(|field| errors.at(field).is_some());
        assert_eq!(wrong, fields, "{owner} {day}");
    }
}
