//! The register of actions: those that a person has to do with, by what is to happen next and how soon.

use askama::Template;
use axum::extract::Query;
use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::figures::RegisterCounts;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::person::{Person, Role};
use quarterlight_report::words::sentence_case;
use quarterlight_store::{ActionFilter, Narrowed, Recurrence, Standing};

use super::filters::{Asked, Choices, filters, narrowed_to};
use crate::app::App;
use crate::layout::Frame;
use crate::permit::{ListActions, Through};
use crate::restricted::Restricted;
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
    /// Plain links that narrow the register, each group with its name.
    filters: Vec<Choices>,
    /// What it is narrowed to.
    narrowed: Option<String>,
    /// Where all of it is.
    all: String,
    /// Says so, where it is narrowed to nothing.
    nothing: Option<&'static str>,
    groups: Vec<Group>,
    /// Says so, where there are more than one page lists.
    cut: Option<String>,
}

/// Lists the actions that the person has to do with. The statements are as many for any number of
/// actions.
///
/// # Errors
/// There is no such page for those who have nothing to do with actions.
pub async fn get(
    app: App,
    visitor: Through<ListActions>,
    Query(asked): Query<Asked>,
) -> page::Result {
    let today = visitor.today;
    let (filter, narrowed) = (filter(&visitor.person, today), asked.narrowed());
    let actions = app.store.actions.register(&filter, &narrowed, today).await?;
    let findings: Vec<_> = actions.iter().map(|action| action.finding).collect();
    let around = Around {
        counts: app.store.figures.register(&filter, today).await?,
        before: app.store.actions.found_before(&findings).await?,
        services: app.store.figures.services().await?,
        narrowed,
        restricted: Restricted::today(&app, &visitor).await?,
    };
    let frame = visitor.frame(&app, "Actions", "Actions");
    page::show(&ActionsPage::new(frame, &actions, (&visitor.person, today), &around))
}

/// What the page needs besides the actions.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// How many stand where.
    pub counts: RegisterCounts,
    /// What was found before and put right.
    pub before: Vec<Recurrence>,
    /// The services, by name.
    pub services: Vec<(PlaceId, String)>,
    /// What the register is narrowed to.
    pub narrowed: Narrowed,
    /// The records of which nothing is listed but the reference.
    pub restricted: Restricted,
}

/// Whoever answers for the whole sees every action; a manager sees those of their places too, and a
/// moderator what waits to be looked at again.
pub fn filter(person: &Person, today: Date) -> ActionFilter {
    if sees_every_one(person, today) {
        ActionFilter::Every
    } else if person.is(Role::ServiceManager, today) {
        let grants = person.grants.iter();
        let held = grants.filter(|it| it.role == Role::ServiceManager && it.holds_on(today));
        ActionFilter::OwnerOrPlaces(person.id, held.map(|grant| grant.place).collect())
    } else if person.is(Role::Moderator, today) {
        ActionFilter::OwnerOrVerified(person.id)
    } else {
        ActionFilter::Owner(person.id)
    }
}

/// Whether somebody sees the actions of all services.
pub fn sees_every_one(person: &Person, today: Date) -> bool {
    [Role::QualityLead, Role::SeniorManager, Role::AuditServices]
        .into_iter()
        .any(|role| person.is(role, today))
}

impl ActionsPage {
    /// The page of these actions for this person on this day.
    pub fn new(
        frame: Frame,
        actions: &[Action],
        (person, today): (&Person, Date),
        around: &Around,
    ) -> Self {
        let has_none = actions.is_empty() && around.narrowed == Narrowed::default();
        let whose = match (filter(person, today), has_none) {
            (ActionFilter::Every, true) => "There are no actions yet.",
            (ActionFilter::Every, false) => "Every action, of all services.",
            (ActionFilter::OwnerOrPlaces(..), true) => {
                "You have no actions, and nor have the places that you answer for."
            }
            (ActionFilter::OwnerOrPlaces(..), false) => {
                "Your own actions, and those on the records of the places that you answer for."
            }
            (ActionFilter::OwnerOrVerified(_), true) => "Nothing waits to be looked at again.",
            (ActionFilter::OwnerOrVerified(_), false) => {
                "What was verified and is to be looked at again, and your own actions."
            }
            (_, true) => "You have no actions.",
            (_, false) => "Your own actions, and those that you confirm.",
        };
        let cut = (actions.len() >= AT_ONCE).then(|| {
            format!("Only {AT_ONCE} actions are listed: those not verified first, by due day.")
        });
        let sees_every_one = sees_every_one(person, today);
        Self {
            frame,
            whose,
            filters: filters(around, sees_every_one),
            narrowed: narrowed_to(around),
            all: links::actions(),
            nothing: (actions.is_empty() && !has_none).then_some("No action is like that."),
            groups: groups(actions, (person, today), around),
            cut,
        }
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

        let page = |actions: &[Action], person: &Person, around: &Around| {
            Self::new(Frame::new("Actions"), actions, (person, sample::TODAY), around)
        };
        let (owner, lead) = (sample::owner(), sample::lead());
        let actions: Vec<Action> =
            sample::in_hand().into_iter().map(|in_hand| in_hand.action).collect();
        let crowd: Vec<Action> = actions.iter().cycle().take(AT_ONCE).cloned().collect();
        let none = Around::default();
        let around = Around {
            counts: RegisterCounts { open: 9, overdue: 4, ages: [3, 3, 2, 1], ..none.counts },
            before: sample::around().before,
            services: vec![(sample::SERVICE, crate::govuk::HOSTILE.to_owned())],
            narrowed: Narrowed { standing: Some(Standing::Overdue), ..Narrowed::default() },
            restricted: Restricted::default(),
        };
        vec![
            page(&[], &owner, &none),
            page(&actions, &owner, &none),
            page(&actions, &lead, &around),
            page(&[], &lead, &around),
            page(&crowd, &lead, &none),
        ]
    }
}

/// The groups in the order of the page, without the empty ones; what unfolds, where nothing is left
/// to do in a group.
const HEADINGS: [(&str, Option<&str>); 9] = [
    ("Nobody owns these", None),
    ("Overdue", None),
    ("This week", None),
    ("Later", None),
    ("Waiting for somebody to look", None),
    ("To be looked at again", None),
    ("Verified", Some("Show the actions that were verified")),
    ("Held", Some("Show the actions that held")),
    ("Closed without action", Some("Show what was closed without action")),
];

fn groups(actions: &[Action], (person, today): (&Person, Date), around: &Around) -> Vec<Group> {
    HEADINGS
        .into_iter()
        .map(|(heading, folded)| {
            let of_group = actions.iter().filter(|action| group(action, today) == heading);
            let lines = of_group.map(|action| line(action, (person, today), around)).collect();
            // Somebody who asked for just these wants to see them.
            let folded = folded.filter(|_| around.narrowed.standing.is_none());
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
        ActionStage::Verified(_) if action.waits_for_recheck(today) => "To be looked at again",
        ActionStage::Verified(_) => "Verified",
        ActionStage::Held { .. } => "Held",
        ActionStage::NotNeeded { .. } => "Closed without action",
    }
}

/// The line begins with the verb where this person can do what comes next.
fn line(action: &Action, (person, today): (&Person, Date), around: &Around) -> Line {
    let may = |deed| permits(person, deed, today);
    let is_hidden = around.restricted.hides(&action.reference);
    let about = if is_hidden { "an action".to_owned() } else { action.about() };
    let what = format!("{about} on {}", action.reference);
    let words = match action.stage {
        ActionStage::Open if action.more_time.is_some() && may(Deed::GiveAction(action)) => {
            format!("Decide about more time for {what}")
        }
        ActionStage::Open if may(Deed::AddressAction(action)) => format!("Address {what}"),
        ActionStage::Open if action.owner.is_none() && may(Deed::GiveAction(action)) => {
            format!("Find an owner for {what}")
        }
        ActionStage::Addressed { .. } if may(Deed::VerifyAction(action)) => {
            format!("Verify {what}")
        }
        ActionStage::Verified(_)
            if action.waits_for_recheck(today) && may(Deed::RecheckAction(action)) =>
        {
            format!("Look again at {what}")
        }
        _ => what,
    };
    Line {
        words,
        href: may(Deed::ReadAction(action)).then(|| links::action(action.id)),
        facts: line_facts(action, (today, is_hidden), around),
    }
}

/// *Nia Pell · due on 4 December 2026, moved from 20 November 2026 · found 34 days ago*.
fn line_facts(action: &Action, (today, is_hidden): (Date, bool), around: &Around) -> String {
    let day = match &action.stage {
        ActionStage::Open => match action.days_overdue(today) {
            Some(1) => format!("due on {}, 1 day overdue", day_in_words(action.due)),
            Some(days) => format!("due on {}, {days} days overdue", day_in_words(action.due)),
            None => format!("due on {}", day_in_words(action.due)),
        },
        ActionStage::Addressed { on, .. } => format!("addressed on {}", day_in_words(*on)),
        ActionStage::Verified(it) => format!("verified on {}", day_in_words(it.on)),
        ActionStage::Held { on, .. } => format!("held on {}", day_in_words(*on)),
        ActionStage::NotNeeded { on, .. } => format!("closed on {}", day_in_words(*on)),
    };
    let moved = (action.is_open() && action.due != action.first_due)
        .then(|| format!("at first due on {}", day_in_words(action.first_due)));
    let age = action.is_open().then(|| match action.days_old(today) {
        0 => "found today".to_owned(),
        1 => "found 1 day ago".to_owned(),
        days => format!("found {days} days ago"),
    });
    let asks = (action.is_open() && action.more_time.is_some())
        .then(|| "more time is asked for".to_owned());
    let again = super::facts::found_again(action, &around.before).map(|_| "found again".to_owned());
    let rest = [moved, asks, age, again].into_iter().flatten();
    // Whoever owns it is often whoever holds the record.
    let owner = action.owner_name.iter().filter(|_| !is_hidden).cloned();
    let facts: Vec<String> = owner.chain(std::iter::once(day)).chain(rest).collect();
    sentence_case(&facts.join(" · "))
}
