//! The actions that a person has to do with, by what is to happen next and how soon.

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::person::{Person, Role};
use quarterlight_report::words::sentence_case;
use quarterlight_store::ActionFilter;

use crate::app::App;
use crate::layout::Frame;
use crate::permit::{ListActions, Through};
use crate::{links, page};

/// As many actions as the store lists at once.
const AT_ONCE: usize = 500;

/// One action: what to do, to which record, and who by when.
#[derive(Debug, Clone)]
pub struct Line {
    words: String,
    /// Where it leads; none for those who see that it is there and may not read it.
    href: Option<String>,
    facts: String,
}

/// Actions with which the same is to happen next.
#[derive(Debug, Clone)]
pub struct Group {
    heading: &'static str,
    /// The line that unfolds the group, where nothing is left to do in it.
    folded: Option<&'static str>,
    lines: Vec<Line>,
}

/// The actions of a person, of their places, or of everybody.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/actions/list.html")]
pub struct ActionsPage {
    frame: Frame,
    whose: &'static str,
    groups: Vec<Group>,
    /// Says so, where there are more than one page lists.
    cut: Option<String>,
}

/// Lists the actions that the person has to do with.
///
/// # Errors
/// There is no such page for those who have nothing to do with actions.
pub async fn get(app: App, visitor: Through<ListActions>) -> page::Result {
    let actions = app.store.actions.list(&filter(&visitor.person, visitor.today)).await?;
    let frame = visitor.frame(&app, "Actions", "Actions");
    page::show(&ActionsPage::new(frame, &actions, &visitor.person, visitor.today))
}

/// Whoever answers for the whole sees every action; a manager sees those of their places too.
pub fn filter(person: &Person, today: Date) -> ActionFilter {
    if sees_every_one(person, today) {
        ActionFilter::Every
    } else if person.is(Role::ServiceManager, today) {
        let grants = person.grants.iter();
        let held = grants.filter(|it| it.role == Role::ServiceManager && it.holds_on(today));
        ActionFilter::OwnerOrPlaces(person.id, held.map(|grant| grant.place).collect())
    } else {
        ActionFilter::Owner(person.id)
    }
}

fn sees_every_one(person: &Person, today: Date) -> bool {
    [Role::QualityLead, Role::SeniorManager, Role::AuditServices]
        .into_iter()
        .any(|role| person.is(role, today))
}

impl ActionsPage {
    /// The page of these actions for this person.
    pub fn new(frame: Frame, actions: &[Action], person: &Person, today: Date) -> Self {
        let whose = match (filter(person, today), actions.is_empty()) {
            (ActionFilter::Every, true) => "There are no actions yet.",
            (ActionFilter::Every, false) => "Every action, of all services.",
            (ActionFilter::OwnerOrPlaces(..), true) => {
                "You have no actions, and nor have the places that you answer for."
            }
            (ActionFilter::OwnerOrPlaces(..), false) => {
                "Your own actions, and those on the records of the places that you answer for."
            }
            (ActionFilter::Owner(_) | ActionFilter::Audit(_), true) => "You have no actions.",
            (ActionFilter::Owner(_) | ActionFilter::Audit(_), false) => "Your own actions.",
        };
        let cut = (actions.len() >= AT_ONCE).then(|| {
            format!("Only {AT_ONCE} actions are listed: those not verified first, by due day.")
        });
        Self { frame, whose, groups: groups(actions, person, today), cut }
    }

    /// The headings with the words of their lines, for a test to read.
    #[cfg(test)]
    pub fn in_words(&self) -> Vec<(&'static str, Vec<&str>)> {
        self.groups
            .iter()
            .map(|group| {
                (group.heading, group.lines.iter().map(|line| line.words.as_str()).collect())
            })
            .collect()
    }

    /// None, an owner's own, a crowded list with hostile names, and more than one page lists.
    pub fn samples() -> Vec<Self> {
        use super::sample;

        let page = |actions: &[Action], person: &Person| {
            Self::new(Frame::new("Actions"), actions, person, sample::TODAY)
        };
        let (owner, lead) = (sample::owner(), sample::lead());
        let actions: Vec<Action> =
            sample::in_hand().into_iter().map(|in_hand| in_hand.action).collect();
        let crowd: Vec<Action> = actions.iter().cycle().take(AT_ONCE).cloned().collect();
        vec![page(&[], &owner), page(&actions, &owner), page(&actions, &lead), page(&crowd, &lead)]
    }
}

/// The groups in the order of the page, without the empty ones.
const HEADINGS: [&str; 6] = [
    "Nobody owns these",
    "Overdue",
    "This week",
    "Later",
    "Waiting for somebody to look",
    "Verified",
];

fn groups(actions: &[Action], person: &Person, today: Date) -> Vec<Group> {
    HEADINGS
        .into_iter()
        .map(|heading| {
            let of_group = actions.iter().filter(|action| group(action, today) == heading);
            let lines = of_group.map(|action| line(action, person, today)).collect();
            let folded = (heading == "Verified").then_some("Show the actions that were verified");
            Group { heading, folded, lines }
        })
        .filter(|group| !group.lines.is_empty())
        .collect()
}

fn group(action: &Action, today: Date) -> &'static str {
    match action.stage {
        ActionStage::Open if action.owner.is_none() => "Nobody owns these",
        ActionStage::Open if action.is_overdue(today) => "Overdue",
        ActionStage::Open if action.due <= today.saturating_add(7.days()) => "This week",
        ActionStage::Open => "Later",
        ActionStage::Addressed { .. } => "Waiting for somebody to look",
        ActionStage::Verified { .. } => "Verified",
    }
}

/// The line begins with the verb where this person can do what comes next.
fn line(action: &Action, person: &Person, today: Date) -> Line {
    let may = |deed| permits(person, deed, today);
    let what = format!("{} on {}", action.standard, action.reference);
    let words = match action.stage {
        ActionStage::Open if may(Deed::AddressAction(action)) => format!("Address {what}"),
        ActionStage::Open if action.owner.is_none() && may(Deed::GiveAction(action)) => {
            format!("Find an owner for {what}")
        }
        ActionStage::Addressed { .. } if may(Deed::VerifyAction(action)) => {
            format!("Verify {what}")
        }
        _ => what,
    };
    let day = match &action.stage {
        ActionStage::Open => format!("due on {}", day_in_words(action.due)),
        ActionStage::Addressed { on, .. } => format!("addressed on {}", day_in_words(*on)),
        ActionStage::Verified { on, .. } => format!("verified on {}", day_in_words(*on)),
    };
    Line {
        words,
        href: may(Deed::ReadAction(action)).then(|| links::action(action.id)),
        facts: match &action.owner_name {
            Some(owner) => format!("{owner} · {day}"),
            None => sentence_case(&day),
        },
    }
}
