//! Open actions that nobody sees to, each with the button that puts it right.

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::action::Action;
use quarterlight_domain::action::orphans::{DAYS_WITHOUT_OWNER, Why};
use quarterlight_domain::independence::manages;
use quarterlight_domain::person::Person;

use crate::form::TypedDate;
use crate::govuk::Button;
use crate::links;

/// Days that whoever gets an action whose day is past or near has for it.
const DAYS_TO_ACT: i32 = 28;

/// A form of one button: where it is sent, what it sends, and the button.
#[derive(Debug, Clone)]
pub struct Repair {
    /// Where it is sent.
    pub action: String,
    /// What it sends.
    pub fields: Vec<(&'static str, String)>,
    /// Sends it.
    pub button: Button,
}

/// An action that nobody sees to, as the page shows it.
#[derive(Debug, Clone)]
pub struct Orphan {
    /// Its words and where it is.
    pub link: (String, String),
    /// Why it is listed.
    pub why: String,
    /// The form that puts it right, for those who may.
    pub repair: Option<Repair>,
}

/// The actions as the page shows them.
pub fn shown(all: &[(&Action, Why)], people: &[Person], today: Date, repairs: bool) -> Vec<Orphan> {
    let show = |(action, why): &(&Action, Why)| {
        let owner = action.owner_name.as_deref().unwrap_or("Its owner");
        Orphan {
            link: (format!("{} on {}", action.about(), action.reference), links::action(action.id)),
            why: match why {
                Why::NoOwner => format!(
                    "Nobody has owned it for {DAYS_WITHOUT_OWNER} days or more: it was found {} \
                     days ago.",
                    action.days_old(today)
                ),
                Why::OwnerHasLeft => format!("{owner} has no role here any more."),
                Why::Withdrawn => {
                    "A second reading has settled that the standard is met or does not apply."
                        .to_owned()
                }
            },
            repair: repairs.then(|| repair(action, *why, people, today)).flatten(),
        }
    };
    all.iter().map(show).collect()
}

fn repair(action: &Action, why: Why, people: &[Person], today: Date) -> Option<Repair> {
    if why == Why::Withdrawn {
        let reason = "A second reading has settled that the standard is met or does not apply.";
        let fields = vec![("reason", reason.to_owned())];
        let button = Button::submit(format!("Close {} without action", action.about()));
        let action = links::close_action(action.id);
        return Some(Repair { action, fields, button: button.secondary() });
    }
    let manager = people.iter().find(|it| manages(it, &action.whereabouts, today))?;
    let later = today.saturating_add(DAYS_TO_ACT.days());
    let due = TypedDate::of(if action.due < today { later } else { action.due });
    let fields = vec![
        ("owner", manager.id.to_string()),
        ("due-day", due.day),
        ("due-month", due.month),
        ("due-year", due.year),
    ];
    let button = Button::submit(format!("Give {} to {}", action.about(), manager.name));
    Some(Repair { action: links::give(action.id), fields, button: button.secondary() })
}
