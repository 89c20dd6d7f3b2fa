//! `draw`: draws a sample, publishes it, and repeats anybody's draw from its file alone.

use std::path::Path;

use anyhow::Context;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::draw::Seed;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::frame::Frame;
use quarterlight_domain::id::CycleId;
use quarterlight_domain::strata::{SampleSize, share_out};
use quarterlight_store::Store;
use serde_json::json;

use crate::arguments::Draw;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;

/// Runs the command.
pub async fn run(command: &Draw, config: &Config) -> anyhow::Result<()> {
    match command {
        Draw::Make { quarter, seed, total, at_least } => {
            let size = SampleSize { total: *total, at_least: *at_least };
            make(&database::open(config).await?, *quarter, seed, size).await
        }
        Draw::Export { quarter, file } => export(config, *quarter, file.as_deref()).await,
        Draw::Verify { file, earlier, json } => verify(file, earlier.as_deref(), *json),
    }
}

async fn make(store: &Store, quarter: Quarter, seed: &str, size: SampleSize) -> anyhow::Result<()> {
    let seed = Seed::new(seed)?;
    let lines = store.records.frame(Some(quarter.before().before().before())).await?;
    if lines.is_empty() {
        return wrong("There is no open record to draw from. Import a case list first.");
    }
    let frame = Frame::new(lines.iter().map(|line| (line.stratum(), line.reference.clone())))?;
    let sizes = share_out(&frame.sizes(), size);
    let file = DrawFile::drawn(quarter, seed, frame, sizes)?;
    let cycle = cycle(store, quarter).await?;
    match store.draws.keep(&stamp("drew a sample"), cycle, &file).await {
        Ok(_) => {
            let drawn = file.picks.iter().filter(|pick| !pick.reserve).count();
            println!("Drew {drawn} of {} records for {}.", file.frame.len(), quarter.words());
            Ok(())
        }
        Err(fault) if fault.is_duplicate() => wrong(format!(
            "The sample of {quarter} was drawn before, and a drawn sample never changes."
        )),
        Err(fault) => Err(fault.into()),
    }
}

/// The quarter's cycle, opened on the edition in force if need be, and due on the quarter's last day.
async fn cycle(store: &Store, quarter: Quarter) -> anyhow::Result<CycleId> {
    if let Some(progress) = store.cycles.of_quarter(quarter).await? {
        return Ok(progress.cycle.id);
    }
    let stamp = stamp("opened a cycle");
    let Some(edition) = store.frameworks.in_force_on(stamp.day()).await? else {
        return wrong(
            "No framework is in force. Run `quarterlight migrate` to adopt the default one.",
        );
    };
    Ok(store.cycles.open(&stamp, quarter, edition, quarter.last_day()).await?)
}

async fn export(config: &Config, quarter: Quarter, file: Option<&Path>) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let draw = match store.cycles.of_quarter(quarter).await? {
        Some(progress) => store.draws.published(progress.cycle.id).await?,
        None => None,
    };
    let Some(draw) = draw else {
        return wrong(format!("No sample has been drawn for {quarter}."));
    };
    let text = draw.file.text();
    let Some(file) = file else {
        print!("{text}");
        return Ok(());
    };
    std::fs::write(file, text).with_context(|| format!("write {}", file.display()))
}

/// Needs no database: the file says everything.
fn verify(file: &Path, earlier: Option<&Path>, as_json: bool) -> anyhow::Result<()> {
    let read = |file: &Path| {
        std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))
    };
    let repeated =
        |text: String| DrawFile::read(&text).and_then(|file| file.verify().map(|()| file));
    let mut verdict = repeated(read(file)?);
    if let Some(earlier) = earlier {
        let earlier = repeated(read(earlier)?);
        verdict = verdict.and_then(|file| file.continues(&earlier?).map(|()| file));
    }
    if as_json {
        let wrong = verdict.as_ref().err().map(|refusal| refusal.sentence().to_owned());
        println!("{}", json!({ "repeats": wrong.is_none(), "wrong": wrong }));
    }
    let file = verdict?;
    if !as_json {
        println!(
            "The draw repeats: {} of {} records for {}, frame {}.",
            file.picks.iter().filter(|pick| !pick.reserve).count(),
            file.frame.len(),
            file.quarter.words(),
            file.frame.digest()
        );
        if !file.events.is_empty() {
            let swaps = file.events.iter().filter(|event| event.out().is_some()).count();
            println!(
                "So do its events: {swaps} swapped, {} added; the sample has {} records now.",
                file.events
                    .iter()
                    .filter(|event| event.out().is_none())
                    .map(|event| event.taken().len())
                    .sum::<usize>(),
                file.sample()?.picks().len()
            );
        }
        if earlier.is_some() {
            println!("It goes on from the earlier file and changes nothing in it.");
        }
    }
    Ok(())
}
