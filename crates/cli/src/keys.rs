//! Key files: one line that only its owner can read, outside the database.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::Context;

use crate::ending::wrong;

/// Writes a secret line into a new file, mode 600, and waits for the disk.
pub fn write(file: &Path, secret: &str) -> anyhow::Result<()> {
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let mut opened = match opened {
        Ok(opened) => opened,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return wrong(format!("{} is there already, and is left as it is.", file.display()));
        }
        Err(error) => {
            return Err(error).with_context(|| format!("write the key to {}", file.display()));
        }
    };
    writeln!(opened, "{secret}")?;
    opened.sync_all().context("write the key to the disk")
}

/// Reads a secret line from a file that nobody but its owner can read.
pub fn read(file: &Path) -> anyhow::Result<String> {
    let opened = File::open(file).with_context(|| format!("open the key {}", file.display()))?;
    let mode = opened.metadata()?.permissions().mode();
    if mode & 0o077 != 0 {
        return wrong(format!(
            "Others can read the key {}. Run chmod 600 on it, and think whether they have.",
            file.display()
        ));
    }
    let text = std::io::read_to_string(opened)?;
    Ok(text.trim().to_owned())
}
