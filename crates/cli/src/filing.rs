//! `filing`: where correspondence goes, out of the database and into it.

use std::path::Path;

use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::filing::protocol::{Held, Protocol, in_force};
use quarterlight_domain::text::Reason;
use quarterlight_import::filing_protocol::to_toml;
use quarterlight_store::{NewProtocol, Store};

use crate::arguments::{Filing, FilingProtocol};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::read_apart;

/// Runs the command.
pub async fn run(command: &Filing, config: &Config) -> anyhow::Result<()> {
    let Filing::Protocol(command) = command;
    match command {
        FilingProtocol::Show { on } => show(&database::open(config).await?, *on).await,
        FilingProtocol::Import { file, from, dry_run: true, .. } => {
            say(&read(config, file, *from).await?);
            Ok(())
        }
        FilingProtocol::Import { file, from, why, dry_run: false } => {
            let protocol = read(config, file, *from).await?;
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

async fn read(config: &Config, file: &Path, from: Option<Date>) -> anyhow::Result<Protocol> {
    Ok(read_apart::read(config, read_apart::FilingProtocol { from }, file).await??)
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
