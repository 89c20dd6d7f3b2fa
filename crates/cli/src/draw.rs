//! `draw`: draws a sample, publishes it, and repeats anybody's draw from its file alone.

mod change;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::draw::Seed;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::eligible::{Eligible, Exclusion};
use quarterlight_domain::id::CycleId;
use quarterlight_domain::strata::SampleSize;
use quarterlight_report::programme::plan_in_words;
use quarterlight_store::Store;
use quarterlight_web::apart::Stopped;
use serde_json::json;

use crate::arguments::{Draw, Named};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::read_apart::{self, DrawFiles};

/// Runs the command.
pub async fn run(command: &Draw, config: &Config) -> anyhow::Result<()> {
    match command {
        Draw::Make { quarter, seed, total, at_least } => {
            make(&database::open(config).await?, *quarter, seed, (*total, *at_least)).await
        }
        Draw::Export { quarter, file } => export(config, *quarter, file.as_deref()).await,
        Draw::Verify { file, earlier, json } => {
            verify(config, (file.as_path(), earlier.as_deref()), *json).await
        }
        Draw::Exclude(Named { quarter, reference, reason, words }) => {
            let store = database::open(config).await?;
            change::exclude(&store, (*quarter, reference), (*reason, words)).await
        }
        Draw::Include { quarter, reference, words } => {
            let store = database::open(config).await?;
            change::include(&store, (*quarter, reference), words).await
        }
        Draw::Swap(Named { quarter, reference, reason, words }) => {
            let store = database::open(config).await?;
            change::swap(&store, (*quarter, reference), (*reason, words)).await
        }
        Draw::TopUp { quarter, more, stratum, words } => {
            let store = database::open(config).await?;
            change::top_up(&store, *quarter, (*more, stratum.as_ref()), words).await
        }
    }
}

/// Draws as the programme says, with what the command line says instead.
async fn make(
    store: &Store,
    quarter: Quarter,
    seed: &str,
    (total, at_least): (Option<usize>, Option<usize>),
) -> anyhow::Result<()> {
    let seed = Seed::new(seed)?;
    if store.draws.of_quarter(quarter).await?.is_some() {
        return wrong(format!(
            "The sample of {quarter} was drawn before, and a drawn sample never changes."
        ));
    }
    let programme = store.programmes.current(quarter.year()).await?;
    let version = programme.as_ref().map(|programme| programme.version);
    let mut plan = programme.map(|programme| programme.plan(quarter)).unwrap_or_default();
    if let Some(at_least) = at_least {
        plan.at_least = u32::try_from(at_least).unwrap_or(u32::MAX);
    }
    let opened = store.cycles.of_quarter(quarter).await?.map(|progress| progress.cycle.id);
    let open = store.records.drawable(opened).await?;
    if open.is_empty() {
        return wrong("There is no open record to draw from. Import a case list first.");
    }
    let requests = store.draw_requests.open_requests().await?;
    let eligible = Eligible::asked(open, quarter, &plan, &requests)?;
    if eligible.frame.is_empty() {
        return wrong(format!(
            "No open record is left to draw from: {}.",
            left_out(&eligible).join("; ")
        ));
    }
    let least = usize::try_from(plan.at_least).unwrap_or(usize::MAX);
    let sizes = match total {
        Some(total) => eligible.share_out(SampleSize { total, at_least: least }),
        None => eligible.sizes(&plan),
    };
    let file = DrawFile::drawn(quarter, seed, eligible.frame.clone(), sizes)?;
    let file = file.for_requests(eligible.taken_up())?.without(eligible.excluded.clone())?;
    let cycle = cycle(store, quarter).await?;
    let stamp = stamp("drew a sample");
    match store.draws.keep_with(&stamp, cycle, &file, &eligible.left_out).await {
        Ok(None) => wrong(
            "The records that are excluded by name have changed meanwhile. Nothing was drawn.",
        ),
        Ok(Some(_)) => {
            match version {
                Some(version) => println!(
                    "By version {version} of the programme of {}: {}",
                    quarter.year(),
                    plan_in_words(&plan)
                ),
                None => println!(
                    "Nobody has planned {}, so as usual: {}",
                    quarter.year(),
                    plan_in_words(&plan)
                ),
            }
            if let Some(total) = total {
                println!("Instead of the programme's size, {total} were asked for here.");
            }
            for sentence in left_out(&eligible) {
                println!("Left out: {sentence}.");
            }
            for (request, asked) in &eligible.asked {
                let can = asked.can;
                if asked.is_taken_up() {
                    println!(
                        "Took up request {request}: at least {} of the {can} it names that can be \
                         drawn.",
                        asked.least()
                    );
                } else {
                    println!(
                        "Request {request} stays open: {can} of the {} open records that it names \
                         can be drawn.",
                        asked.open
                    );
                }
            }
            let drawn = file.picks.iter().filter(|pick| !pick.reserve).count();
            println!("Drew {drawn} of {} records for {}.", file.frame.len(), quarter.words());
            Ok(())
        }
        Err(fault) if fault.is_duplicate() => wrong(format!(
            "Somebody has just drawn the sample of {quarter}, or what this draw was asked for was taken \
             up by another draw or withdrawn. Nothing was drawn here."
        )),
        Err(fault) => Err(fault.into()),
    }
}

fn left_out(eligible: &Eligible) -> Vec<String> {
    let open = eligible.open();
    let sentence = |(reason, records): (&Exclusion, &u32)| {
        format!("{records} of {open} open records, because {}", reason.words())
    };
    eligible.left_out.iter().map(sentence).collect()
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
    // Services that the programme audits by a framework of their own have its edition of the day.
    let mut own = BTreeMap::new();
    if let Some(programme) = store.programmes.current(quarter.year()).await? {
        let day = quarter.first_day().max(stamp.day());
        for (service, framework) in programme.frameworks {
            if let Some(edition) = store.frameworks.of_framework_on(&framework, day).await? {
                own.insert(service, edition);
            }
        }
    }
    let when = (quarter, quarter.last_day());
    Ok(store.cycles.open_with(&stamp, when, edition, &own).await?)
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
async fn verify(
    config: &Config,
    (file, earlier): (&Path, Option<&Path>),
    as_json: bool,
) -> anyhow::Result<()> {
    let named = std::iter::once(file).chain(earlier);
    let files = named.map(read_apart::open).collect::<anyhow::Result<Vec<_>>>()?;
    let read = read_apart::guard(config).read(DrawFiles, files).await;
    let mut read = read.map_err(Stopped::refusal)?.into_iter();
    let mut verdict = read.next().context("read the draw file")?;
    if let Some(earlier) = read.next() {
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
