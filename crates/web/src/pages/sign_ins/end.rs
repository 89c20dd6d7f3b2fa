//! Ending somebody's second factor, or every session of theirs, with a reason.

use axum::extract::Path;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::sign_in::event::SignInEvent;
use serde::Deserialize;

use super::reset::{Sent, others, shown};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::permit::{SeeSignInPeople, Through};
use crate::sign_in::from::From;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    lost: String,
    sessions: String,
}

/// Ends what somebody signs in with besides a password, and their sessions.
///
/// # Errors
/// There is no such page of oneself. Refuses whoever has made that person a code for a new password
/// within the day.
pub async fn factors(
    app: App,
    from: From,
    visitor: Through<SeeSignInPeople>,
    Path(person): Path<String>,
    Filled(form): Filled<EndForm>,
) -> page::Result {
    let line = others(&app, &visitor, &person).await?;
    let mut errors = Errors::default();
    let ask = "Say why it ends, and how you know that it is them";
    let Some(why) = errors.reason("lost", &form.lost, ask) else {
        let sent = Sent { lost: form.lost, errors, ..Sent::default() };
        return page::again(&shown(&app, &visitor, &line, (None, &sent)));
    };
    let mut happened = from.happened(&app, SignInEvent::FactorsEnded, Some(line.person));
    happened.by = Some(visitor.id());
    let stamp = visitor.stamp("ended somebody’s second factor");
    if !app.store.sign_ins.end_factors(&stamp, line.person, &why, &happened).await? {
        return Err(Refusal::because(
            "You made this person a code for a new password within the last day. Password and second factor together are the whole account, and take two people: another administrator ends the factor, or whoever runs the server.",
        )
        .into());
    }
    page::see_other(links::reset_person(line.person))
}

/// Ends every session of somebody's.
///
/// # Errors
/// There is no such page of oneself: *How you sign in* ends one's own.
pub async fn sessions(
    app: App,
    from: From,
    visitor: Through<SeeSignInPeople>,
    Path(person): Path<String>,
    Filled(form): Filled<EndForm>,
) -> page::Result {
    let line = others(&app, &visitor, &person).await?;
    let mut errors = Errors::default();
    let Some(why) = errors.reason("sessions", &form.sessions, "Say why their sessions end") else {
        let sent = Sent { sessions: form.sessions, errors, ..Sent::default() };
        return page::again(&shown(&app, &visitor, &line, (None, &sent)));
    };
    let mut happened = from.happened(&app, SignInEvent::EndedByAdministrator, Some(line.person));
    happened.by = Some(visitor.id());
    let stamp = visitor.stamp("ended every session of somebody");
    app.store.sign_ins.end_sessions(&stamp, line.person, &why, &happened).await?;
    page::see_other(links::reset_person(line.person))
}
