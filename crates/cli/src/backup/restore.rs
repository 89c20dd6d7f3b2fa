//! `restore`: a backup put where nothing is yet, and checked before it is called restored.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use quarterlight_store::{Store, UpkeepKind};
use tokio::task::block_in_place;

use super::file::Header;
use super::tried::{self, Tried};
use super::{postgres, sealed};
use crate::arguments::Restore;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::{journal, system};

/// Runs the command.
pub async fn run(command: &Restore, _: &Config) -> anyhow::Result<()> {
    let begun = Instant::now();
    let folder = folder(command.to.as_deref())?;
    let copy = folder.path().join("copy");
    let header = block_in_place(|| unpack(command, &copy))?;
    let unpacked = begun.elapsed();
    let tried = match (header.engine.as_str(), command.to.as_deref()) {
        ("sqlite", to) if to.is_none_or(|it| it.starts_with("sqlite:")) => {
            into_sqlite(command, (&header, &copy)).await?
        }
        ("postgresql", Some(to)) if !to.starts_with("sqlite:") => {
            into_postgres(command, to, (&header, &copy)).await?
        }
        (engine, _) => {
            return wrong(format!(
                "This backup is of {engine}, and is restored into {engine} alone: say so with --to. \
                 From one engine to the other, use export and import-export."
            ));
        }
    };
    println!(
        "{} the backup of {} in {:.1} s ({:.1} s to open it): {} rows in {} tables, every check made, \
         checkpoint {}.",
        if command.dry_run { "Restored to try it, and threw away," } else { "Restored" },
        header.made_at,
        begun.elapsed().as_secs_f64(),
        unpacked.as_secs_f64(),
        tried.rows.values().sum::<u64>(),
        tried.rows.len(),
        header.checkpoint,
    );
    Ok(())
}

/// Where the copy is unpacked: on the disk that it goes to, so that it can be moved there at once.
fn folder(to: Option<&str>) -> anyhow::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix(".quarterlight-restore-");
    let made = match to.and_then(database::file) {
        Some(file) => builder.tempdir_in(database::folder(file)),
        None => builder.tempdir(),
    };
    made.context("make a folder for what is restored")
}

fn unpack(command: &Restore, copy: &Path) -> anyhow::Result<Header> {
    let keys = command.identity.as_deref().map(sealed::identities).transpose()?;
    let from = sealed::open(&command.file, keys.as_deref())?;
    let mut out = File::create_new(copy).context("write what is restored")?;
    let header = Header::read(from, &mut out)?;
    out.sync_all().context("wait for the disk")?;
    Ok(header)
}

/// Checked under another name, and then given its own: a file of that name is never half of one.
async fn into_sqlite(command: &Restore, (header, copy): (&Header, &Path)) -> anyhow::Result<Tried> {
    let to = command.to.as_deref().map(|to| database::file(to).unwrap_or(Path::new(to)));
    let to = to.map(PathBuf::from);
    let to = to.filter(|_| !command.dry_run);
    if let Some(to) = &to
        && to.exists()
    {
        return wrong(format!(
            "{} is there already. Nothing is restored over what is kept: give another file.",
            to.display()
        ));
    }
    let address = format!("sqlite:{}", copy.display());
    let tried = compared(&address, header).await?;
    let Some(to) = to else { return Ok(tried) };
    note(&tried::open(&address).await?, header).await?;
    // What was noted is in the file alone again, and not in a log beside it.
    block_in_place(|| -> anyhow::Result<()> {
        File::open(copy)?.sync_all().context("wait for the disk")?;
        let named = fs::hard_link(copy, &to);
        named.with_context(|| format!("give {} its name", to.display()))?;
        File::open(database::folder(&to))?.sync_all().context("wait for the disk")
    })?;
    Ok(tried)
}

async fn into_postgres(
    command: &Restore,
    to: &str,
    (header, copy): (&Header, &Path),
) -> anyhow::Result<Tried> {
    let store = tried::open(to).await?;
    let version = store.whole.postgres_version().await?;
    if command.dry_run {
        let name = format!("quarterlight_tried_{}", system::word());
        store.whole.make_database(&name).await.context("make a database to restore into")?;
        let address = postgres::with_database(to, &name);
        let tried = match block_in_place(|| postgres::put_back(&address, version, copy)) {
            Ok(()) => compared(&address, header).await,
            Err(error) => Err(error),
        };
        store.whole.remove_database(&name).await.context("remove what was tried")?;
        return tried;
    }
    if !store.whole.is_empty().await? {
        return wrong(
            "This database holds something already. Nothing is restored over what is kept: make an \
             empty one.",
        );
    }
    block_in_place(|| postgres::put_back(to, version, copy))?;
    let tried = compared(to, header).await?;
    note(&store, header).await?;
    Ok(tried)
}

/// Checks what was restored, and compares it with what the backup says of itself.
async fn compared(address: &str, header: &Header) -> anyhow::Result<Tried> {
    let known = journal::read(&header.checkpoint)?;
    let tried = tried::checked(address, Some(known)).await?;
    if tried.rows != header.rows || tried.head != known || tried.steps != header.steps {
        return wrong("What was restored is not what the backup says that it has.");
    }
    Ok(tried)
}

async fn note(store: &Store, header: &Header) -> anyhow::Result<()> {
    let said =
        format!("restored the backup of {}, checkpoint {}", header.made_at, header.checkpoint);
    store.upkeep.note(&stamp("restored a backup"), UpkeepKind::Restore, true, &said).await?;
    Ok(store.clone().close().await?)
}
