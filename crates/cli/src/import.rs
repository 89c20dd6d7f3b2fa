//! `import`: reads a case list and takes it in.

use anyhow::Context;
use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_import::json::DryRun;
use quarterlight_import::{Limits, Reading, Severity, annex_a};
use quarterlight_web::pages::case_lists::kept;

use crate::arguments::Import;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::{Wrong, wrong};
use crate::progress;

/// Problems that are printed one by one; the rest are counted.
const SHOWN: usize = 50;

/// Runs the command.
pub async fn run(command: &Import, config: &Config) -> anyhow::Result<()> {
    let Import::AnnexA { file, as_at, dry_run, json, authority } = command;
    let bytes = std::fs::read(file).with_context(|| format!("read {}", file.display()))?;
    let spinner = progress::spinner("Reading the workbook");
    let reading = annex_a::read_for(authority.as_deref(), &bytes, *as_at, &Limits::default());
    spinner.finish_and_clear();
    let reading = reading.map_err(|why| Wrong(why.to_string()))?;
    if *json {
        println!("{}", serde_json::to_string_pretty(&DryRun::of(&reading))?);
    } else {
        print(&reading);
    }
    if *dry_run {
        return Ok(());
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    take_in(&name.unwrap_or_default(), (&bytes, *as_at), reading, config).await
}

async fn take_in(
    name: &str,
    (bytes, as_at): (&[u8], Date),
    reading: Reading<CaseLine>,
    config: &Config,
) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let stamp = stamp("imported a case list");
    let new = kept::new_case_list(name, bytes, as_at, reading)?;
    let id = store.case_lists.keep(&stamp, &new).await?;
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

fn print(reading: &Reading<CaseLine>) {
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
