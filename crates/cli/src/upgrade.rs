//! The copy that is made of a database before its schema changes: checked, and kept beside it.

use std::fs::Permissions;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use quarterlight_store::{Store, Whole};
use tokio::task::block_in_place;

use crate::arguments::Migrate;
use crate::backup::{postgres, tried};
use crate::config::Config;
use crate::database;
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
    let (folder, name, ending) = place(command, config);
    // A copy gets its name once it was checked: one that was cut off is never taken for a copy.
    let unnamed = tempfile::Builder::new()
        .prefix(".quarterlight-copy-")
        .tempdir_in(&folder)
        .with_context(|| format!("write in {}", folder.display()))?;
    let copy = unnamed.path().join("copy");
    let before = store.whole.counts().await?;
    let after = if store.whole.is_sqlite() {
        store.whole.copy_to(&copy).await.context("copy the database before its schema changes")?;
        wait_for_the_disk(&copy)?;
        counts(&format!("sqlite:{}", copy.display())).await?
    } else {
        let version = store.whole.postgres_version().await?;
        block_in_place(|| postgres::dump(&config.database, version, &copy))?;
        wait_for_the_disk(&copy)?;
        counts_of_dump(store, config, &copy).await?
    };
    if before != after {
        return wrong(
            "The copy does not have what the database has: somebody is saving. Stop the servers, and \
             run it again.",
        );
    }
    let to = named(&copy, &folder, &name, ending)?;
    wait_for_the_disk(&folder)?;
    Ok(Some(to))
}

/// Gives a copy its name, or that name with a number where a copy of the same second has it.
fn named(copy: &Path, folder: &Path, name: &str, ending: &str) -> anyhow::Result<PathBuf> {
    std::fs::set_permissions(copy, Permissions::from_mode(0o600)).context("close the copy")?;
    let mut number = 1;
    loop {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let to = folder.join(format!("{name}{more}{ending}"));
        match std::fs::hard_link(copy, &to) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            done => {
                done.with_context(|| format!("write {}", to.display()))?;
                return Ok(to);
            }
        }
    }
}

/// Beside a SQLite file; on PostgreSQL in the folder that was named, or here. The folder, the name,
/// and how it ends.
fn place(command: &Migrate, config: &Config) -> (PathBuf, String, &'static str) {
    let last = Whole::steps_known().last().copied().unwrap_or_default();
    let name = format!("before-{last}-{}", system::clock().strftime("%Y%m%dT%H%M%SZ"));
    let here = || PathBuf::from(".");
    match (&command.copy_to, database::file(&config.database)) {
        (Some(folder), Some(_)) => (folder.clone(), name, ".sqlite"),
        (None, Some(file)) => {
            let folder = database::folder(file).to_owned();
            let file = file.file_name().unwrap_or_default().to_string_lossy();
            (folder, format!("{file}.{name}"), "")
        }
        (folder, None) => (folder.clone().unwrap_or_else(here), name, ".dump"),
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::named;

    #[test]
    fn two_copies_of_one_second_both_stay() {
        let folder = tempfile::tempdir().unwrap();
        let copy = |words: &str| {
            let copy = folder.path().join("copy");
            fs::write(&copy, words).unwrap();
            let to = named(&copy, folder.path(), "before", ".sqlite").unwrap();
            fs::remove_file(copy).unwrap();
            to
        };
        let (first, second) = (copy("first"), copy("second"));
        assert_eq!(second, folder.path().join("before-2.sqlite"));
        assert_eq!(fs::read_to_string(first).unwrap(), "first");
        assert_eq!(fs::read_to_string(second).unwrap(), "second");
    }
}
