//! `trend` and `staff`: records and staff over time out of the database, and staff into it.

use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::place::PlaceKind;
use quarterlight_domain::staffing::census::Census;
use quarterlight_domain::staffing::history::Reading;
use quarterlight_domain::staffing::period::{Step, periods, usual_start};
use quarterlight_domain::staffing::trend::Scope;
use quarterlight_domain::staffing::{Staff as OneMonth, digest};
use quarterlight_domain::text::Reason;
use quarterlight_import::staff_list::month;
use quarterlight_report::staffing::csv;
use quarterlight_store::Store;
use quarterlight_web::apart::{StaffList, StaffRead};

use crate::arguments::{Staff, Trend};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::read_apart;

/// Writes the trend as comma-separated values.
pub async fn run(command: &Trend, config: &Config) -> anyhow::Result<()> {
    let today = stamp("").day();
    let read = |typed: &Option<String>, usual: Date| match typed {
        Some(typed) => month(typed),
        None => Ok(usual),
    };
    let (from, until) = (read(&command.from, usual_start(today))?, read(&command.until, today)?);
    let step = Step::from_code(&command.by).unwrap_or_default();
    let reading = Reading::from_code(&command.teams).unwrap_or_default();
    let periods = periods(from, until.last_of_month(), step)?;
    let facts = database::open(config).await?.figures.trend(&periods).await?;
    let scope = match &command.service {
        Some(name) => Scope::Service(name.clone()),
        None => Scope::All,
    };
    if let Scope::Service(name) = &scope {
        let known = facts.standings(reading);
        if !known.iter().any(|it| it.service.as_ref() == Some(name)) {
            return wrong(format!("No service called “{name}” has records or staff in that time."));
        }
    }
    print!("{}", csv(&facts.rows(&scope, reading)));
    Ok(())
}

/// Reads staff from a file and keeps them.
pub async fn staff(command: &Staff, config: &Config) -> anyhow::Result<()> {
    let Staff::Import { file, source, why, leave_out_unknown, dry_run } = command;
    let store = database::open(config).await?;
    let read = read_apart::read(config, StaffList, file).await?;
    let text = read.text.clone();
    let (months, said) = match &read.census {
        Some(census) if read.problems.is_empty() => {
            of_census(&store, census, source, *leave_out_unknown).await?
        }
        _ => (lines(&store, read, source).await?, String::new()),
    };
    if !dry_run {
        let stamp = stamp("imported the staff of teams");
        let key = format!("file {}", digest(source, &text));
        if !store.staffing.give(&stamp, &months, &Reason::new(why)?, &key).await? {
            return wrong("This file was imported before, from this source.");
        }
    }
    println!("{said}{} months of staff.", months.len());
    Ok(())
}

/// The staff of teams by a census, and an account of who is in it.
async fn of_census(
    store: &Store,
    census: &Census,
    source: &str,
    leave_out_unknown: bool,
) -> anyhow::Result<(Vec<OneMonth>, String)> {
    let (teams, today) = (store.workers.teams_by_registration().await?, stamp("").day());
    let day = day_in_words(census.day);
    let by_team = census.by_team(&teams, &format!("{source}, {day}"), today)?;
    let said = format!(
        "Workforce census of {day}: {} in post, of whom {} are in no team that is known here and {} \
         are senior or middle managers, who are the staff of no team; {} had left by that day.\n",
        census.in_post.len(),
        by_team.without_team.0,
        by_team.leading,
        census.left
    );
    let staff = if leave_out_unknown { by_team.without_unknown() } else { by_team.complete() };
    match staff {
        Ok(staff) => Ok((staff, said)),
        Err(refusal) => wrong(format!("Nothing was kept.\n{said}{refusal}")),
    }
}

async fn lines(store: &Store, read: StaffRead, source: &str) -> anyhow::Result<Vec<OneMonth>> {
    let StaffRead { lines, mut problems, .. } = read;
    let places = store.places.all().await?;
    let today = stamp("").day();
    let mut months: Vec<OneMonth> = Vec::new();
    for line in lines {
        let place = line.line;
        let named = |it: &&quarterlight_domain::place::Place| {
            it.kind == PlaceKind::Team && it.name == line.team
        };
        let Some(team) = places.iter().find(named) else {
            problems.push(format!("Line {place}: there is no team of this name."));
            continue;
        };
        match OneMonth::new(team.id, line.month, line.full_time, source, today) {
            Ok(it) if months.iter().any(|one| (one.team, one.month) == (it.team, it.month)) => {
                problems.push(format!("Line {place}: this team and month stand above."));
            }
            Ok(it) => months.push(it),
            Err(refusal) => problems.push(format!("Line {place}: {refusal}")),
        }
    }
    if !problems.is_empty() {
        return wrong(format!("Nothing was kept.\n{}", problems.join("\n")));
    }
    if months.is_empty() {
        return wrong("The file has no line with a team, a month and a number.");
    }
    Ok(months)
}
