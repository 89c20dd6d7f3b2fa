//! `journal verify`: on the database, or on an export.

use std::path::Path;

use anyhow::Context;
use quarterlight_journal::{Checkpoint, Note, Other, Verifier, WitnessVerifier, check_archive};
use quarterlight_store::Against;
use serde_json::json;

use crate::arguments::Verify;
use crate::config::Config;
use crate::ending::wrong;
use crate::export_folder::OnDisk;
use crate::{database, journal, progress};

/// Runs the command.
pub async fn run(verify: &Verify, config: &Config) -> anyhow::Result<()> {
    let log = journal::log(verify.key.as_deref(), config)?;
    let mut others = Vec::new();
    for text in &verify.checkpoint {
        others.push(other(text)?);
    }
    for file in &verify.against {
        others.extend(from_file(file, log.as_ref())?);
    }
    match (&verify.export, log) {
        (Some(folder), Some(log)) => exported(verify, folder, &log, &others),
        (_, log) => live(verify, Against { others, log }, config).await,
    }
}

fn other(text: &str) -> anyhow::Result<Other> {
    let head = journal::read(text)?;
    Ok(Other { size: head.size, root: head.root, whose: "the checkpoint taken then".to_owned() })
}

/// Checkpoints of a file: a note that the log signed, or lines of SIZE:ROOT.
fn from_file(file: &Path, log: Option<&Verifier>) -> anyhow::Result<Vec<Other>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    let Ok(note) = text.parse::<Note>() else {
        return text.split_whitespace().map(other).collect();
    };
    let it: Checkpoint = match log {
        Some(log) => Checkpoint::open(&note, log)?,
        None => note.text().parse()?,
    };
    let whose = format!("the checkpoint in {}", file.display());
    Ok(vec![Other { size: it.size(), root: it.root(), whose }])
}

async fn live(verify: &Verify, against: Against, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let spinner = progress::spinner("Reading the journal");
    let told = |read: u64| {
        if read.is_multiple_of(1000) {
            spinner.set_message(format!("{read} entries read"));
        }
    };
    let verdict = store.journal.verify_against(&against, &told).await?;
    spinner.finish_and_clear();
    let head = &verdict.head;
    if verify.json {
        let root = format!("{:x}", head.root);
        println!(
            "{}",
            json!({ "clean": verdict.is_clean(), "entries": head.size, "root": root, "wrong": verdict.wrong, "first": verdict.first, "vouched": verdict.vouched })
        );
    }
    if !verdict.is_clean() {
        return wrong(changed(verdict.first, &verdict.wrong));
    }
    if !verify.json {
        println!("The journal is whole: {} entries.", head.size);
        println!("Checkpoint {}", journal::in_words(head));
        if against.others.is_empty() {
            println!(
                "It was compared with nothing from elsewhere: whoever can write the database and has the key could have written it anew. Give --against with a checkpoint that was kept elsewhere."
            );
        }
    }
    Ok(())
}

fn exported(
    verify: &Verify,
    folder: &Path,
    log: &Verifier,
    others: &[Other],
) -> anyhow::Result<()> {
    let witnesses: Vec<WitnessVerifier> =
        (verify.witness.iter()).map(|key| key.trim().parse()).collect::<Result<_, _>>()?;
    let checked = check_archive(&OnDisk(folder.to_path_buf()), log, &witnesses, others);
    let first = checked.wrong.iter().find_map(|wrong| wrong.entry);
    let words: Vec<String> = checked.wrong.into_iter().map(|wrong| wrong.sentence).collect();
    let root = checked.root.map(|root| format!("{root:x}")).unwrap_or_default();
    if verify.json {
        println!(
            "{}",
            json!({ "clean": words.is_empty(), "entries": checked.size, "root": root, "wrong": words, "first": first, "payloads": checked.payloads })
        );
    }
    if !words.is_empty() {
        return wrong(changed(first, &words));
    }
    if !verify.json {
        println!("The export is whole: {} entries.", checked.size);
        println!("Checkpoint {}:{root}", checked.size);
        println!("{} personal parts are there, and right.", checked.payloads);
    }
    Ok(())
}

fn changed(first: Option<u64>, words: &[String]) -> String {
    let first =
        first.map_or(String::new(), |entry| format!(" The first entry that is wrong is {entry}."));
    format!("The journal was changed.{first}\n{}", words.join("\n"))
}
