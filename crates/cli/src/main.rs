//! The program: reads its settings, joins the parts, opens the door. It decides nothing.
#![expect(
    clippy::print_stdout,
    reason = "what a person or a script asked for goes to standard output"
)]

mod actions;
mod arguments;
mod backup;
mod concerns;
mod config;
mod database;
mod demo;
mod demo_reports;
mod draw;
mod elsewhere;
mod ending;
mod everything;
mod export_folder;
mod facts;
mod filing;
mod framework;
mod import;
mod indicators;
mod journal;
mod keeping;
mod keys;
mod looks;
mod mail;
mod metrics;
mod migrate;
mod moderation;
mod openings;
mod outside;
mod person;
mod place;
mod progress;
mod proving;
mod read_apart;
mod register;
mod releasing;
mod remind;
mod report;
mod safe;
mod serve;
mod sign_in;
mod system;
mod tls;
mod trend;
mod upgrade;
mod witness;
mod worker;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::ending::Ending;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // What the program writes is for itself: a database, a report, a key.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    if let Command::ReadFiles(limits) = &arguments.command {
        return read_apart::child(limits);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let ended = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(run(arguments)));
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => Ending::of(&error).say(&error),
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let config = config::Config::read(&arguments)?;
    system::log(&config)?;
    match arguments.command {
        Command::Demo(demo) => demo::run(&demo, &config).await,
        Command::Serve(serve) if serve.check => safe::run(&config).await,
        Command::Serve(_) => serve::run(&config).await,
        Command::Migrate(command) => migrate::run(&command, &config).await,
        Command::Place(place) => place::run(&place, &config).await,
        Command::Person(person) => person::run(&person, &config).await,
        Command::Framework(framework) => framework::run(&framework, &config).await,
        Command::Import(import) => import::run(&import, &config).await,
        Command::Draw(draw) => draw::run(&draw, &config).await,
        Command::Trend(command) => trend::run(&command, &config).await,
        Command::Staff(command) => trend::staff(&command, &config).await,
        Command::Filing(filing) => filing::run(&filing, &config).await,
        Command::Moderation(moderation) => moderation::run(&moderation, &config).await,
        Command::Register(register) => register::run(&register, &config).await,
        Command::Facts(facts) => facts::run(&facts, &config).await,
        Command::Actions(actions) => actions::run(&actions, &config).await,
        Command::Indicators(command) => indicators::run(&command, &config).await,
        Command::Report(report) => report::run(&report, &config).await,
        Command::Remind(remind) => remind::run(&remind, &config).await,
        Command::Concerns(command) => concerns::run(&command, &config).await,
        Command::Worker(worker) => worker::run(&worker, &config).await,
        Command::Looks(command) => looks::run(&command, &config).await,
        Command::Journal(journal) => journal::run(&journal, &config).await,
        Command::Backup(command) => backup::run(&command, &config).await,
        Command::Restore(command) => backup::restore::run(&command, &config).await,
        Command::Export(command) => everything::export(&command, &config).await,
        Command::ImportExport(command) => everything::import(&command, &config).await,
        Command::Retention(command) => keeping::retention(&command, &config).await,
        Command::Record(command) => keeping::record(&command, &config).await,
        Command::Witness(command) => witness::run(&command).await,
        // It has ended before this: no runtime, no settings, no database.
        Command::ReadFiles(_) => Ok(()),
        Command::Config(_) => {
            println!("{}", config.shown()?);
            Ok(())
        }
    }
}
