//! `import`: reads files, puts them together with what is known, and takes the case list in.

use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::reconcile::{Matter, Standing};
use quarterlight_domain::source::SourceKind;
use quarterlight_import::json::DryRun;
use quarterlight_import::{Limits, Reading, Severity};
use quarterlight_store::NewTogether;
use quarterlight_web::apart::{Stopped, Unread};
use quarterlight_web::pages::case_lists::kept::{KeptAccount, with_place};
use quarterlight_web::pages::case_lists::rates::Rates;
use quarterlight_web::pages::case_lists::reader::CaseLists;
use quarterlight_web::pages::case_lists::reading::{self, Before, Lists, NotYet};
use serde_json::json;

use crate::arguments::{Import, ImportFiles, ImportOnly};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::{Wrong, wrong};
use crate::progress;
use crate::read_apart::{self, AnnexA, open};

/// Problems that are printed one by one; the rest are counted.
const SHOWN: usize = 50;

/// Runs the command.
pub async fn run(command: &Import, config: &Config) -> anyhow::Result<()> {
    match (&command.only, &command.files) {
        (Some(ImportOnly::AnnexA { file, as_at, dry_run, json, authority }), _) => {
            let files = vec![open(file)?];
            let alone = AnnexA { as_at: *as_at, authority: authority.clone() };
            annex_a_alone(config, alone, open(file)?.called(""), *json).await?;
            if *dry_run {
                return Ok(());
            }
            let new = put_together(
                files,
                *as_at,
                &Asked { authority: authority.clone(), ..Asked::default() },
                config,
            )
            .await?;
            take_in(&new, *as_at, config).await
        }
        (None, Some(asked)) => all(asked, config).await,
        (None, None) => wrong("Give the files to import.".to_owned()),
    }
}

async fn all(asked: &ImportFiles, config: &Config) -> anyhow::Result<()> {
    let files = asked.files.iter().map(|file| open(file)).collect::<anyhow::Result<Vec<_>>>()?;
    let how = Asked {
        authority: asked.authority.clone(),
        mapping: asked.mapping.clone(),
        large: asked.large,
    };
    let new = put_together(files, asked.as_at, &how, config).await?;
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&as_json(&new))?);
    } else {
        print(&new);
    }
    if asked.dry_run {
        return Ok(());
    }
    take_in(&new, asked.as_at, config).await
}

/// Prints what one Annex A workbook says by itself.
async fn annex_a_alone(
    config: &Config,
    alone: AnnexA,
    file: Unread,
    json: bool,
) -> anyhow::Result<()> {
    let read = read_apart::guard(config).read(alone, vec![file]).await.map_err(Stopped::refusal)?;
    let read = read.map_err(|why| Wrong(why.to_string()))?;
    let (problems, account) = (read.source.problems, read.account);
    let reading = Reading { rows: read.records, problems, account };
    if json {
        println!("{}", serde_json::to_string_pretty(&DryRun::of(&reading))?);
    } else {
        print_alone(&reading);
    }
    Ok(())
}

/// How files are to be read.
#[derive(Debug, Default)]
struct Asked {
    authority: Option<String>,
    mapping: Option<String>,
    large: bool,
}

async fn put_together(
    files: Vec<Unread>,
    as_at: Date,
    asked: &Asked,
    config: &Config,
) -> anyhow::Result<NewTogether> {
    let store = database::open(config).await?;
    let before = Before::load(&store).await?;
    let lists = Lists::load(&store).await?;
    let lists = match &asked.mapping {
        Some(name) => lists.only(name).ok_or_else(|| {
            Wrong(format!("No mapping has the name “{name}”. Map the list's columns on the page of case lists first."))
        })?,
        None => lists,
    };
    let spinner = progress::spinner("Reading the files");
    let reader = CaseLists::new(as_at, asked.authority.clone()).fitting(lists).large(asked.large);
    let times = if asked.large { u32::try_from(Limits::LARGE)? } else { 1 };
    let read = read_apart::guard_of(config, times).read(reader, files).await;
    let together = read
        .map(|read| read.map(|sources| reading::together(before, sources, as_at)).map_err(said));
    spinner.finish_and_clear();
    Ok(together.map_err(Stopped::refusal)?.map_err(Wrong)?)
}

fn said(not_yet: NotYet) -> String {
    match not_yet {
        NotYet::Unreadable(sentence) => sentence,
        NotYet::ToMap(it) => format!(
            "“{}” is none of the lists that are recognised. Map its columns once on the page of case lists; after that it is read here too.",
            it.name
        ),
    }
}

async fn take_in(new: &NewTogether, as_at: Date, config: &Config) -> anyhow::Result<()> {
    if new.together.lines.is_empty() {
        return wrong("Nothing was kept, because no open record was found.".to_owned());
    }
    let store = database::open(config).await?;
    let stamp = stamp("imported a case list");
    let id = store.case_lists.keep_together(&stamp, new).await?;
    match store.case_lists.take_in(&stamp, id).await? {
        Some(taken) => {
            eprintln!(
                "Taken in: {} records, of which {} are new and {} have changed. {} have gone.",
                taken.records, taken.new, taken.changed, taken.gone
            );
            Ok(())
        }
        None => wrong(format!(
            "The list was kept but not taken in, because a list of a later date than {as_at} has been."
        )),
    }
}

/// Conflicts by matter, in the order of [`Matter::ALL`].
fn conflicts(new: &NewTogether) -> Vec<(Matter, usize)> {
    let count = |matter| new.together.conflicts.iter().filter(|it| it.matter == matter).count();
    Matter::ALL.into_iter().map(|matter| (matter, count(matter))).collect()
}

fn apart(new: &NewTogether) -> Vec<(Standing, usize)> {
    let count = |standing| new.together.apart.iter().filter(|it| it.standing == standing).count();
    Standing::ALL.into_iter().map(|standing| (standing, count(standing))).collect()
}

fn print(new: &NewTogether) {
    println!("{} open records, as at {}, from {}.", new.together.lines.len(), new.as_at, new.name);
    for source in &new.new {
        println!("{} ({}):", source.source.name, source.source.kind.words());
        for sheet in KeptAccount::read(&source.account).sheets {
            match sheet.list() {
                Some(list) => println!(
                    "  {list}: {} rows, {} used. {}.",
                    sheet.rows_read,
                    sheet.rows_used,
                    sheet.not_used()
                ),
                None => println!("  {} was not used: {}", sheet.sheet, sheet.not_used()),
            }
        }
        let stop = source.problems.iter().filter(|it| it.stops_the_row).count();
        println!("  {} problems, of which {stop} stop a row.", source.problems.len());
        for problem in source.problems.iter().take(SHOWN) {
            println!("    {}", with_place(problem));
        }
        if let Some(more) = source.problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            println!("    … and {more} more: --json lists them all.");
        }
    }
    for (matter, count) in conflicts(new).into_iter().filter(|(_, count)| *count > 0) {
        println!("Lists differ on {count} records: {}.", matter.words());
    }
    for (standing, count) in apart(new).into_iter().filter(|(_, count)| *count > 0) {
        println!("Not open, {count} records: {}.", standing.words());
    }
    let doubtful = new.together.doubts.len() + new.together.worker_doubts.len();
    if doubtful > 0 {
        println!("{doubtful} doubtful matches, none of them made: settle them on the list's page.");
    }
    for sentence in Rates::read(&new.rates).unwrap_or_default().off {
        println!("{sentence}");
    }
}

fn as_json(new: &NewTogether) -> serde_json::Value {
    let sources: Vec<_> = new
        .new
        .iter()
        .map(|it| {
            let problems: Vec<_> = it
                .problems
                .iter()
                .map(|problem| {
                    json!({
                        "list": problem.list, "row": problem.row, "column": problem.column,
                        "heading": problem.heading, "sentence": problem.sentence,
                        "stops_the_row": problem.stops_the_row,
                    })
                })
                .collect();
            let files: Vec<_> = it
                .files
                .iter()
                .map(|file| json!({ "name": file.name, "sha256": file.digest }))
                .collect();
            json!({
                "kind": SourceKind::code(it.source.kind), "name": it.source.name, "files": files,
                "records_seen": it.source.sightings.len(), "workers": it.source.workers.len(),
                "problems": problems,
            })
        })
        .collect();
    let records: Vec<_> = new
        .together
        .lines
        .iter()
        .map(|(line, _)| {
            let needs: Vec<_> = line.needs.iter().map(|need| need.code()).collect();
            json!({
                "reference": line.reference.as_str(), "needs": needs,
                "disabled": line.disabled.code(), "unaccompanied": line.unaccompanied.code(),
                "placement": line.placement.code(), "route": line.route.code(),
                "worker": line.worker, "team": line.team,
            })
        })
        .collect();
    let by_code = |counts: Vec<(&str, usize)>| -> serde_json::Map<String, serde_json::Value> {
        counts.into_iter().map(|(code, count)| (code.to_owned(), count.into())).collect()
    };
    json!({
        "as_at": new.as_at.to_string(), "sources": sources, "records": records,
        "conflicts": by_code(conflicts(new).into_iter().map(|(it, n)| (it.code(), n)).collect()),
        "not_open": by_code(apart(new).into_iter().map(|(it, n)| (it.code(), n)).collect()),
        "doubtful": new.together.doubts.len() + new.together.worker_doubts.len(),
        "switched_off": Rates::read(&new.rates).unwrap_or_default().off,
    })
}

fn print_alone(reading: &Reading<CaseLine>) {
    println!("{} open records.", reading.rows.len());
    for (list, rows) in reading.account.rows_by_list() {
        println!("  {list}: {rows} rows");
    }
    let stop = reading.problems.iter().filter(|it| it.severity == Severity::StopsRow).count();
    println!("{} problems, of which {stop} stop a row.", reading.problems.len());
    for problem in reading.problems.iter().take(SHOWN) {
        println!("  {problem}");
    }
    if let Some(more) = reading.problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        println!("  … and {more} more: --json lists them all.");
    }
}
