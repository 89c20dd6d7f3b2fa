//! `concerns`: lists them, and tells those who must be told; while the pages are served, by itself.

use std::time::Duration;

use quarterlight_domain::concern::notice::notices;
use quarterlight_domain::person::Person;
use quarterlight_domain::stamp::{Stamp, moment_in_words};
use quarterlight_store::{Store, ToTell};

use crate::arguments::Concerns;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::mail::{Letter, Post};
use crate::openings;

/// How long a concern waits at most until the first are told by email.
const EVERY: Duration = Duration::from_secs(5);

/// What a run came to.
#[derive(Debug, Default)]
struct Tally {
    newly_told: u64,
    sent: usize,
    troubles: Vec<String>,
}

/// Runs the command.
pub async fn run(command: &Concerns, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    match command {
        Concerns::List { waiting } => list(&store, *waiting).await,
        Concerns::Tell => {
            let post = Post::of(config)?;
            let tally = tell(&store, post.as_ref(), &stamp("told those who must be told")).await?;
            println!(
                "{} newly told; {} sent, {} not sent.",
                tally.newly_told,
                tally.sent,
                tally.troubles.len()
            );
            if post.is_none() {
                println!("No mail server is set, so nobody is told by email: see smtp_host.");
            }
            if tally.troubles.is_empty() { Ok(()) } else { wrong(tally.troubles.join("\n")) }
        }
    }
}

async fn list(store: &Store, waiting: bool) -> anyhow::Result<()> {
    let concerns = &store.concerns;
    let lines = if waiting { concerns.waiting().await? } else { concerns.all().await? };
    for line in &lines {
        let it = &line.concern;
        println!(
            "{}  {}  raised {} by {}; to be acknowledged by {}",
            line.reference,
            it.stage.words(),
            moment_in_words(it.at),
            line.raised_by,
            moment_in_words(line.clock.due)
        );
    }
    println!("{} {}.", lines.len(), if lines.len() == 1 { "concern" } else { "concerns" });
    Ok(())
}

/// Tells those who must be told, again and again, for as long as the pages are served. What goes
/// wrong once is logged, and tried again.
pub async fn watch(store: Store, post: Option<Post>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        match tell(&store, post.as_ref(), &stamp("told those who must be told")).await {
            Ok(tally) => {
                for trouble in tally.troubles {
                    tracing::warn!(trouble, "did not go");
                }
            }
            Err(error) => tracing::error!("could not tell those who must be told: {error:#}"),
        }
        let Some(post) = &post else { continue };
        match openings::tell(&store, post, &stamp("told of what was opened by break-glass")).await {
            Ok(troubles) => {
                for trouble in troubles {
                    tracing::warn!(trouble, "did not go");
                }
            }
            Err(error) => tracing::error!("could not tell of break-glass: {error:#}"),
        }
    }
}

/// Notes everybody who must be told by now, and sends the emails that wait.
async fn tell(store: &Store, post: Option<&Post>, stamp: &Stamp) -> anyhow::Result<Tally> {
    let mut tally = Tally { newly_told: escalate(store, stamp).await?, ..Tally::default() };
    let Some(post) = post else { return Ok(tally) };
    let waiting = store.concerns.to_tell(stamp.at).await?;
    if waiting.is_empty() {
        return Ok(tally);
    }
    if !post.is_reached().await {
        tally.troubles.push(format!(
            "{} emails about concerns wait: the mail server could not be reached.",
            waiting.len()
        ));
        return Ok(tally);
    }
    for to in waiting {
        if !store.concerns.take_mail(stamp, &to).await? {
            continue;
        }
        let (outcome, trouble) = post.send(&letter(&to, post)).await.settled();
        store.concerns.settle_mail(stamp, &to, outcome, trouble.as_deref()).await?;
        match trouble {
            None => tally.sent += 1,
            Some(why) => tally.troubles.push(format!("Concern {}: {why}.", to.concern)),
        }
    }
    Ok(tally)
}

async fn escalate(store: &Store, stamp: &Stamp) -> anyhow::Result<u64> {
    let waiting = store.concerns.waiting().await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let people: Vec<Person> =
        store.people.all().await?.into_iter().map(|line| line.person).collect();
    let mut newly_told = 0;
    for line in waiting {
        let told = store.concerns.told(line.concern.id).await?;
        let mut due = notices(&line.clock, &line.concern.whereabouts, &people, stamp.at);
        due.retain(|it| told.iter().all(|told| told.notice != *it));
        if !due.is_empty() {
            let escalated = store.concerns.escalate(stamp, line.concern.id, &line.clock, &due);
            newly_told += escalated.await?;
        }
    }
    Ok(newly_told)
}

/// Says that somebody is needed and by when, and nothing of whom it is about.
fn letter(to: &ToTell, post: &Post) -> Letter {
    Letter {
        to: to.name.clone(),
        email: to.email.clone(),
        subject: "A child may be unsafe: please acknowledge".to_owned(),
        sentence: format!(
            "A concern was raised about a child whose record you answer for. It is to be acknowledged by {}.",
            moment_in_words(to.due)
        ),
        link: format!("Sign in to see it: {}", post.site()),
        id: format!("concern-{}-{}-{}", to.concern, to.notice.level.code(), to.notice.person),
    }
}
