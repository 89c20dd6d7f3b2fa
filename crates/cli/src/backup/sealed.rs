//! Sealing a backup to public keys, and opening it with a secret one.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, x25519};
use anyhow::Context;

use crate::ending::{Wrong, wrong};

/// How a sealed file begins.
const SEALED: &[u8] = b"age-encryption.org/";

/// What is said of a backup that is not as it was written, whatever was done to it.
pub const DAMAGED: &str = "This backup is damaged or cut short, and nothing was restored from it. \
     Take the one before it, and find out what happened to this one.";

/// Seals what is written to the keys.
pub fn seal(
    out: &File,
    recipients: &[x25519::Recipient],
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let recipients = recipients.iter().map(|it| it as &dyn Recipient);
    let encryptor = Encryptor::with_recipients(recipients).context("seal the backup")?;
    let mut sealing = encryptor.wrap_output(BufWriter::new(out)).context("seal the backup")?;
    write(&mut sealing)?;
    let mut out = sealing.finish().context("seal the backup")?;
    out.flush().context("write the backup")
}

/// Opens a backup, sealed or not. A sealed one gives nothing that was changed since.
pub fn open(file: &Path, identities: Option<&[x25519::Identity]>) -> anyhow::Result<Box<dyn Read>> {
    let opened = File::open(file).with_context(|| format!("read {}", file.display()))?;
    let mut reader = BufReader::new(opened);
    if !reader.fill_buf().context("read the backup")?.starts_with(SEALED) {
        return Ok(Box::new(reader));
    }
    let Some(identities) = identities else {
        return wrong("This backup is sealed: give the file with its secret key, --identity FILE.");
    };
    let decryptor = Decryptor::new_buffered(reader).map_err(said)?;
    let identities = identities.iter().map(|it| it as &dyn Identity);
    Ok(Box::new(decryptor.decrypt(identities).map_err(said)?))
}

fn said(error: DecryptError) -> anyhow::Error {
    let sentence = match error {
        DecryptError::NoMatchingKeys => {
            "This key does not open this backup: it was sealed for another, or it is damaged."
        }
        _ => DAMAGED,
    };
    Wrong(sentence.to_owned()).into()
}

/// The secret keys of a file, as `age-keygen` writes it: a key a line, and lines that begin with #.
pub fn identities(file: &Path) -> anyhow::Result<Vec<x25519::Identity>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
    let keys: Result<Vec<x25519::Identity>, _> = lines.map(str::parse).collect();
    match keys {
        Ok(keys) if !keys.is_empty() => Ok(keys),
        _ => wrong(format!(
            "{} is not a file of secret keys: its lines begin AGE-SECRET-KEY-1.",
            file.display()
        )),
    }
}
