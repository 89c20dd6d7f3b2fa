//! `actions`: the open actions with their age and how late they are.

use jiff::civil::Date;
use quarterlight_domain::action::Action;
use quarterlight_domain::action::ageing::Age;
use quarterlight_domain::action::escalation::Rung;
use quarterlight_domain::calendar::day_in_words;
use serde_json::json;

use crate::arguments::Actions;
use crate::config::Config;
use crate::database::{self, stamp};

/// Runs the command.
pub async fn run(command: &Actions, config: &Config) -> anyhow::Result<()> {
    let Actions::List { overdue, json } = command;
    let store = database::open(config).await?;
    let today = stamp("").day();
    let mut open = store.actions.open().await?;
    open.retain(|action| !overdue || action.is_overdue(today));
    if *json {
        let lines: Vec<_> = open.iter().map(|action| as_json(action, today)).collect();
        println!("{}", serde_json::to_string_pretty(&lines)?);
        return Ok(());
    }
    for action in &open {
        println!("{}", line(action, today));
    }
    println!("{} open.", open.len());
    Ok(())
}

/// *12 B1 on R-2043: Nia Pell, due on 4 December 2026, 3 days overdue, found 34 days ago.*
fn line(action: &Action, today: Date) -> String {
    let owner = action.owner_name.as_deref().unwrap_or("nobody");
    let late = action.days_overdue(today).map(|days| format!(", {days} days overdue"));
    let joined = action.joined_to.map(|id| format!(", under action {id}"));
    format!(
        "{} {} on {}: {owner}, due on {}{}, found {} days ago{}.",
        action.id,
        action.about(),
        action.reference,
        day_in_words(action.due),
        late.unwrap_or_default(),
        action.days_old(today),
        joined.unwrap_or_default(),
    )
}

fn as_json(action: &Action, today: Date) -> serde_json::Value {
    json!({
        "id": action.id.0,
        "record": action.reference.as_str(),
        "standard": (!action.is_key_issue()).then(|| action.standard.as_str()),
        "quarter": action.found.quarter.to_string(),
        "service": action.found.service_name,
        "owner": action.owner_name,
        "confirmer": action.confirmer_name,
        "found": action.found.on.to_string(),
        "age_days": action.days_old(today),
        "age": Age::of_days(action.days_old(today)).code(),
        "due": action.due.to_string(),
        "first_due": action.first_due.to_string(),
        "overdue_days": action.days_overdue(today),
        "told": Rung::on(today, action.due).map(Rung::code),
        "more_time_until": action.more_time.as_ref().map(|it| it.until.to_string()),
        "joined_to": action.joined_to.map(|id| id.0),
    })
}
