//! `remind`: puts what is due by the rules into the queue, and sends what waits there.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quarterlight_domain::action::escalation::{self, Rung};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::register::chase;
use quarterlight_domain::reminder::{Occasion, Reminder};
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{Outcome, Store, ToSend};

use crate::arguments::Remind;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::mail::{Letter, Post, Went};

/// What a run came to.
#[derive(Debug, Default)]
struct Tally {
    sent: usize,
    troubles: Vec<String>,
}

/// Runs the command.
pub async fn run(command: &Remind, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let post = Post::of(config)?;
    let stamp = stamp("sent reminders");
    let due = due(&store, &stamp).await?;
    if command.dry_run {
        return rehearse(&store, &stamp, &due).await;
    }
    for reminder in &due {
        store.reminders.queue(&stamp, reminder).await?;
    }
    let waiting = needed(&store, &stamp, &due).await?;
    let Some(post) = post else {
        println!("{} to send. No mail server is set, so they wait: see smtp_host.", waiting.len());
        return Ok(());
    };
    let tally = send(&store, &stamp, &post, &waiting).await?;
    println!("{} sent, {} not sent.", tally.sent, tally.troubles.len());
    if tally.troubles.is_empty() { Ok(()) } else { wrong(tally.troubles.join("\n")) }
}

/// What the rules ask for today.
async fn due(store: &Store, stamp: &Stamp) -> anyhow::Result<Vec<Reminder>> {
    let today = stamp.day();
    let due = store.reminders.due(None).await?.into_iter();
    let due = due.filter_map(|(person, day, audits)| Reminder::on(today, person, day, audits));
    // Whoever holds a record is told once that an audit of it has started.
    let started = store.replies.started(None).await?.into_iter();
    let told = started.map(|it| Reminder::of_start(it.holder, it.audit, it.due));
    let open = store.actions.open().await?;
    let people: Vec<_> = store.people.all().await?.into_iter().map(|line| line.person).collect();
    let actions = escalation::reminders(&open, &people, today);
    let replies = chase::reminders(&store.register.items().await?, today);
    Ok(due.chain(told).chain(actions).chain(replies).collect())
}

/// By which two reminders are said as one: a start, and each rung of actions, beside everything else.
fn key(reminder: &Reminder) -> (PersonId, Option<Date>, Option<Occasion>) {
    let (person, day) = (reminder.person, Some(reminder.due));
    match reminder.occasion {
        it @ Occasion::Actions(Rung::Managers | Rung::Seniors) => (person, None, Some(it)),
        it @ (Occasion::Started(_) | Occasion::Actions(_) | Occasion::Replies(_)) => {
            (person, day, Some(it))
        }
        _ => (person, day, None),
    }
}

/// Says what would be sent, and changes nothing.
async fn rehearse(store: &Store, stamp: &Stamp, due: &[Reminder]) -> anyhow::Result<()> {
    let people = store.people.all().await?;
    let waiting = store.reminders.waiting().await?;
    let known = store.reminders.keys().await?;
    let new = due.iter().filter(|reminder| !known.contains(&reminder.key()));
    let queued = waiting.iter().map(|it| &it.reminder);
    let mut all = BTreeMap::new();
    for (place, reminder) in queued.chain(new).enumerate() {
        // Each occasion is rehearsed as it stands; those above get one for all actions of a rung.
        let (person, day, occasion) = key(reminder);
        let audits = escalation::still(reminder, due);
        let place = day.map(|_| place);
        if audits > 0 {
            all.insert((person, place, occasion), Reminder { audits, ..reminder.clone() });
        }
    }
    let mut count = 0_usize;
    for reminder in all.values() {
        let person = people.iter().find(|line| line.person.id == reminder.person);
        let name = person.map_or("Somebody", |line| line.person.name.as_str());
        println!("{name}: {} ({})", reminder.sentence(stamp.day()), reminder.occasion.words());
        count += 1;
    }
    println!("{count} would be sent. Nothing was changed.");
    Ok(())
}

/// The reminders that are still needed. The others are settled: their audits were made meanwhile,
/// or a later reminder to the same person for the same day says the same.
async fn needed(store: &Store, stamp: &Stamp, due: &[Reminder]) -> anyhow::Result<Vec<ToSend>> {
    let mut latest = BTreeMap::new();
    let mut needless = Vec::new();
    for mut each in store.reminders.waiting().await? {
        each.reminder.audits = escalation::still(&each.reminder, due);
        if each.reminder.audits == 0 {
            needless.push(each.id);
            continue;
        }
        let key = key(&each.reminder);
        needless.extend(latest.insert(key, each).map(|before: ToSend| before.id));
    }
    for id in needless {
        if store.reminders.take(stamp, id).await? {
            store.reminders.settle(stamp, id, Outcome::Needless, None).await?;
        }
    }
    Ok(latest.into_values().collect())
}

async fn send(
    store: &Store,
    stamp: &Stamp,
    post: &Post,
    waiting: &[ToSend],
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let is_reached = waiting.is_empty() || post.is_reached().await;
    for each in waiting {
        if !store.reminders.take(stamp, each.id).await? {
            continue;
        }
        let went = if is_reached {
            post.send(&letter(each, &each.reminder.sentence(stamp.day()), post)).await
        } else {
            Went::Later("the mail server could not be reached".to_owned())
        };
        let (outcome, trouble) = match went {
            Went::Sent => (Outcome::Sent, None),
            Went::Later(why) => (Outcome::Queued, Some(why)),
            Went::Never(why) => (Outcome::Refused, Some(why)),
            Went::Unknown => (
                Outcome::Unknown,
                Some("the mail server did not say whether it took it".to_owned()),
            ),
        };
        store.reminders.settle(stamp, each.id, outcome, trouble.as_deref()).await?;
        match trouble {
            None => tally.sent += 1,
            Some(why) => tally.troubles.push(format!("Reminder {}: {why}.", each.id)),
        }
    }
    Ok(tally)
}

/// How many audits and by when, and a link to sign in.
fn letter(to: &ToSend, sentence: &str, post: &Post) -> Letter {
    Letter {
        to: to.name.clone(),
        email: to.email.clone(),
        subject: to.reminder.subject(),
        sentence: sentence.to_owned(),
        link: format!("Sign in to see more: {}", post.site()),
        id: format!("reminder-{}", to.id),
    }
}
