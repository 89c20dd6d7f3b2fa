//! `backup`: a copy of everything while it is in use, sealed, read again and restored to try it.
//! Nothing is called a backup that was not restored and checked.

pub mod file;
pub mod postgres;
pub mod restore;
mod sealed;
pub mod tried;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};

use age::x25519;
use anyhow::Context;
use jiff::Timestamp;
use quarterlight_store::{Store, UpkeepKind};
use tokio::task::block_in_place;

pub use self::watch::watch;
use crate::arguments::Backup;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::system;

/// What backups in a folder are called: their moment stands between the two.
const NAMED: (&str, &str) = ("quarterlight-", ".backup");

/// What is wanted of a backup.
#[derive(Debug, Clone)]
struct Wanted {
    to: PathBuf,
    recipients: Vec<x25519::Recipient>,
    unencrypted: bool,
    keep: usize,
}

/// A backup that was made and tried.
#[derive(Debug)]
struct Made {
    file: PathBuf,
    bytes: u64,
    header: file::Header,
}

impl Made {
    fn in_words(&self) -> String {
        format!(
            "{}: {} bytes, {} rows in {} tables, checkpoint {}; read again, restored and checked",
            self.file.file_name().unwrap_or_default().display(),
            self.bytes,
            self.header.rows.values().sum::<u64>(),
            self.header.rows.len(),
            self.header.checkpoint,
        )
    }
}

/// Runs the command.
pub async fn run(command: &Backup, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let wanted = Wanted::of(command, config)?;
    let made = make_and_note(&store, config, &wanted).await?;
    println!("{}.", made.in_words());
    Ok(store.close().await?)
}

impl Wanted {
    fn of(command: &Backup, config: &Config) -> anyhow::Result<Self> {
        let to = match &command.to {
            Some(to) => to.clone(),
            None if config.backup_to.is_empty() => {
                return wrong("Say where: --to FILE or FOLDER, or the setting backup_to.");
            }
            None => PathBuf::from(&config.backup_to),
        };
        let recipients = if command.recipients.is_empty() && !command.unencrypted {
            recipients(config.backup_recipients.split(','))?
        } else {
            recipients(command.recipients.iter().map(String::as_str))?
        };
        if recipients.is_empty() && !command.unencrypted {
            return wrong(
                "Say who can open the backup: --recipient age1…, whose secret key is kept elsewhere. \
                 `age-keygen` makes such a pair. A backup that anybody can read needs --unencrypted.",
            );
        }
        let keep = command.keep.unwrap_or(config.backup_keep);
        Ok(Self { to, recipients, unencrypted: command.unencrypted, keep })
    }

    /// As the settings say; none while they name no folder.
    fn by_settings(config: &Config) -> anyhow::Result<Option<Self>> {
        if config.backup_to.is_empty() {
            return Ok(None);
        }
        let nothing = Backup { to: None, recipients: Vec::new(), keep: None, unencrypted: false };
        Self::of(&nothing, config).map(Some)
    }

    /// The file, and whether it is one of a folder of them.
    fn file(&self, at: Timestamp) -> (PathBuf, bool) {
        if !self.to.is_dir() {
            return (self.to.clone(), false);
        }
        let at = at.strftime("%Y%m%dT%H%M%SZ");
        let sealed = if self.unencrypted { "" } else { ".age" };
        (self.to.join(format!("{}{at}{}{sealed}", NAMED.0, NAMED.1)), true)
    }
}

fn recipients<'a>(words: impl Iterator<Item = &'a str>) -> anyhow::Result<Vec<x25519::Recipient>> {
    let words = words.map(str::trim).filter(|word| !word.is_empty());
    words
        .map(|word| match word.parse() {
            Ok(recipient) => Ok(recipient),
            Err(_) => wrong(format!("“{word}” is not a public key of age, which begins age1.")),
        })
        .collect()
}

/// Makes a backup and notes what came of it, well or not.
async fn make_and_note(store: &Store, config: &Config, wanted: &Wanted) -> anyhow::Result<Made> {
    let made = make(store, config, wanted).await;
    let stamp = stamp("made a backup");
    let (ok, said) = match &made {
        Ok(made) => (true, made.in_words()),
        Err(error) => (false, format!("{error:#}")),
    };
    store.upkeep.note(&stamp, UpkeepKind::Backup, ok, &said).await?;
    made
}

async fn make(store: &Store, config: &Config, wanted: &Wanted) -> anyhow::Result<Made> {
    let at = system::clock();
    let (to, is_one_of_many) = wanted.file(at);
    if to.exists() {
        return wrong(format!("{} is there already, and is left as it is.", to.display()));
    }
    // What the copy must have at least, whatever is saved while it is made.
    let before = store.journal.checkpoint(&stamp("took a checkpoint for a backup")).await?;
    let scratch = scratch(config)?;
    let copy = scratch.path().join("copy");
    if store.whole.is_sqlite() {
        store.whole.copy_to(&copy).await?;
    } else {
        let version = store.whole.postgres_version().await?;
        block_in_place(|| postgres::dump(&config.database, version, &copy))?;
    }
    let tried = tried::restored(store, config, &copy, scratch.path(), before).await?;
    let header = block_in_place(|| file::Header::of(&copy, at, &tried))?;
    let bytes = block_in_place(|| write(&to, wanted, &header, &copy))?;
    if is_one_of_many && wanted.keep > 0 {
        let_go(&wanted.to, wanted.keep)?;
    }
    Ok(Made { file: to, bytes, header })
}

/// A folder for what is not sealed yet: beside a SQLite file, which holds the same and is guarded
/// the same; otherwise where the system keeps such things. Only this program's user can read it.
fn scratch(config: &Config) -> anyhow::Result<tempfile::TempDir> {
    let beside = database::file(&config.database).map(database::folder);
    let mut builder = tempfile::Builder::new();
    let builder = builder.prefix(".quarterlight-copy-");
    let made = match beside {
        Some(folder) => builder.tempdir_in(folder),
        None => builder.tempdir(),
    };
    made.context("make a folder for the copy")
}

/// Writes the backup under another name, waits for the disk, reads all of it again, and only then
/// gives it its name. It is sealed for one more key that is made here and forgotten, so that what
/// is on the disk is opened as its owner will open it.
fn write(to: &Path, wanted: &Wanted, header: &file::Header, copy: &Path) -> anyhow::Result<u64> {
    let folder = database::folder(to);
    let unnamed = tempfile::Builder::new()
        .prefix(".quarterlight-backup-")
        .tempfile_in(folder)
        .with_context(|| format!("write in {}", folder.display()))?;
    let once = x25519::Identity::generate();
    if wanted.unencrypted {
        let mut out = unnamed.as_file();
        header.write(&mut out, copy)?;
    } else {
        let mut recipients = wanted.recipients.clone();
        recipients.push(once.to_public());
        sealed::seal(unnamed.as_file(), &recipients, |out| header.write(out, copy))?;
    }
    unnamed.as_file().sync_all().context("wait for the disk")?;
    let again = sealed::open(unnamed.path(), Some(&[once]))?;
    let read = file::Header::read(again, &mut std::io::sink())?;
    anyhow::ensure!(read == *header, "read the backup again: it is not what was written");
    let bytes = unnamed.as_file().metadata()?.len();
    unnamed.persist_noclobber(to).with_context(|| format!("write {}", to.display()))?;
    fs::File::open(folder)?.sync_all().context("wait for the disk")?;
    Ok(bytes)
}

/// Lets the oldest backups of the folder go. Only files that are named as backups are.
fn let_go(folder: &Path, keep: usize) -> anyhow::Result<()> {
    let mut named = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(NAMED.0) && name.trim_end_matches(".age").ends_with(NAMED.1) {
            named.push(name);
        }
    }
    named.sort_unstable();
    let old = named.len().saturating_sub(keep);
    for name in named.iter().take(old) {
        fs::remove_file(folder.join(name))
            .with_context(|| format!("let an old backup go: {name}"))?;
    }
    Ok(())
}
