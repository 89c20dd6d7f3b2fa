//! `export`: everything as open files, a line of JSON for each row; `import-export` takes them in
//! again, into either engine, with nothing lost on the way.

mod reading;
mod writing;

use std::fs;
use std::path::Path;

use anyhow::Context;
use quarterlight_store::{TableRows, UpkeepKind, Whole};
use serde::{Deserialize, Serialize};
use tokio::task::block_in_place;

use crate::arguments::{Export, ImportExport};
use crate::backup::tried;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::journal;

const FORM: &str = "quarterlight export, form 1";

/// What stands beside the tables.
const MANIFEST: &str = "manifest.json";

/// What an export says of itself. It has no moment of its own: the same rows give the same bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    form: String,
    program: String,
    steps: Vec<String>,
    checkpoint: String,
    tables: Vec<TableFile>,
}

/// A table's file.
#[derive(Debug, Serialize, Deserialize)]
struct TableFile {
    table: String,
    file: String,
    rows: u64,
    last_id: Option<i64>,
    sha256: String,
}

/// Runs `export`. The folder gets its name once everything is in it and it was noted.
pub async fn export(command: &Export, config: &Config) -> anyhow::Result<()> {
    if command.to.exists() {
        return wrong(format!("{} is there already: name a new folder.", command.to.display()));
    }
    let store = database::open(config).await?;
    let mut builder = tempfile::Builder::new();
    let beside = database::folder(&command.to);
    let unnamed = builder.prefix(".quarterlight-export-").tempdir_in(beside);
    let unnamed = unnamed.context("make a folder for the export")?;
    let mut files = writing::Files::new(unnamed.path())?;
    let rows = store.whole.read(&mut |table, line| files.line(table, line)).await?;
    let (tables, head) = files.end(&rows)?;
    let manifest = Manifest {
        form: FORM.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        steps: store.steps().await?,
        checkpoint: journal::in_words(&head),
        tables,
    };
    let text = serde_json::to_string_pretty(&manifest)?;
    fs::write(unnamed.path().join(MANIFEST), text + "\n").context("write the export")?;
    fs::write(unnamed.path().join("README.txt"), README).context("write the export")?;
    let rows: u64 = manifest.tables.iter().map(|it| it.rows).sum();
    let said = format!(
        "{rows} rows of {} tables as open files, checkpoint {}",
        manifest.tables.len(),
        manifest.checkpoint
    );
    // Noted first: nobody gets everything without it being known.
    store.upkeep.note(&stamp("exported everything"), UpkeepKind::Export, true, &said).await?;
    block_in_place(|| writing::wait_for_the_disk(unnamed.path()))?;
    fs::rename(unnamed.keep(), &command.to).context("name the export")?;
    println!("{}: {said}.", command.to.display());
    println!("It holds everything in the clear: guard it as you do the database.");
    Ok(store.close().await?)
}

/// Runs `import-export`.
pub async fn import(command: &ImportExport, _: &Config) -> anyhow::Result<()> {
    let manifest = read(&command.folder)?;
    let store = tried::open(&command.to).await?;
    if !store.whole.is_empty().await? {
        return wrong(
            "This database holds something already. An export is taken into an empty one alone.",
        );
    }
    let expected: Vec<TableRows> = manifest
        .tables
        .iter()
        .map(|it| TableRows { table: it.table.clone(), rows: it.rows, last_id: it.last_id })
        .collect();
    let mut lines = reading::Reading::new(&command.folder, &manifest.tables);
    store.whole.load(&manifest.steps, &expected, &mut lines).await?;
    store.close().await?;
    let head = journal::read(&manifest.checkpoint)?;
    let tried = tried::checked(&command.to, Some(head)).await?;
    let counts: Vec<u64> = tried.rows.values().copied().collect();
    if tried.head != head || counts != expected.iter().map(|it| it.rows).collect::<Vec<_>>() {
        return wrong("What was taken in is not what the export says that it has.");
    }
    println!(
        "Taken in: {} rows of {} tables, every check made, checkpoint {}.",
        counts.iter().sum::<u64>(),
        counts.len(),
        manifest.checkpoint
    );
    Ok(())
}

/// The manifest, once every file was found to be what it says.
fn read(folder: &Path) -> anyhow::Result<Manifest> {
    let text = fs::read_to_string(folder.join(MANIFEST));
    let text = text.with_context(|| format!("read {MANIFEST} in {}", folder.display()))?;
    let Ok(manifest) = serde_json::from_str::<Manifest>(&text) else {
        return wrong(format!("{MANIFEST} is not that of an export."));
    };
    if manifest.form != FORM || manifest.steps != Whole::steps_known() {
        return wrong(format!(
            "This export was made by Quarterlight {} with another schema: take it in with that one, \
             and then run `quarterlight migrate` with this one.",
            manifest.program
        ));
    }
    block_in_place(|| reading::digests(folder, &manifest.tables))?;
    Ok(manifest)
}

const README: &str = "\
This folder is everything that a Quarterlight database holds, in the clear.

manifest.json   which tables there are, how many rows each has, the SHA-256 of each file, the steps
                of the schema, and the checkpoint of the journal as SIZE:ROOT.
tables/*.jsonl  one table each, one row a line, as a JSON object in UTF-8. Days are written as
                2026-09-30, moments as 2026-09-30T10:42:07.000000Z in UTC, bytes in hexadecimal;
                null means that nothing is known.

`quarterlight import-export FOLDER --to ADDRESS` takes it in again, into SQLite or PostgreSQL.
";
