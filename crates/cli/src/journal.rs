//! `journal`: proves that the history was not changed.

use quarterlight_journal::Hash;
use quarterlight_store::TreeHead;
use serde_json::json;

use crate::arguments::Journal;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::{Wrong, wrong};
use crate::progress;

/// Runs the command.
pub async fn run(command: &Journal, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    match command {
        Journal::Checkpoint => {
            let head = store.journal.checkpoint(&stamp("took a checkpoint")).await?;
            println!("{}", in_words(&head));
            Ok(())
        }
        Journal::Verify { checkpoint, json } => {
            let known = checkpoint.as_deref().map(read).transpose()?;
            let spinner = progress::spinner("Reading the journal");
            let told = |read: u64| {
                if read.is_multiple_of(1000) {
                    spinner.set_message(format!("{read} entries read"));
                }
            };
            let verdict = store.journal.verify(known, &told).await?;
            spinner.finish_and_clear();
            if *json {
                let head = &verdict.head;
                let root = format!("{:x}", head.root);
                println!(
                    "{}",
                    json!({ "clean": verdict.is_clean(), "entries": head.size, "root": root, "wrong": verdict.wrong })
                );
            }
            if !verdict.is_clean() {
                return wrong(format!("The journal was changed.\n{}", verdict.wrong.join("\n")));
            }
            if !*json {
                println!("The journal is whole: {} entries.", verdict.head.size);
                println!("Checkpoint {}", in_words(&verdict.head));
            }
            Ok(())
        }
    }
}

/// A checkpoint as SIZE:ROOT.
pub fn in_words(head: &TreeHead) -> String {
    format!("{}:{:x}", head.size, head.root)
}

/// A checkpoint that was written as SIZE:ROOT.
pub fn read(text: &str) -> Result<TreeHead, Wrong> {
    let malformed = || Wrong(format!("“{text}” is not a checkpoint. Give it as SIZE:ROOT."));
    let (size, root) = text.split_once(':').ok_or_else(malformed)?;
    Ok(TreeHead {
        size: size.parse().map_err(|_| malformed())?,
        root: Hash::from_hex(root).map_err(|_| malformed())?,
    })
}
