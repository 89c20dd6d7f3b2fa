//! `report`: the report of a quarter or the programme of a year, as text, JSON or files.

use std::path::PathBuf;

use anyhow::{Context, bail};
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::release::about::About;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_report::document::Document;
use quarterlight_report::part_one::NotPublic;
use quarterlight_report::plain;
use quarterlight_report::print::Printer;
use quarterlight_store::Store;
use quarterlight_web::error::Failure;
use quarterlight_web::reported::Reported;

use crate::arguments::{Files, Report};
use crate::config::Config;
use crate::ending::wrong;
use crate::releasing::said;
use crate::serve::PRINTERS;
use crate::{database, progress, releasing, system};

/// Runs the command.
pub async fn run(command: &Report, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    if let Some(deed) = &command.deed {
        return releasing::run(deed, &store, config).await;
    }
    let document = document(&store, command, config).await?;
    let written = write(&command.files, &document)?;
    if command.json {
        println!("{}", serde_json::to_string_pretty(&document)?);
    } else if written == 0 {
        println!("{}", plain::text(&document));
    }
    Ok(())
}

/// Writes the document to the files that were asked for, and says how many those are.
pub fn write(files: &Files, document: &Document) -> anyhow::Result<usize> {
    let files: Vec<(&PathBuf, Printer)> = [
        (&files.pdf, PRINTERS.pdf),
        (&files.docx, PRINTERS.docx),
        (&files.xlsx, PRINTERS.xlsx),
        (&files.csv, PRINTERS.csv),
    ]
    .into_iter()
    .filter_map(|(file, printer)| Some((file.as_ref()?, printer)))
    .collect();
    for (file, printer) in &files {
        let spinner = progress::spinner("Setting the report");
        let bytes = printer(document)?;
        spinner.finish_and_clear();
        std::fs::write(file, bytes).with_context(|| format!("write {}", file.display()))?;
    }
    Ok(files.len())
}

/// The service of this name; none for all of them.
async fn service(store: &Store, name: Option<&str>) -> anyhow::Result<Option<PlaceId>> {
    let Some(name) = name else { return Ok(None) };
    let services = store.figures.services().await?;
    match services.iter().find(|(_, service)| service.eq_ignore_ascii_case(name)) {
        Some((id, _)) => Ok(Some(*id)),
        None => wrong(format!("There is no service “{name}”.")),
    }
}

/// What a report is about, with its service by name. A programme is about all of them.
pub async fn which(store: &Store, about: About, name: Option<&str>) -> anyhow::Result<About> {
    let service = service(store, name).await?;
    match (about, service) {
        (About::Quarter(quarter, _), service) => Ok(About::Quarter(quarter, service)),
        (About::Year(_), None) => Ok(about),
        (About::Year(_), Some(_)) => wrong("The programme of a year is about all services."),
    }
}

async fn document(store: &Store, command: &Report, config: &Config) -> anyhow::Result<Document> {
    let Some(about) = command.about else {
        return wrong("Give the quarter, as 2026-Q4, or the year of a programme, as 2026.");
    };
    let about = which(store, about, command.service.as_deref()).await?;
    let reported = match Reported::of(store, about, day_in_england(system::clock())).await {
        Ok(reported) => reported,
        Err(Failure::NotFound) => return wrong(format!("There is no cycle for {about}.")),
        Err(failure) => bail!("count the report: {failure:?}"),
    };
    if command.public {
        let earlier = store.releases.ledgers().await?;
        let earlier: Vec<(About, String)> =
            earlier.into_iter().map(|it| (it.about, it.text)).collect();
        return match reported.public(config.small_counts, &earlier) {
            Err(NotPublic::Refused(refusal)) => wrong(refusal.sentence().to_owned()),
            other => Ok(other?.document),
        };
    }
    said(reported.private())
}
