//! The files of an export, read again: first all of them for their digests, then line by line.

use std::fs::File;
use std::io::{BufRead, BufReader, Lines as LinesOf};
use std::path::{Path, PathBuf};

use quarterlight_store::{Fault, Lines};

use super::TableFile;
use crate::backup::file::Digested;
use crate::ending::wrong;

/// Compares every file with its digest.
pub fn digests(folder: &Path, tables: &[TableFile]) -> anyhow::Result<()> {
    for table in tables {
        let path = path(folder, &table.table);
        let Ok(mut file) = File::open(&path) else {
            return wrong(format!("This export lacks the file of {}.", table.table));
        };
        let mut digest = Digested::new(std::io::sink());
        std::io::copy(&mut file, &mut digest)?;
        if digest.end().1 != table.sha256 {
            return wrong(format!("The file of {} is not the one that was exported.", table.table));
        }
    }
    Ok(())
}

/// A table's name is one of ours, so that no manifest makes us read another file.
fn path(folder: &Path, table: &str) -> PathBuf {
    let name: String = table.chars().filter(|it| it.is_ascii_lowercase() || *it == '_').collect();
    folder.join("tables").join(format!("{name}.jsonl"))
}

/// The lines of an export.
pub struct Reading<'a> {
    folder: &'a Path,
    tables: &'a [TableFile],
    open: Option<LinesOf<BufReader<File>>>,
}

impl<'a> Reading<'a> {
    /// Before the first line.
    pub fn new(folder: &'a Path, tables: &'a [TableFile]) -> Self {
        Self { folder, tables, open: None }
    }
}

impl Lines for Reading<'_> {
    fn begin(&mut self, table: &str) -> Result<bool, Fault> {
        if self.tables.iter().all(|it| it.table != table) {
            return Ok(false);
        }
        let file = File::open(path(self.folder, table));
        let file = file.map_err(|error| Fault::Export(format!("read {table}: {error}")))?;
        self.open = Some(BufReader::new(file).lines());
        Ok(true)
    }

    fn next(&mut self) -> Result<Option<String>, Fault> {
        let line = self.open.as_mut().and_then(Iterator::next).transpose();
        line.map_err(|error| Fault::Export(format!("read a line: {error}")))
    }
}
