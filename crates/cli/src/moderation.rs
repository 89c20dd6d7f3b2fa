//! `moderation`: which audits of a quarter are read a second time, why, and how that comes on.

use quarterlight_domain::moderation::Ending;
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_store::InModeration;
use serde_json::{Value, json};

use crate::arguments::Moderation;
use crate::config::Config;
use crate::database;
use crate::ending::wrong;

/// Runs the command.
pub async fn run(command: &Moderation, config: &Config) -> anyhow::Result<()> {
    let Moderation::List { quarter, json: as_json } = command;
    let store = database::open(config).await?;
    let Some(progress) = store.cycles.of_quarter(*quarter).await? else {
        return wrong(format!("There is no cycle of {quarter}."));
    };
    let rules = store.moderations.rules().await?;
    let rules: Vec<ModerationRule> = rules.into_iter().map(|kept| kept.rule).collect();
    let audits = store.moderations.of_cycle(progress.cycle.id).await?;
    let lines: Vec<Value> = audits.iter().filter_map(|kept| line(kept, &rules)).collect();
    if *as_json {
        let submitted = audits.len();
        let all = json!({ "quarter": quarter.to_string(), "submitted": submitted, "read": lines });
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    println!("Of {} audits submitted, {} are read a second time.", audits.len(), lines.len());
    for line in &lines {
        let word = |name: &str| line[name].as_str().unwrap_or("-").to_owned();
        println!(
            "{:<16} {:<22} {:<8} {:<12} {}",
            word("reference"),
            word("why"),
            word("number"),
            word("state"),
            word("moderator")
        );
    }
    Ok(())
}

/// One audit; none where it is not read a second time. What is read blind shows no grade: not even as
/// its reason, which is then that it is read blind.
fn line(kept: &InModeration, rules: &[ModerationRule]) -> Option<Value> {
    let picked = kept.picked(rules)?;
    let moderation = kept.moderation.as_ref();
    let state = match moderation.and_then(|it| it.ended).map(|ended| ended.how) {
        _ if moderation.is_none() => "to-be-read",
        _ if kept.came_again => "again",
        None => "being-read",
        Some(Ending::Confirmed) => "confirmed",
        Some(Ending::Returned) => "returned",
    };
    Some(json!({
        "reference": kept.audit.reference().as_str(),
        "auditor": kept.audit.auditor_name,
        "why": picked.why.code(),
        "number": picked.number.map(|number| number.to_string()),
        "state": state,
        "moderator": moderation.map(|it| it.moderator_name.clone()),
    }))
}
