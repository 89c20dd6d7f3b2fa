//! `looks`: who has looked at which record, and which looking is unusual. Both are noted.

use std::collections::BTreeMap;

use jiff::ToSpan;
use quarterlight_domain::access::thresholds::in_force;
use quarterlight_domain::access::unusual::unusual;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{LookFilter, LookLine, Store};

use crate::arguments::Looks;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;

/// Runs the command.
pub async fn run(command: &Looks, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    match command {
        Looks::Search { record, email, from, until, most } => {
            let mut filter = LookFilter { from: *from, until: *until, ..LookFilter::default() };
            if let Some(reference) = record {
                filter.record = store.looks.record_called(reference).await?;
                if filter.record.is_none() {
                    return wrong(format!("There is no record “{reference}”."));
                }
            }
            if let Some(email) = email {
                filter.person = store.people.by_email(email).await?;
                if filter.person.is_none() {
                    return wrong(format!("Nobody signs in as {email}."));
                }
            }
            search(&store, &filter, *most).await
        }
        Looks::Unusual => list_unusual(&store).await,
    }
}

async fn search(store: &Store, filter: &LookFilter, most: usize) -> anyhow::Result<()> {
    let (lines, count) = store.looks.search(filter, most).await?;
    store.looks.note_search(None, stamp("").at, filter, (count, true)).await?;
    for line in &lines {
        println!("{}", in_words(line));
    }
    println!("{} of {count} looks.", lines.len());
    Ok(())
}

fn in_words(line: &LookLine) -> String {
    let how = if line.by_glass { "  by break-glass" } else { "" };
    let why = line.why.as_ref().map(|why| format!("  because: {why}")).unwrap_or_default();
    let when = moment_in_words(line.at);
    format!("{when}  {}  {}  {}{how}{why}", line.name, line.reference, line.page)
}

async fn list_unusual(store: &Store) -> anyhow::Result<()> {
    let stamp = stamp("");
    let kept: Vec<_> = store.looks.thresholds().await?.into_iter().map(|it| it.set).collect();
    let (today, set) = (stamp.day(), in_force(&kept, stamp.day()));
    let from = today.saturating_sub((set.period - 1).days());
    let seen = store.looks.seen(from, today).await?;
    let found = u32::try_from(seen.len()).unwrap_or(u32::MAX);
    store.looks.note_search(None, stamp.at, &LookFilter::default(), (found, true)).await?;
    let people = store.people.all().await?.into_iter();
    let names: BTreeMap<PersonId, String> =
        people.map(|line| (line.person.id, line.person.name)).collect();
    let references = store.looks.references(from, today).await?;
    let pointed = unusual(&seen, &set);
    for it in &pointed {
        let name = names.get(&it.person).map_or("somebody", String::as_str);
        let record = it.record.and_then(|id| references.get(&id)).map_or("", String::as_str);
        println!(
            "{}  {name}  {record}  {}  ({} of {})",
            it.day,
            it.rule.words(&set),
            it.looks,
            it.of
        );
    }
    println!("{} lines from {} looks in {} days.", pointed.len(), seen.len(), set.period);
    Ok(())
}
