//! Backups by themselves, while the pages are served: one server makes each, whichever is there.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use quarterlight_store::{Store, UpkeepKind};

use super::{Wanted, make_and_note};
use crate::config::Config;
use crate::system;

/// How often it is looked whether a backup is due.
const EVERY: Duration = Duration::from_secs(20);

/// How long a server has to make one, before another may take over.
const MOST: SignedDuration = SignedDuration::from_mins(60);

/// How long after one that went wrong the next is tried.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// Makes backups for as long as the pages are served. What goes wrong is logged and noted, and tried
/// again.
pub async fn watch(store: Store, config: Config) {
    let wanted = match Wanted::by_settings(&config) {
        Ok(Some(wanted)) if config.backup_every > 0 => wanted,
        Ok(_) => return,
        Err(error) => return tracing::error!("no backups are made: {error:#}"),
    };
    let holder = system::word();
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = make_if_due(&store, &config, &wanted, &holder).await {
            tracing::error!("could not make a backup: {error:#}");
        }
    }
}

async fn make_if_due(
    store: &Store,
    config: &Config,
    wanted: &Wanted,
    holder: &str,
) -> anyhow::Result<()> {
    let now = system::clock();
    if !is_due(store, config, now).await? {
        return Ok(());
    }
    let until = now.checked_add(MOST)?;
    if !store.leases.take("backup", holder, (now, until)).await? {
        return Ok(());
    }
    // Another server may have made it while this one waited for the lease.
    let done = if is_due(store, config, now).await? {
        make_and_note(store, config, wanted).await.map(|_| ())
    } else {
        Ok(())
    };
    store.leases.give_back("backup", holder, system::clock()).await?;
    done
}

async fn is_due(store: &Store, config: &Config, now: Timestamp) -> anyhow::Result<bool> {
    let since = |at: Timestamp| now.duration_since(at);
    let good = store.upkeep.last_good(UpkeepKind::Backup).await?;
    let every = SignedDuration::from_mins(i64::from(config.backup_every));
    if good.is_some_and(|it| since(it.at) < every) {
        return Ok(false);
    }
    let last = store.upkeep.last(UpkeepKind::Backup).await?;
    Ok(last.is_none_or(|it| it.ok || since(it.at) >= AGAIN))
}
