//! The history as one file, without its personal parts, to be checked by a program that is not ours.

use quarterlight_store::{Fault, LogKey};

use crate::app::App;
use crate::error::Failure;
use crate::files::packed;
use crate::page;
use crate::permit::{ProveHistory, Through};

/// The small program that checks it, which goes with it.
const CHECKER: &str = include_str!("../../../../../tools/verify_journal.py");

/// The format in full, which goes with it too.
const FORMAT: &str = include_str!("../../../../../docs/journal-format.md");

/// Signs a checkpoint and gives the history up to it.
///
/// # Errors
/// There is no such page for those who may not prove the history, and where no key is set.
pub async fn get(app: App, visitor: Through<ProveHistory>) -> page::Result {
    let log: &LogKey = app.log.as_ref().ok_or(Failure::NotFound)?;
    app.store.journal.sign(&visitor.stamp("signed a checkpoint"), log).await?;
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("verify_journal.py".to_owned(), CHECKER.as_bytes().to_vec()),
        ("journal-format.md".to_owned(), FORMAT.as_bytes().to_vec()),
    ];
    let keep = |path: &str, bytes: &[u8]| {
        files.push((format!("journal/{path}"), bytes.to_vec()));
        Ok::<(), Fault>(())
    };
    app.store.journal.export(&log.verifier(), false, keep).await?;
    let pack = app.folder;
    packed("journal.zip", move || pack(&files)).await
}
