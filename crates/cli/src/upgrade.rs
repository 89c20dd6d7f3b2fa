//! The copy that is made of a database before its schema changes: checked, and kept beside it.

use std::path::{Path, PathBuf};

use anyhow::Context;
use quarterlight_store::{Store, Whole};
use tokio::task::block_in_place;

use crate::arguments::Migrate;
use crate::backup::{postgres, tried};
use crate::config::Config;
use crate::ending::wrong;
use crate::system;

/// Makes a copy of a database that holds something and is behind, and says where; none where there is
/// nothing to lose, or nothing to do.
pub async fn copied(
    store: &Store,
    command: &Migrate,
    config: &Config,
) -> anyhow::Result<Option<PathBuf>> {
    let nothing_to_lose = store.steps().await?.is_empty();
    if command.without_copy || nothing_to_lose || store.steps_behind().await? == 0 {
        return Ok(None);
    }
    let to = place(command, config);
    let before = store.whole.counts().await?;
    let after = if store.whole.is_sqlite() {
        store.whole.copy_to(&to).await.context("copy the database before its schema changes")?;
        wait_for_the_disk(&to)?;
        counts(&format!("sqlite:{}", to.display())).await?
    } else {
        let version = store.whole.postgres_version().await?;
        block_in_place(|| postgres::dump(&config.database, version, &to))?;
        wait_for_the_disk(&to)?;
        counts_of_dump(store, config, &to).await?
    };
    if before != after {
        return wrong(
            "The copy does not have what the database has: somebody is saving. Stop the servers, and \
             run it again.",
        );
    }
    Ok(Some(to))
}

/// Beside a SQLite file; on PostgreSQL in the folder that was named, or here.
fn place(command: &Migrate, config: &Config) -> PathBuf {
    let last = Whole::steps_known().last().copied().unwrap_or_default();
    let name = format!("before-{last}-{}", system::clock().strftime("%Y%m%dT%H%M%SZ"));
    match (&command.copy_to, config.database.strip_prefix("sqlite:")) {
        (Some(folder), Some(_)) => folder.join(format!("{name}.sqlite")),
        (None, Some(file)) => PathBuf::from(format!("{file}.{name}")),
        (folder, None) => folder.clone().unwrap_or_default().join(format!("{name}.dump")),
    }
}

fn wait_for_the_disk(file: &Path) -> anyhow::Result<()> {
    block_in_place(|| std::fs::File::open(file)?.sync_all()).context("wait for the disk")
}

/// The rows of a copy, once the engine's own checks found nothing wrong with it.
async fn counts(address: &str) -> anyhow::Result<Vec<(String, u64)>> {
    let copy = tried::open(address).await?;
    let wrong_with_it = copy.whole.wrong().await?;
    let counts = copy.whole.counts().await?;
    copy.close().await?;
    if wrong_with_it.is_empty() {
        return Ok(counts);
    }
    wrong(format!("The copy is not whole.\n{}", wrong_with_it.join("\n")))
}

async fn counts_of_dump(
    store: &Store,
    config: &Config,
    dump: &Path,
) -> anyhow::Result<Vec<(String, u64)>> {
    let name = format!("quarterlight_tried_{}", system::word());
    store.whole.make_database(&name).await.context(
        "make a database on the same server to try the copy in (its role needs CREATEDB; or take a \
         snapshot of your own and give --without-copy)",
    )?;
    let address = postgres::with_database(&config.database, &name);
    let version = store.whole.postgres_version().await?;
    let counted = match block_in_place(|| postgres::put_back(&address, version, dump)) {
        Ok(()) => counts(&address).await,
        Err(error) => Err(error),
    };
    store.whole.remove_database(&name).await.context("remove the database that was tried")?;
    counted
}
