//! What is in a backup: a line that names its form and the digest of the next, a line about it, and
//! the copy.

use quarterlight_domain::hex::hex;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::sealed::DAMAGED;
use super::tried::Tried;
use crate::ending::wrong;

const FORM: &str = "quarterlight backup, form 1";

/// The longest line about a backup, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// What a backup says of itself, so that what is restored from it can be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// sqlite or postgresql.
    pub engine: String,
    /// The version of the program that made it.
    pub program: String,
    /// When.
    pub made_at: String,
    /// The steps of its schema.
    pub steps: Vec<String>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// The journal's checkpoint, as SIZE:ROOT.
    pub checkpoint: String,
    /// The size of the copy.
    pub bytes: u64,
    /// The SHA-256 of the copy.
    pub sha256: String,
}

impl Header {
    /// What is to be said of a copy that was restored to try it.
    pub fn of(copy: &Path, at: Timestamp, tried: &Tried) -> anyhow::Result<Self> {
        let mut digest = Digested::new(std::io::sink());
        let mut copy = File::open(copy).context("read the copy")?;
        std::io::copy(&mut copy, &mut digest).context("read the copy")?;
        let (bytes, sha256) = digest.end();
        Ok(Self {
            engine: tried.engine().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: at.to_string(),
            steps: tried.steps.clone(),
            rows: tried.rows.clone(),
            checkpoint: crate::journal::in_words(&tried.head),
            bytes,
            sha256,
        })
    }

    /// Writes the backup.
    pub fn write(&self, out: &mut dyn Write, copy: &Path) -> anyhow::Result<()> {
        let about = serde_json::to_string(self).context("write the backup")?;
        let digest = sha256(about.as_bytes());
        writeln!(out, "{FORM} {digest}\n{about}").context("write the backup")?;
        let mut copy = File::open(copy).context("read the copy")?;
        std::io::copy(&mut copy, out).context("write the backup")?;
        Ok(())
    }

    /// Reads a backup to its end, writes the copy in it elsewhere, and says what the backup says of
    /// itself. One that is not as it was written is refused.
    pub fn read(from: Box<dyn Read>, copy: &mut dyn Write) -> anyhow::Result<Self> {
        let mut from = BufReader::with_capacity(1024 * 1024, from);
        let mut lines = (String::new(), String::new());
        let mut head = (&mut from).take(LONGEST);
        let read = head.read_line(&mut lines.0).and_then(|_| head.read_line(&mut lines.1));
        let digest = lines.0.trim_end().strip_prefix(FORM).unwrap_or_default().trim_start();
        if read.is_err() || digest != sha256(lines.1.trim_end().as_bytes()) {
            return wrong(
                "This is not a backup of Quarterlight, or its beginning is damaged. Nothing was \
                 restored from it.",
            );
        }
        let Ok(header) = serde_json::from_str::<Self>(&lines.1) else { return wrong(DAMAGED) };
        let mut copy = Digested::new(copy);
        loop {
            // What cannot be read is a damaged backup; what cannot be written is a full disk.
            let Ok(some) = from.fill_buf() else { return wrong(DAMAGED) };
            let length = some.len();
            if length == 0 {
                break;
            }
            copy.write_all(some).context("write what is restored")?;
            from.consume(length);
        }
        if copy.end() != (header.bytes, header.sha256.clone()) {
            return wrong(DAMAGED);
        }
        Ok(header)
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Writes on, and keeps the size and digest of what went by.
pub struct Digested<W> {
    on: W,
    bytes: u64,
    digest: Sha256,
}

impl<W: Write> Digested<W> {
    /// Before anything went by.
    pub fn new(on: W) -> Self {
        Self { on, bytes: 0, digest: Sha256::new() }
    }

    /// The size, and the SHA-256 in hexadecimal.
    pub fn end(self) -> (u64, String) {
        (self.bytes, hex(&self.digest.finalize()))
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, some: &[u8]) -> std::io::Result<usize> {
        let written = self.on.write(some)?;
        self.digest.update(some.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.on.flush()
    }
}
