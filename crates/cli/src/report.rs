//! `report`: the report of a quarter, as text, JSON or files.

use std::path::PathBuf;

use anyhow::Context;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_report::document::Document;
use quarterlight_report::part_one::{self, NotPublic};
use quarterlight_report::print::Printer;
use quarterlight_report::{plain, quarterly};
use quarterlight_store::Store;

use crate::arguments::Report;
use crate::config::Config;
use crate::ending::wrong;
use crate::serve::PRINTERS;
use crate::{database, progress, system};

/// Runs the command.
pub async fn run(command: &Report, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let document = document(&store, command, config).await?;
    let files: Vec<(&PathBuf, Printer)> = [
        (&command.pdf, PRINTERS.pdf),
        (&command.docx, PRINTERS.docx),
        (&command.xlsx, PRINTERS.xlsx),
        (&command.csv, PRINTERS.csv),
    ]
    .into_iter()
    .filter_map(|(file, printer)| Some((file.as_ref()?, printer)))
    .collect();
    if command.json {
        println!("{}", serde_json::to_string_pretty(&document)?);
    } else if files.is_empty() {
        println!("{}", plain::text(&document));
    }
    for (file, printer) in files {
        let spinner = progress::spinner("Setting the report");
        let bytes = printer(&document)?;
        spinner.finish_and_clear();
        std::fs::write(file, bytes).with_context(|| format!("write {}", file.display()))?;
    }
    Ok(())
}

async fn document(store: &Store, command: &Report, config: &Config) -> anyhow::Result<Document> {
    let quarter = command.quarter;
    let Some(progress) = store.cycles.of_quarter(quarter).await? else {
        return wrong(format!("There is no cycle for {quarter}."));
    };
    let service = match &command.service {
        None => None,
        Some(name) => {
            let services = store.figures.services().await?;
            match services.iter().find(|(_, service)| service.eq_ignore_ascii_case(name)) {
                Some((id, _)) => Some(*id),
                None => return wrong(format!("There is no service “{name}”.")),
            }
        }
    };
    let edition = store.cycles.edition_of(&progress.cycle, service).await?;
    let edition = store.frameworks.edition(edition).await?;
    let edition = edition.context("find the edition of the cycle")?;
    let today = day_in_england(system::clock());
    let mut figures = store.figures.quarter(quarter, &edition, service, today).await?;
    if command.public {
        return match part_one::hiding_up_to(&figures, config.small_counts) {
            Err(NotPublic::Refused(refusal)) => wrong(refusal.sentence().to_owned()),
            other => Ok(other?),
        };
    }
    let held = crate::indicators::until(store, quarter, &edition, today).await?;
    figures.indicators = held.map(|it| it.of_service(service)).unwrap_or_default();
    Ok(quarterly::quarterly(&figures)?)
}
