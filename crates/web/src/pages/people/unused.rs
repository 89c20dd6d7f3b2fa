//! Grants that nobody uses, grants that end soon, and people whose worker is no longer on the case list.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use quarterlight_domain::access::grant::{KeptGrant, Standing};
use quarterlight_domain::access::used::{Used, used};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_report::words::{self, Noun};
use quarterlight_store::Activity;

use crate::app::App;
use crate::govuk::{Column, Content, HOSTILE, Table};
use crate::layout::Frame;
use crate::permit::{SeePeople, Through};
use crate::{links, page};

/// For how many days a grant may go unused before it is listed, and within how many one ends soon.
const DAYS: i64 = 90;
const SOON: i64 = 30;

const GRANT: Noun = Noun::new("grant", "grants");

/// The grants that nobody uses.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/people/unused.html")]
pub struct UnusedPage {
    frame: Frame,
    sentence: String,
    unused: Table,
    ending: Table,
    gone: Table,
}

/// What the page is made from.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Every grant.
    pub grants: Vec<KeptGrant>,
    /// Everybody's name.
    pub names: BTreeMap<PersonId, String>,
    /// What each did in the last ninety days.
    pub did: BTreeMap<PersonId, Activity>,
    /// Those who sign in as a worker of whom the current case list knows no record.
    pub gone: Vec<PersonId>,
}

/// Shows them.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(app: App, visitor: Through<SeePeople>) -> page::Result {
    let since = visitor.at.saturating_sub(SignedDuration::from_hours(DAYS * 24));
    let people = app.store.people.all().await?;
    let around = Around {
        grants: app.store.grants.all().await?,
        names: people.into_iter().map(|it| (it.person.id, it.person.name)).collect(),
        did: app.store.grants.activity(since.unwrap_or(visitor.at)).await?,
        gone: app.store.grants.workers_who_left().await?,
    };
    let frame = visitor.frame(&app, "Grants that nobody uses", "People");
    page::show(&UnusedPage::new(frame, &around, visitor.today))
}

impl UnusedPage {
    fn new(frame: Frame, around: &Around, today: Date) -> Self {
        let stands = |it: &&KeptGrant| it.standing(today) == Standing::Holds;
        let standing: Vec<&KeptGrant> = around.grants.iter().filter(stands).collect();
        let found: Vec<(&KeptGrant, Used)> = standing
            .iter()
            .map(|it| {
                let none = Activity::default();
                let did = around.did.get(&it.person).unwrap_or(&none);
                let nouns = did.did.keys().map(String::as_str).collect::<Vec<_>>();
                (*it, used(it.grant.role, did.seen.is_some(), &nouns))
            })
            .filter(|(_, used)| *used != Used::Yes)
            .collect();
        let soon = today.saturating_add(SOON.days());
        let ends = |it: &&&KeptGrant| it.grant.until.is_some_and(|until| until <= soon);
        let ending: Vec<&KeptGrant> = standing.iter().filter(ends).copied().collect();
        let gone = standing.iter().filter(|it| around.gone.contains(&it.person));
        let gone: Vec<&KeptGrant> = gone.copied().collect();
        let all = words::count(u64::try_from(standing.len()).unwrap_or_default(), &GRANT);
        Self {
            frame: Frame { breadcrumbs: vec![("People".to_owned(), links::people())], ..frame },
            sentence: format!(
                "{} of {all} that hold today were not used in the last {DAYS} days, or not for what \
                 the role is for.",
                found.len()
            ),
            unused: unused(&found, around),
            ending: table("ending", &format!("Ending within {SOON} days"), &ending, around)
                .empty(format!("No grant ends within {SOON} days.")),
            gone: table("gone", "Of people whose worker holds no record any more", &gone, around)
                .empty("Everybody who signs in as a worker holds a record."),
        }
    }

    /// None, and some with hostile words.
    pub fn samples() -> Vec<Self> {
        let (people, grants) = super::sample::all();
        let names = people.iter().map(|it| (it.person.id, HOSTILE.to_owned())).collect();
        let gone = people.iter().map(|it| it.person.id).collect();
        let around = Around { grants, names, gone, did: BTreeMap::new() };
        let frame = || Frame::new("Grants that nobody uses");
        let today = crate::invented::TODAY;
        vec![Self::new(frame(), &Around::default(), today), Self::new(frame(), &around, today)]
    }
}

fn unused(found: &[(&KeptGrant, Used)], around: &Around) -> Table {
    let columns = vec![
        Column::words("Who"),
        Column::words("Role"),
        Column::words("Over"),
        Column::words("Last seen"),
        Column::words("What is missing"),
    ];
    let row = |(it, used): &(&KeptGrant, Used)| {
        let seen = around.did.get(&it.person).and_then(|did| did.seen);
        let seen = seen.map_or_else(|| format!("Not in {DAYS} days"), moment_in_words);
        let mut row = named(it, around);
        row.extend([Content::text(seen), Content::text(used.words())]);
        row
    };
    Table::new("unused", "Not used", columns)
        .rows(found.iter().map(row).collect())
        .empty("Every grant was used.")
}

fn table(id: &str, caption: &str, grants: &[&KeptGrant], around: &Around) -> Table {
    let columns = vec![
        Column::words("Who"),
        Column::words("Role"),
        Column::words("Over"),
        Column::words("Until"),
    ];
    let row = |it: &&KeptGrant| {
        let mut row = named(it, around);
        let until = it.grant.until.map_or_else(|| "No end".to_owned(), day_in_words);
        row.push(Content::text(until));
        row
    };
    Table::new(id, caption, columns).rows(grants.iter().map(row).collect())
}

fn named(it: &KeptGrant, around: &Around) -> Vec<Content> {
    let name = around.names.get(&it.person).cloned().unwrap_or_default();
    vec![
        Content::link(name, links::person(it.person)),
        Content::text(it.grant.role.words()),
        Content::text(it.place.clone()),
    ]
}
