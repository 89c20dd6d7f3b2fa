//! `register`: what the committee asked, resolved and was promised, and what became of it.

use quarterlight_domain::register::{Item, owed};
use quarterlight_domain::stamp::day_in_england;
use serde_json::{Value, json};

use crate::arguments::Register;
use crate::config::Config;
use crate::{database, system};

/// Runs the command.
pub async fn run(command: &Register, config: &Config) -> anyhow::Result<()> {
    let Register::List { overdue, json: as_json } = command;
    let store = database::open(config).await?;
    let today = day_in_england(system::clock());
    let all = store.register.items().await?;
    let mut items: Vec<&Item> = all.iter().filter(|it| !overdue || it.is_overdue(today)).collect();
    items.sort_by_key(|it| (it.stage(), it.due(), it.id));
    if *as_json {
        let items: Vec<Value> = items.iter().map(|it| line(it, today)).collect();
        println!("{}", serde_json::to_string_pretty(&json!({ "items": items }))?);
        return Ok(());
    }
    let (open, late) = owed(&all, today);
    println!("Of {} items, {open} are owed a reply; {late} of those are overdue.", all.len());
    for item in items {
        let late = if item.is_overdue(today) { "overdue" } else { item.stage().code() };
        println!(
            "{:<28} {:<10} {:<9} {:<12} {:<20} {}",
            item.reference(),
            item.kind.code(),
            late,
            item.due().to_string(),
            item.owner().1,
            item.words.words().lines().next().unwrap_or_default()
        );
    }
    Ok(())
}

fn line(item: &Item, today: jiff::civil::Date) -> Value {
    json!({
        "committee": item.meeting.committee,
        "meeting": item.meeting.held_on.to_string(),
        "number": item.number,
        "kind": item.kind.code(),
        "words": item.words.words(),
        "asked_by": item.asked_by,
        "report": item.about.as_ref().map(|(_, title, _)| title),
        "cited": item.about.as_ref().map(|(_, _, cited)| cited.to_string()),
        "owner": item.owner().1,
        "first_due": item.first_due.to_string(),
        "due": item.due().to_string(),
        "stage": item.stage().code(),
        "overdue": item.is_overdue(today),
        "reply": item.reply().map(|it| it.words.words()),
    })
}
