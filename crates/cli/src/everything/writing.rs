//! The files of an export, written as the rows come, with their digests and the journal's root.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use quarterlight_domain::hex::unhex;
use quarterlight_journal::{Frontier, Hash};
use quarterlight_store::{Fault, TableRows, TreeHead};
use serde::Deserialize;

use super::TableFile;
use crate::backup::file::Digested;

/// The files so far.
pub struct Files {
    folder: PathBuf,
    open: Option<(String, Digested<BufWriter<File>>)>,
    digests: BTreeMap<String, String>,
    frontier: Frontier,
}

/// As much of a row of the journal as its tree needs.
#[derive(Deserialize)]
struct EntryLine {
    entry: String,
}

impl Files {
    /// Begins in a folder.
    pub fn new(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir(folder.join("tables")).context("write the export")?;
        Ok(Self {
            folder: folder.to_owned(),
            open: None,
            digests: BTreeMap::new(),
            frontier: Frontier::new(),
        })
    }

    /// Writes a row.
    pub fn line(&mut self, table: &str, line: &str) -> Result<(), Fault> {
        self.write(table, line).map_err(|error| Fault::Export(format!("{error:#}")))
    }

    fn write(&mut self, table: &str, line: &str) -> anyhow::Result<()> {
        if self.open.as_ref().is_none_or(|(open, _)| open != table) {
            self.begin(table)?;
        }
        if table == "journal_entry" {
            let row: EntryLine = serde_json::from_str(line)?;
            self.frontier.push(Hash::leaf(&unhex(&row.entry).context("read the journal")?));
        }
        if let Some((_, file)) = &mut self.open {
            writeln!(file, "{line}").with_context(|| format!("write {table}"))?;
        }
        Ok(())
    }

    fn begin(&mut self, table: &str) -> anyhow::Result<()> {
        self.finish()?;
        let file = File::create_new(self.folder.join(name(table)));
        let file = file.with_context(|| format!("write {table}"))?;
        self.open = Some((table.to_owned(), Digested::new(BufWriter::new(file))));
        Ok(())
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        if let Some((table, mut file)) = self.open.take() {
            file.flush().with_context(|| format!("write {table}"))?;
            self.digests.insert(table, file.end().1);
        }
        Ok(())
    }

    /// Ends the export: a table without rows has a file without lines.
    pub fn end(mut self, rows: &[TableRows]) -> anyhow::Result<(Vec<TableFile>, TreeHead)> {
        for table in rows.iter().filter(|it| it.rows == 0) {
            self.begin(&table.table)?;
        }
        self.finish()?;
        let files = rows.iter().map(|it| {
            let sha256 = self.digests.get(&it.table).context("write the export")?.clone();
            let (table, file) = (it.table.clone(), name(&it.table));
            Ok(TableFile { table, file, rows: it.rows, last_id: it.last_id, sha256 })
        });
        let files = files.collect::<anyhow::Result<_>>()?;
        Ok((files, TreeHead { size: self.frontier.size(), root: self.frontier.root() }))
    }
}

fn name(table: &str) -> String {
    format!("tables/{table}.jsonl")
}

/// Waits until every file is on the disk.
pub fn wait_for_the_disk(folder: &Path) -> anyhow::Result<()> {
    for folder in [folder.join("tables"), folder.to_owned()] {
        for entry in fs::read_dir(&folder)? {
            File::open(entry?.path())?.sync_all().context("wait for the disk")?;
        }
        File::open(&folder)?.sync_all().context("wait for the disk")?;
    }
    Ok(())
}
