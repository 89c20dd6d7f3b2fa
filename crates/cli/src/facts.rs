//! `facts`: for each record what is overdue by which rule about time, and what cannot be checked.

use std::path::Path;

use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::timescale::check::{Outcome, check};
use quarterlight_domain::timescale::facts::{RuleFact, facts};
use quarterlight_domain::timescale::rule::InForce;
use quarterlight_domain::timescale::tally::RuleTally;
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_import::{bank_holidays, timescales};
use quarterlight_store::Store;
use serde_json::{Value, json};

use crate::arguments::Facts;
use crate::config::Config;
use crate::database;
use crate::ending::{Wrong, wrong};
use crate::read_apart::{self, AnnexA, Rules};

/// Sentences of one rule that are printed one by one; the rest are counted.
const SHOWN: usize = 3;

/// What is checked, and by which rules.
struct Task {
    /// The set's name, as the output says it.
    set: String,
    rules: Vec<InForce>,
    holidays: BankHolidays,
    as_at: Date,
    /// Where the records come from, as the output says it.
    from: String,
    lines: Vec<CaseLine>,
}

/// Runs the command.
pub async fn run(command: &Facts, config: &Config) -> anyhow::Result<()> {
    let mut task = task(command, config).await?;
    if let Some(record) = &command.record {
        task.lines.retain(|line| line.reference.as_str() == record);
        if task.lines.is_empty() {
            return wrong(format!("There is no record {record} on {}.", task.from));
        }
    }
    if command.json {
        println!("{}", serde_json::to_string_pretty(&task.as_json(command.record.is_some()))?);
    } else {
        task.print(command.record.is_some());
    }
    Ok(())
}

async fn task(command: &Facts, config: &Config) -> anyhow::Result<Task> {
    let as_at = command.as_at;
    let store = match command.file {
        None => Some(database::open(config).await?),
        Some(_) => None,
    };
    let (set, rules) = rules(command.rules.as_deref(), (config, store.as_ref()), as_at).await?;
    let (from, lines) = match (&command.file, &store) {
        (Some(file), _) => from_file(config, file, as_at).await?,
        (None, Some(store)) => from_store(store).await?,
        (None, None) => return wrong("Give --file, or the database."),
    };
    Ok(Task { set, rules, holidays: bank_holidays::england()?, as_at, from, lines })
}

/// The rules that hold on the day: those named, or those that the database has in force.
async fn rules(
    named: Option<&str>,
    (config, store): (&Config, Option<&Store>),
    as_at: Date,
) -> anyhow::Result<(String, Vec<InForce>)> {
    let (file, variations) = match (named, store) {
        (Some("england"), _) | (None, None) => (timescales::england_toml().to_owned(), Vec::new()),
        (Some("returns"), _) => (timescales::returns_toml().to_owned(), Vec::new()),
        (Some(path), _) => {
            let set = read_apart::read(config, Rules, Path::new(path)).await??;
            return Ok((set.name().to_owned(), set.in_force(&[], as_at)));
        }
        (None, Some(store)) => {
            let Some(kept) = store.timescales.in_force_on(as_at).await? else {
                return wrong(format!(
                    "No rules about time were in force on {as_at}. Name a set, such as --rules england."
                ));
            };
            (kept.file, store.timescales.variations().await?)
        }
    };
    let set = timescales::from_toml(&file)?;
    Ok((set.name().to_owned(), set.in_force(&variations, as_at)))
}

async fn from_file(
    config: &Config,
    file: &Path,
    as_at: Date,
) -> anyhow::Result<(String, Vec<CaseLine>)> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let read = read_apart::read(config, AnnexA { as_at, authority: None }, file).await?;
    let read = read.map_err(|why| Wrong(why.to_string()))?;
    let mut lines = read.records;
    lines.extend(read.closed);
    Ok((name, lines))
}

async fn from_store(store: &Store) -> anyhow::Result<(String, Vec<CaseLine>)> {
    let Some((day, lines)) = store.timescales.current_lines().await? else {
        return wrong("There is no case list yet. Import one, or give --file.");
    };
    Ok((format!("the case list of {}", day_in_words(day)), lines))
}

impl Task {
    fn facts<'t>(&'t self, line: &CaseLine) -> Vec<RuleFact<'t>> {
        facts(&self.rules, line, self.as_at, &self.holidays)
    }

    fn tallies(&self) -> Vec<(&InForce, RuleTally)> {
        let mut tallies: Vec<_> =
            self.rules.iter().map(|held| (held, RuleTally::default())).collect();
        for line in &self.lines {
            for (held, tally) in &mut tallies {
                tally.add(&check(held, line, self.as_at, &self.holidays));
            }
        }
        tallies
    }

    fn print(&self, whole: bool) {
        println!("{} as at {}, by the rules “{}”.", self.from, day_in_words(self.as_at), self.set);
        for line in &self.lines {
            let facts = self.facts(line);
            let shown = |fact: &&RuleFact<'_>| whole || matches!(fact.outcome, Outcome::Overdue(_));
            let mut shown = facts.iter().filter(shown).peekable();
            if shown.peek().is_some() {
                let closed = if line.needs.is_empty() { " (closed)" } else { "" };
                println!("\n{}{closed}", line.reference);
            }
            for fact in shown {
                let state = state(&fact.outcome);
                println!("  {state:<11} {:<20} {}", fact.held.rule.code, fact.sentence());
            }
        }
        if !whole {
            self.print_summary();
        }
    }

    fn print_summary(&self) {
        let closed = self.lines.iter().filter(|line| line.needs.is_empty()).count();
        println!("\n{} open records, and {closed} closed ones.", self.lines.len() - closed);
        println!("\nOverdue, of the records that could be checked:");
        let tallies = self.tallies();
        for (held, tally) in tallies.iter().filter(|(_, tally)| tally.checked() > 0) {
            let rule = &held.rule;
            println!(
                "  {:>6} of {:<6} {:<20} {}",
                tally.overdue,
                tally.checked(),
                rule.code,
                rule.name
            );
        }
        println!("\nCould not be checked:");
        for (held, tally) in tallies.iter().filter(|(_, tally)| tally.untold() > 0) {
            let rule = &held.rule;
            println!("  {:>6} records {:<20} {}", tally.untold(), rule.code, rule.name);
            let mut whys: Vec<(&String, &u32)> = tally.untold.iter().collect();
            whys.sort_by_key(|(why, count)| (std::cmp::Reverse(**count), *why));
            for (why, count) in whys.iter().take(SHOWN) {
                println!("           {count}: {why}");
            }
            if let Some(more) = whys.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                println!("           … and {more} more reasons: --json gives them all.");
            }
        }
    }

    fn as_json(&self, whole: bool) -> Value {
        let (first, last) = self.holidays.years();
        let records = self.lines.iter().map(|line| {
            let facts = self.facts(line);
            let shown = |fact: &&RuleFact<'_>| whole || !matches!(fact.outcome, Outcome::InTime(_));
            json!({
                "reference": line.reference.as_str(),
                "open": !line.needs.is_empty(),
                "facts": facts.iter().filter(shown).map(fact_as_json).collect::<Vec<_>>(),
            })
        });
        let tallies = self.tallies().into_iter().map(|(held, tally)| {
            json!({
                "rule": held.rule.code.as_str(),
                "name": held.rule.name,
                "overdue": tally.overdue,
                "checked": tally.checked(),
                "not_checked": tally.untold(),
                "because": tally.untold,
            })
        });
        json!({
            "as_at": self.as_at.to_string(),
            "from": self.from,
            "rules": self.set,
            "bank_holidays": {
                "place": self.holidays.place, "source": self.holidays.source,
                "limits": self.holidays.limits, "first_year": first, "last_year": last,
            },
            "records": records.collect::<Vec<_>>(),
            "summary": tallies.collect::<Vec<_>>(),
        })
    }
}

fn state(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Overdue(_) => "overdue",
        Outcome::InTime(_) => "in time",
        Outcome::CannotTell { .. } => "cannot tell",
        Outcome::DoesNotApply => "not asked",
    }
}

fn fact_as_json(fact: &RuleFact<'_>) -> Value {
    let told = match &fact.outcome {
        Outcome::Overdue(told) | Outcome::InTime(told) => Some(told),
        Outcome::CannotTell { .. } | Outcome::DoesNotApply => None,
    };
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    json!({
        "rule": fact.held.rule.code.as_str(),
        "state": state(&fact.outcome).replace(' ', "_"),
        "sentence": fact.sentence(),
        "date": told.and_then(|told| day(told.date)),
        "due": told.and_then(|told| day(told.due)),
        "took": told.and_then(|told| told.elapsed).map(|elapsed| elapsed.words()),
        "standards": fact.held.rule.standards.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
