//! How somebody signs in: with what, where they are signed in now, and what happened lately.

use askama::Template;
use axum::extract::Query;
use quarterlight_domain::hex::hex;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{EventFilter, EventLine, SessionLine, SignInLine, SignsInWith};
use serde::Deserialize;

use super::own;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, Column, HOSTILE, SummaryList, SummaryRow, Table, WarningText};
use crate::layout::Frame;
use crate::permit::{KeepOwnAccount, Through};
use crate::session::First;
use crate::sign_in::from::From;
use crate::{links, page};

/// So many of the latest events are shown.
const EVENTS: usize = 20;

/// What was done just before.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Saved {
    saved: String,
}

/// Which session is to end: one by its word, or all others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    session: String,
}

/// A session as the page shows it.
#[derive(Debug, Clone)]
struct Shown {
    words: String,
    is_here: bool,
    button: Button,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/account/show.html")]
pub struct AccountPage {
    frame: Frame,
    must: Option<WarningText>,
    with: SummaryList,
    sessions: Vec<Shown>,
    action: String,
    all: Option<Button>,
    events: Table,
}

/// Shows it.
///
/// # Errors
/// There is no such page for whoever holds no role.
pub async fn get(
    app: App,
    visitor: Through<KeepOwnAccount>,
    Query(saved): Query<Saved>,
) -> page::Result {
    let line = own(&app, &visitor).await?;
    let sessions = app.store.sessions.of(visitor.id()).await?;
    let filter = EventFilter { person: Some(visitor.id()), most: EVENTS, ..EventFilter::default() };
    let events = app.store.sign_ins.events(&filter).await?;
    let mut frame = visitor.frame(&app, "How you sign in", "");
    frame.saved = match saved.saved.as_str() {
        "password" => Some("Your password is changed. Every other session has ended.".to_owned()),
        "codes" => Some("One-time codes are on.".to_owned()),
        "codes-off" => Some("One-time codes are off.".to_owned()),
        _ => None,
    };
    let must = visitor.first == Some(First::TakeSecond);
    if must {
        frame.navigation.clear();
    }
    let sessions = (sessions.as_slice(), visitor.session.as_slice());
    page::show(&AccountPage::new(frame, (must, &line), sessions, &events))
}

/// Ends one session, or every other one.
///
/// # Errors
/// Fails if the database does. A session that has ended already is no error.
pub async fn post(
    app: App,
    from: From,
    visitor: Through<KeepOwnAccount>,
    Filled(form): Filled<EndForm>,
) -> page::Result {
    let stamp = visitor.stamp("ended a session of theirs");
    let happened = from.happened(&app, SignInEvent::EndedBySelf, Some(visitor.id()));
    if form.session == "others" {
        app.store.sessions.end_others(&stamp, Some(&visitor.session), &happened).await?;
        return page::see_other(links::account());
    }
    let sessions = app.store.sessions.of(visitor.id()).await?;
    let Some(one) = sessions.iter().find(|it| word(&it.token) == form.session) else {
        return page::see_other(links::account());
    };
    if one.token == visitor.session {
        return Err(Failure::Unreadable);
    }
    app.store.sessions.end(&stamp, &one.token, &happened).await?;
    page::see_other(links::account())
}

/// By which a session is told from others on a page: no part of what opens it.
fn word(token: &[u8]) -> String {
    hex(token.get(..8).unwrap_or(token))
}

impl AccountPage {
    fn new(
        frame: Frame,
        (must, line): (bool, &SignInLine),
        (sessions, here): (&[SessionLine], &[u8]),
        events: &[EventLine],
    ) -> Self {
        let warning = "Something besides your password is asked of your role. Switch one-time codes on or add a passkey; then everything else opens.";
        Self {
            frame,
            must: must.then(|| WarningText::new(warning)),
            with: with(line),
            all: (sessions.len() > 1).then(|| {
                Button::submit("End every other session").warning().answer("session", "others")
            }),
            sessions: sessions.iter().map(|it| shown(it, here)).collect(),
            action: links::own_sessions(),
            events: table(events),
        }
    }

    /// Alone with nothing but a password; and everything, with hostile words.
    pub fn samples() -> Vec<Self> {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let person = quarterlight_domain::id::PersonId(1);
        let line = |name: &str, with| SignInLine {
            person,
            name: name.to_owned(),
            email: name.to_owned(),
            with,
            last: Some(at),
        };
        let session = |token: u8| SessionLine {
            token: vec![token; 32],
            started: at,
            seen: at,
            network: HOSTILE.to_owned(),
            browser: HOSTILE.to_owned(),
        };
        let event = EventLine {
            event: SignInEvent::PasskeyAdded,
            at,
            person: Some((person, HOSTILE.to_owned())),
            account: None,
            by: Some(HOSTILE.to_owned()),
            network: HOSTILE.to_owned(),
            browser: HOSTILE.to_owned(),
            detail: HOSTILE.to_owned(),
        };
        let everything =
            SignsInWith { password: true, codes: true, passkeys: 2, recovery_codes: 9 };
        let few = SignsInWith { password: true, ..SignsInWith::default() };
        let frame = || Frame::new("How you sign in");
        vec![
            Self::new(frame(), (true, &line("Priya Anand", few)), (&[session(1)], &[1; 32]), &[]),
            Self::new(
                frame(),
                (false, &line(HOSTILE, everything)),
                (&[session(1), session(2)], &[1; 32]),
                &[event],
            ),
        ]
    }
}

fn with(line: &SignInLine) -> SummaryList {
    let with = line.with;
    let on = |is_on| if is_on { "On" } else { "Off" };
    let passkeys = match with.passkeys {
        0 => "None".to_owned(),
        count => count.to_string(),
    };
    SummaryList::new(vec![
        SummaryRow::new("Email address", line.email.clone()),
        SummaryRow::new("Password", "Kept as a hash, which nobody can read back")
            .change(links::own_password()),
        SummaryRow::new("One-time codes", on(with.codes)).change(links::own_codes()),
        SummaryRow::new("Passkeys", passkeys).change(links::own_passkeys()),
        SummaryRow::new("Recovery codes", format!("{} left", with.recovery_codes))
            .change(links::own_recovery_codes()),
    ])
}

fn shown(line: &SessionLine, here: &[u8]) -> Shown {
    let place = match (line.browser.is_empty(), line.network.is_empty()) {
        (true, _) => "Not known where".to_owned(),
        (false, true) => line.browser.clone(),
        (false, false) => format!("{}, from {}", line.browser, line.network),
    };
    let began = moment_in_words(line.started);
    Shown {
        words: format!("{place}. Since {began}, last seen {}.", moment_in_words(line.seen)),
        is_here: line.token == here,
        button: Button::submit(format!("End the session since {began}"))
            .secondary()
            .answer("session", word(&line.token)),
    }
}

fn table(events: &[EventLine]) -> Table {
    let columns = ["When", "What", "Where"].map(Column::words).to_vec();
    let rows = events.iter().map(|it| {
        let what = match it.detail.as_str() {
            "" => it.event.words().to_owned(),
            detail => format!("{}: {detail}", it.event.words()),
        };
        let place = match it.network.as_str() {
            "" => it.browser.clone(),
            network => format!("{}, from {network}", it.browser),
        };
        vec![moment_in_words(it.at).into(), what.into(), place.into()]
    });
    Table::new("events", "What happened lately", columns)
        .rows(rows.collect())
        .empty("Nothing is noted yet.")
}
