//! `retention` and `record`: what is due to go, and everything that is held about a record.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};

use anyhow::Context;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::retention::{RuleChange, in_force};
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::text::Reason;
use quarterlight_web::bundle;
use serde_json::{Value, json};

use crate::arguments::{Record, Retention};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::{serve, system};

/// Runs `retention`.
pub async fn retention(command: &Retention, config: &Config) -> anyhow::Result<()> {
    let Retention::Preview { on, json: as_json } = command;
    let store = database::open(config).await?;
    let today = on.unwrap_or_else(|| day_in_england(system::clock()));
    let changes: Vec<RuleChange> =
        store.retention.changes().await?.into_iter().map(|line| line.change).collect();
    let rules = in_force(&quarterlight_import::retention::shipped()?, &changes, today);
    let lines = store.retention.preview(&rules, today).await?;
    if *as_json {
        let line = |it: &quarterlight_store::DueLine| json!({ "kind": it.kind.code(), "months": it.months, "cutoff": it.cutoff.to_string(), "going": it.going, "held": it.held });
        let lines: Vec<Value> = lines.iter().map(line).collect();
        println!("{}", serde_json::to_string_pretty(&lines)?);
        return Ok(());
    }
    for it in lines {
        println!(
            "{:<40} {:>4} months  {:>7} due  {:>7} held  (started on {} or before)",
            it.kind.words(),
            it.months,
            it.going,
            it.held,
            it.cutoff
        );
    }
    println!("Nothing goes from here: a disposal is proposed and confirmed on the page.");
    Ok(())
}

/// Runs `record`.
pub async fn record(command: &Record, config: &Config) -> anyhow::Result<()> {
    let Record::Bundle { reference, to, exemption, because } = command;
    let Some(words) = bundle::exemption(exemption) else {
        return wrong("Give --exemption none, third-party, social-work or abuse.");
    };
    let because = Reason::new(because)?;
    if to.exists() {
        return wrong(format!("{} is there already, and is left as it is.", to.display()));
    }
    let store = database::open(config).await?;
    let Some(record) = store.subjects.find(&Reference::new(reference)?).await? else {
        return wrong("There never was a record with that reference.");
    };
    let noted = stamp("took out everything about a record");
    store.subjects.note(&noted, record, exemption, &because).await?;
    let held = store.subjects.everything(record).await?.context("find the record")?;
    let authority = database::authority(&store).await?;
    let document = bundle::document(&authority, &held, words, because.words());
    let mut files = bundle::files(&held, words, because.words());
    files.push(("held.pdf".to_owned(), (serve::PRINTERS.pdf)(&document)?));
    fs::DirBuilder::new()
        .mode(0o700)
        .create(to)
        .with_context(|| format!("make {}", to.display()))?;
    for (name, bytes) in files {
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to.join(name))?;
        file.write_all(&bytes)?;
    }
    println!(
        "Everything that is held about it is in {}. That it was taken out is in the journal.",
        to.display()
    );
    Ok(())
}
