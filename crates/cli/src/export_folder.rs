//! The journal's export as a folder on this machine.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;
use quarterlight_journal::{Folder, Verifier};
use quarterlight_store::Store;

use crate::ending::wrong;

/// An exported journal that lies in a folder.
pub struct OnDisk(pub PathBuf);

impl Folder for OnDisk {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.0.join(path)).ok()
    }

    fn checkpoints(&self) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.0.join("checkpoints")) else { return Vec::new() };
        let name = |file: std::io::Result<fs::DirEntry>| file.ok()?.file_name().into_string().ok();
        files.filter_map(name).collect()
    }
}

/// Writes the journal into a new folder that only its owner can read.
pub async fn write(
    store: &Store,
    log: &Verifier,
    folder: &Path,
    personal: bool,
) -> anyhow::Result<()> {
    if folder.exists() {
        return wrong(format!("{} is there already, and is left as it is.", folder.display()));
    }
    let make = |path: &Path| fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    make(folder).with_context(|| format!("make {}", folder.display()))?;
    let written = store.journal.export(log, personal, |path, bytes| {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            make(parent)?;
        }
        let mut opened = OpenOptions::new().create(true).append(true).mode(0o600).open(file)?;
        opened.write_all(bytes)?;
        Ok::<(), anyhow::Error>(())
    });
    match written.await? {
        Some(size) => println!("{size} entries are in {}.", folder.display()),
        None => return wrong("No checkpoint is signed yet."),
    }
    if personal {
        eprintln!("The file “payloads” holds the personal parts of entries: keep it safe.");
    }
    Ok(())
}
