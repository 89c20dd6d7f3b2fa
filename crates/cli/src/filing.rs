//! `filing`: where correspondence goes, out of the database and into it.

use std::path::Path;

use anyhow::Context;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::filing::protocol::{Held, Protocol, in_force};
use quarterlight_domain::text::Reason;
use quarterlight_import::filing_protocol::{from_toml, to_toml};
use quarterlight_store::{NewProtocol, Store};

use crate::arguments::{Filing, FilingProtocol};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;

/// Runs the command.
pub async fn run(command: &Filing, config: &Config) -> anyhow::Result<()> {
    let Filing::Protocol(command) = command;
    match command {
        FilingProtocol::Show { on } => show(&database::open(config).await?, *on).await,
        FilingProtocol::Import { file, from, dry_run: true, .. } => {
            say(&read(file, *from)?);
            Ok(())
        }
        FilingProtocol::Import { file, from, why, dry_run: false } => {
            let protocol = read(file, *from)?;
            keep(&database::open(config).await?, protocol, why).await
        }
    }
}

async fn show(store: &Store, on: Option<Date>) -> anyhow::Result<()> {
    let day = on.unwrap_or_else(|| stamp("").day());
    let kept = store.filing.protocols().await?;
    let held: Vec<Held> = kept.iter().map(|kept| kept.held.clone()).collect();
    let Some(found) = in_force(&held, day) else {
        return wrong(format!("No filing protocol was in force on {}.", day_in_words(day)));
    };
    for other in kept.iter().filter(|kept| kept.held.id != found.id) {
        let protocol = &other.held.protocol;
        println!("# There is another: {}, from {}.", protocol.name(), protocol.from());
    }
    print!("{}", to_toml(&found.protocol)?);
    Ok(())
}

fn read(file: &Path, from: Option<Date>) -> anyhow::Result<Protocol> {
    let bytes = std::fs::read(file).with_context(|| format!("read {}", file.display()))?;
    let Ok(text) = String::from_utf8(bytes) else {
        return wrong("The file is not text in UTF-8. Save it again as UTF-8.");
    };
    Ok(from_toml(&text, from)?)
}

async fn keep(store: &Store, protocol: Protocol, why: &str) -> anyhow::Result<()> {
    let stamp = stamp("imported a filing protocol");
    let kept = store.filing.protocols().await?;
    protocol.follow(kept.first().map(|kept| &kept.held.protocol), stamp.day())?;
    let new = NewProtocol { protocol, why: Reason::new(why)? };
    if !store.filing.keep_protocol(&stamp, &new).await? {
        return wrong("Another filing protocol begins on that day.");
    }
    say(&new.protocol);
    Ok(())
}

fn say(protocol: &Protocol) {
    println!(
        "{}: {} kinds of correspondence, from {}.",
        protocol.name(),
        protocol.kinds().len(),
        day_in_words(protocol.from())
    );
}
