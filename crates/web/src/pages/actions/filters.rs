//! The links that narrow the register of actions, each with its count and what that is out of.

use quarterlight_domain::action::ageing::Age;
use quarterlight_domain::figures::RegisterCounts;
use quarterlight_store::{Narrowed, Standing};
use serde::Deserialize;

use super::list::Around;
use crate::links;

/// What the address asks for, as written there; what is not known is left aside.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    show: String,
    age: String,
    service: String,
    theme: String,
    sort: String,
}

impl Asked {
    /// What the register is narrowed to.
    pub fn narrowed(&self) -> Narrowed {
        Narrowed {
            standing: Standing::from_code(&self.show),
            age: Age::from_code(&self.age),
            service: self.service.parse().ok(),
            theme: self.theme.parse().ok(),
            oldest_first: self.sort == "age",
        }
    }
}

/// Links that answer one question.
#[derive(Debug, Clone)]
pub struct Choices {
    /// The question.
    pub heading: &'static str,
    /// The links: the words with the count, where each leads, and whether it is the present one.
    pub links: Vec<(String, String, bool)>,
}

/// The links for this register.
pub fn filters(around: &Around, sees_every_one: bool) -> Vec<Choices> {
    let (counts, now) = (&around.counts, around.narrowed);
    let all = (format!("All ({})", counts.all()), None);
    let standing = std::iter::once(all).chain(Standing::ALL.into_iter().filter_map(|it| {
        let (count, of) = count(it, counts)?;
        Some((format!("{} ({count} of {of})", words(it)), Some(it)))
    }));
    let standing = standing.map(|(words, standing)| {
        let to = Narrowed { standing, age: None, ..now };
        (words, links::register(&to), now.standing == standing && now.age.is_none())
    });
    let mut choices = vec![Choices { heading: "How they stand", links: standing.collect() }];
    if counts.open > 0 {
        let ages = Age::ALL.into_iter().zip(counts.ages).map(|(age, count)| {
            let to = Narrowed { standing: Some(Standing::Open), age: Some(age), ..now };
            let words = format!("{} ({count} of {} open)", age.words(), counts.open);
            (words, links::register(&to), now.age == Some(age))
        });
        choices.push(Choices { heading: "Found", links: ages.collect() });
    }
    if sees_every_one && around.services.len() > 1 {
        let all = [("All services".to_owned(), None)].into_iter();
        let named = around.services.iter().map(|(id, name)| (name.clone(), Some(*id)));
        let services = all.chain(named).map(|(words, service)| {
            let to = Narrowed { service, ..now };
            (words, links::register(&to), now.service == service)
        });
        choices.push(Choices { heading: "Service", links: services.collect() });
    }
    let orders = [("Due first", false), ("Oldest first", true)].map(|(words, oldest_first)| {
        let to = Narrowed { oldest_first, ..now };
        (words.to_owned(), links::register(&to), now.oldest_first == oldest_first)
    });
    choices.push(Choices { heading: "Order", links: orders.into() });
    choices
}

/// How many there are of how many; none for what is not counted.
fn count(standing: Standing, counts: &RegisterCounts) -> Option<(u32, String)> {
    let all = counts.all().to_string();
    let open = || format!("{} open", counts.open);
    Some(match standing {
        Standing::Open => (counts.open, all),
        Standing::Overdue => (counts.overdue, open()),
        Standing::WithoutOwner => (counts.without_owner, open()),
        Standing::MoreTime => return None,
        Standing::Addressed => (counts.addressed, all),
        Standing::ToRecheck => (counts.to_recheck, format!("{} verified", counts.verified)),
        Standing::Verified => (counts.verified, all),
        Standing::Held => (counts.held, all),
        Standing::NotNeeded => (counts.not_needed, all),
    })
}

const fn words(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "Open",
        Standing::Overdue => "Overdue",
        Standing::WithoutOwner => "Nobody owns these",
        Standing::MoreTime => "More time asked for",
        Standing::Addressed => "Waiting for somebody to look",
        Standing::ToRecheck => "To be looked at again now",
        Standing::Verified => "Verified, not looked at again",
        Standing::Held => "Held",
        Standing::NotNeeded => "Closed without action",
    }
}

/// What the register is narrowed to, in words; none where it is all there.
pub fn narrowed_to(around: &Around) -> Option<String> {
    let now = around.narrowed;
    let service = now.service.and_then(|id| {
        around.services.iter().find(|(other, _)| *other == id).map(|(_, name)| name.clone())
    });
    let standing = now.standing.map(|it| words(it).to_owned());
    let age = now.age.map(|age| format!("found {} ago", age.words()));
    let parts: Vec<String> = [standing, age, service].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Shown here: {}.", parts.join(" · ")))
}
