//! `report build`, `check`, `release` and `export`: the same steps as on the pages.

use anyhow::{Context, bail};
use quarterlight_domain::permission::{Deed, ReleaseDeed, permits};
use quarterlight_domain::person::Person;
use quarterlight_domain::release::State;
use quarterlight_domain::release::about;
use quarterlight_domain::stamp::{Stamp, day_in_england};
use quarterlight_domain::text::Reason;
use quarterlight_store::Store;
use quarterlight_web::error::Failure;
use quarterlight_web::preparing::{self, Opened, opened};

use crate::arguments::{About, ReportDeed};
use crate::config::Config;
use crate::ending::wrong;
use crate::{report, system};

/// Runs the command.
pub async fn run(deed: &ReportDeed, store: &Store, config: &Config) -> anyhow::Result<()> {
    match deed {
        ReportDeed::Build { about, by, changed } => {
            let person = somebody(store, by, ReleaseDeed::Build).await?;
            let changed = changed.as_deref().map(Reason::new).transpose();
            let changed = changed.map_err(Failure::from);
            let about = which(store, about).await?;
            let stamp = Stamp::person(person.id, system::clock(), "built a report");
            let built = match changed {
                Ok(changed) => {
                    preparing::build(store, config.small_counts, &stamp, about, changed).await
                }
                Err(failure) => Err(failure),
            };
            let id = said(built)?;
            println!(
                "Built. It has the number {id}; its sentences are read on the page of reports."
            );
            let built = store.releases.get(id).await?;
            if let Some(words) = built.and_then(|it| it.public_waits) {
                println!("It has no public part, which waits. {words}");
            }
        }
        ReportDeed::Check { about } => {
            let report = latest(store, which(store, about).await?).await?;
            let prepared = &report.built.prepared;
            println!("{}: {}", prepared.title, prepared.state().words());
            if prepared.state() == State::Draft {
                for sentence in prepared.wanting(&report.passages) {
                    println!("- {sentence}");
                }
            }
            if matches!(prepared.state(), State::Draft | State::Superseded) {
                return wrong("It cannot be released as it stands.");
            }
        }
        ReportDeed::Release { about, by } => {
            let person = somebody(store, by, ReleaseDeed::Release).await?;
            let report = latest(store, which(store, about).await?).await?;
            let stamp = Stamp::person(person.id, system::clock(), "released a report");
            let id = said(preparing::release(store, &stamp, person.id, &report).await)?;
            println!("Released. It has the number {id}.");
        }
        ReportDeed::Export { about, private, files } => {
            let text = released(store, which(store, about).await?, *private).await?;
            if report::write(files, &said(opened(&text))?)? == 0 {
                println!("{text}");
            }
        }
    }
    Ok(())
}

/// A refusal ends with its sentence and exit code 1, as everywhere.
pub fn said<T>(result: Result<T, Failure>) -> anyhow::Result<T> {
    match result {
        Ok(value) => Ok(value),
        Err(Failure::Refused(refusal)) => wrong(refusal.sentence().to_owned()),
        Err(Failure::NotFound) => wrong("There is no cycle for this quarter."),
        Err(Failure::Failed(words)) => bail!(words),
        Err(other) => bail!("prepare the report: {other:?}"),
    }
}

async fn somebody(store: &Store, email: &str, deed: ReleaseDeed) -> anyhow::Result<Person> {
    let today = day_in_england(system::clock());
    let person = match store.people.by_email(email).await? {
        Some(person) => store.people.get(person).await?,
        None => None,
    };
    match person.filter(|person| permits(person, Deed::Release(deed), today)) {
        Some(person) => Ok(person),
        None => wrong("Nobody who may do this signs in with that address."),
    }
}

async fn which(store: &Store, about: &About) -> anyhow::Result<about::About> {
    report::which(store, about.about, about.service.as_deref()).await
}

/// The latest build about this.
async fn latest(store: &Store, about: about::About) -> anyhow::Result<Opened> {
    let all = store.releases.all().await?;
    let Some(prepared) = all.iter().find(|it| it.about == about) else {
        return wrong(format!("No report of {about} has been built yet."));
    };
    let built = store.releases.get(prepared.id).await?.context("find the report that was built")?;
    said(Opened::of(built))
}

async fn released(store: &Store, about: about::About, private: bool) -> anyhow::Result<String> {
    let Some(id) = store.releases.latest(about).await? else {
        return wrong(format!("No report of {about} has been released yet."));
    };
    if private {
        let report = store.reports.get(id).await?;
        return Ok(report.context("find the released report")?.document);
    }
    // A correction may have no public part: then the one before it is what the public has.
    let public = store.releases.public().await?;
    let line = public.iter().find(|it| it.about == about);
    let report = match line {
        Some(line) => store.releases.part_one(line.id).await?,
        None => None,
    };
    match report {
        Some(public) => Ok(public.part_one),
        None => wrong("This report has no public part. Give --private for Part II."),
    }
}
