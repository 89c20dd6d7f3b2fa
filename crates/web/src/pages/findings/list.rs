//! Findings that are alike, offered for joining, and open actions that nobody sees to.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::action::Action;
use quarterlight_domain::action::alike::{Alike, Likeness, alike};
use quarterlight_domain::action::orphans::{Why, orphans};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::ThemeId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::person::Person;

use super::repairs::{self, Orphan};
use crate::app::App;
use crate::govuk::{Button, CheckboxItem, Checkboxes, Field, LabelSize};
use crate::layout::Frame;
use crate::permit::{SeeFindings, Through};
use crate::restricted::Restricted;
use crate::{links, page};

/// Findings that are alike.
#[derive(Debug, Clone)]
struct Group {
    /// Where the form is sent.
    action: String,
    /// The findings, all of them chosen.
    choices: Checkboxes,
    /// Joins them; none for those who may not.
    button: Option<Button>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/findings/list.html")]
pub struct FindingsPage {
    frame: Frame,
    sentence: String,
    groups: Vec<Group>,
    orphans: Vec<Orphan>,
    themes: String,
    practice: String,
}

/// What the page is made of.
#[derive(Debug, Clone, Default)]
struct Around {
    people: Vec<Person>,
    themes: BTreeMap<ThemeId, String>,
    joins: bool,
    /// That some are restricted.
    hidden: Option<String>,
}

/// Shows what is alike and what nobody sees to.
///
/// # Errors
/// There is no such page for those who do not see all findings.
pub async fn get(app: App, visitor: Through<SeeFindings>) -> page::Result {
    let today = visitor.today;
    let mut open = app.store.actions.open().await?;
    // What was found of a restricted record is read at its action, which asks why.
    let restricted = Restricted::today(&app, &visitor).await?;
    let hidden = restricted.take_out(&mut open, |it| &it.reference);
    let themes = app.store.findings.themes().await?;
    let withdrawn = app.store.findings.withdrawn().await?;
    let names = app.store.themes.all().await?.into_iter().map(|it| (it.id, it.name)).collect();
    let people = app.store.people.all().await?.into_iter().map(|line| line.person).collect();
    let joins = permits(&visitor.person, Deed::JoinFindings, today);
    let around = Around { people, themes: names, joins, hidden };
    let orphans = orphans(&open, &around.people, &withdrawn, today);
    let frame = visitor.frame(&app, "Findings side by side", "Findings");
    page::show(&FindingsPage::new(frame, &alike(&open, &themes), &orphans, (&around, today)))
}

impl FindingsPage {
    fn new(
        frame: Frame,
        alike: &[Alike<'_>],
        orphans: &[(&Action, Why)],
        (around, today): (&Around, Date),
    ) -> Self {
        let groups: Vec<Group> =
            alike.iter().enumerate().map(|(place, it)| group(place, it, around)).collect();
        let sentence = |words: String| match &around.hidden {
            Some(hidden) => format!("{words} {hidden}"),
            None => words,
        };
        Self {
            frame,
            sentence: sentence(if groups.is_empty() {
                "No open findings are alike.".to_owned()
            } else {
                "One action can see to several findings; each finding keeps its own line, and can \
                 be taken apart again. Joined findings go on under the action that is due first."
                    .to_owned()
            }),
            groups,
            orphans: repairs::shown(orphans, &around.people, today, around.joins),
            themes: links::finding_themes(None),
            practice: links::practice(),
        }
    }

    /// Nothing, and every kind of group and of action that nobody sees to, with hostile words.
    pub fn samples() -> Vec<Self> {
        use super::sample;

        let today = sample::TODAY;
        let all: Vec<Action> = sample::open();
        let around = Around {
            people: vec![sample::manager()],
            themes: [(ThemeId(1), crate::govuk::HOSTILE.to_owned())].into(),
            joins: true,
            hidden: None,
        };
        let groups: Vec<Alike<'_>> = Likeness::ALL
            .into_iter()
            .map(|likeness| {
                let theme = (likeness == Likeness::Theme).then_some(ThemeId(1));
                Alike { likeness, theme, actions: all.iter().take(3).collect() }
            })
            .collect();
        let orphans: Vec<_> = all.iter().zip(Why::ALL).collect();
        let frame = || Frame::new("Findings side by side");
        vec![
            Self::new(frame(), &[], &[], (&Around::default(), today)),
            Self::new(frame(), &groups, &orphans, (&around, today)),
        ]
    }
}

fn group(place: usize, alike: &Alike<'_>, around: &Around) -> Group {
    let first = alike.actions.first();
    let service = first.and_then(|it| it.found.service_name.as_deref()).unwrap_or("No service");
    let standard = first.map_or_else(String::new, |it| it.standard.to_string());
    let heading = match alike.likeness {
        Likeness::Doubled => {
            let owner = first.and_then(|it| it.owner_name.as_deref()).unwrap_or("somebody");
            format!("Perhaps one thing more than once: {standard} in {service}, with {owner}")
        }
        Likeness::Standard => {
            let quarter = first.map_or_else(String::new, |it| it.found.quarter.words());
            format!("{standard} in {service}, {quarter}")
        }
        Likeness::Theme => {
            let theme = alike.theme.and_then(|id| around.themes.get(&id));
            format!("{} in {service}", theme.map_or("One theme", String::as_str))
        }
    };
    let item = |it: &&Action| {
        let owner = it.owner_name.as_deref().unwrap_or("nobody");
        let words =
            format!("{} on {}: {owner}, due on {}", it.about(), it.reference, day_in_words(it.due));
        CheckboxItem::new(it.id.to_string(), words)
    };
    let items: Vec<CheckboxItem> = alike.actions.iter().map(item).collect();
    let chosen = alike.actions.iter().map(|it| it.id.to_string()).collect();
    let field = Field::new("actions", heading.clone())
        .id(format!("actions-{place}"))
        .size(LabelSize::Small);
    Group {
        action: links::join_findings(),
        choices: Checkboxes::new(field, items).values(chosen),
        button: around.joins.then(|| Button::submit(format!("Join: {heading}")).secondary()),
    }
}
