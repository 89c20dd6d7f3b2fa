//! What is noted of signing in, for the administrator and for information governance.

use askama::Template;
use axum::extract::Query;
use quarterlight_domain::hex::hex;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::permission::{Deed, SignInDeed, permits};
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{EventFilter, EventLine, PersonLine};
use serde::Deserialize;

use crate::app::App;
use crate::govuk::{
    Button, Column, Content, Field, HOSTILE, Select, SelectItem, Table, TagColour, TextInput,
};
use crate::layout::Frame;
use crate::permit::{SeeSignIns, Through};
use crate::{links, page};

/// So many are shown at once.
const MOST: usize = 200;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    what: String,
    who: String,
    network: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sign_ins/list.html")]
pub struct SignInsPage {
    frame: Frame,
    action: String,
    what: Select,
    who: Select,
    network: TextInput,
    button: Button,
    events: Table,
    is_full: bool,
    people: Option<String>,
}

/// Shows the latest, or those that are asked for.
///
/// # Errors
/// There is no such page for anybody else.
pub async fn get(
    app: App,
    visitor: Through<SeeSignIns>,
    Query(asked): Query<Asked>,
) -> page::Result {
    let network = asked.network.trim();
    let filter = EventFilter {
        event: SignInEvent::from_code(&asked.what),
        person: asked.who.parse().ok().map(PersonId),
        network: (!network.is_empty()).then(|| network.to_owned()),
        most: MOST,
    };
    let events = app.store.sign_ins.events(&filter).await?;
    let people = app.store.people.all().await?;
    let sees = permits(&visitor.person, Deed::SignIn(SignInDeed::SeePeople), visitor.today);
    let frame = visitor.frame(&app, "Sign-ins", "Sign-ins");
    page::show(&SignInsPage::new(frame, &asked, (&events, &people), sees))
}

impl SignInsPage {
    fn new(
        frame: Frame,
        asked: &Asked,
        (events, people): (&[EventLine], &[PersonLine]),
        sees_people: bool,
    ) -> Self {
        let kinds = SignInEvent::ALL.map(|it| SelectItem::new(it.code(), it.words()));
        let everybody = people
            .iter()
            .map(|it| SelectItem::new(it.person.id.to_string(), it.person.name.clone()));
        let first = |words| [SelectItem::new("", words)].into_iter();
        let columns = ["When", "What", "Whose", "From where", "By"].map(Column::words).to_vec();
        Self {
            frame,
            action: links::sign_ins(),
            what: Select::new(
                Field::new("what", "What happened"),
                first("Anything").chain(kinds).collect(),
            )
            .value(asked.what.clone()),
            who: Select::new(
                Field::new("who", "Whose account"),
                first("Anybody’s").chain(everybody).collect(),
            )
            .value(asked.who.clone()),
            network: TextInput::new(
                Field::new("network", "Network address").hint("As the list shows it."),
            )
            .value(asked.network.clone()),
            button: Button::submit("Show"),
            is_full: events.len() >= MOST,
            events: Table::new("events", "What happened, the latest first", columns)
                .rows(events.iter().map(row).collect())
                .empty("Nothing of this kind is noted."),
            people: sees_people.then(links::sign_in_people),
        }
    }

    /// Nothing, and an event of every kind with hostile words.
    pub fn samples() -> Vec<Self> {
        let line = |event| EventLine {
            event,
            at: jiff::Timestamp::UNIX_EPOCH,
            person: (event != SignInEvent::Wrong).then(|| (PersonId(1), HOSTILE.to_owned())),
            account: (event == SignInEvent::Wrong).then(|| vec![1, 2, 3, 4]),
            by: Some(HOSTILE.to_owned()),
            network: HOSTILE.to_owned(),
            browser: HOSTILE.to_owned(),
            detail: HOSTILE.to_owned(),
        };
        let asked = Asked {
            what: HOSTILE.to_owned(),
            who: HOSTILE.to_owned(),
            network: HOSTILE.to_owned(),
        };
        let frame = || Frame::new("Sign-ins");
        vec![
            Self::new(frame(), &Asked::default(), (&[], &[]), false),
            Self::new(frame(), &asked, (&SignInEvent::ALL.map(line), &[]), true),
        ]
    }
}

fn row(line: &EventLine) -> Vec<Content> {
    let words = match line.detail.as_str() {
        "" => line.event.words().to_owned(),
        detail => format!("{}: {detail}", line.event.words()),
    };
    let what =
        if line.event.is_refusal() { Content::tag(words, TagColour::Red) } else { words.into() };
    let whose = match (&line.person, &line.account) {
        (Some((_, name)), _) => name.clone(),
        // Tries for one address have one word; the address itself is not kept.
        (None, Some(account)) => format!("Nobody’s ({})", hex(account.get(..4).unwrap_or(account))),
        (None, None) => "Not known".to_owned(),
    };
    let place = match line.network.as_str() {
        "" => line.browser.clone(),
        network => format!("{network}, {}", line.browser),
    };
    let by = line.by.clone().unwrap_or_default();
    vec![moment_in_words(line.at).into(), what, whose.into(), place.into(), by.into()]
}
