//! How many audits of a cycle were moderated, of those that the rule picks, in a sentence.

use quarterlight_domain::id::CycleId;
use quarterlight_domain::moderation::Ending;
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_report::words::{self, AUDIT};
use quarterlight_store::InModeration;

use crate::app::App;
use crate::error::Failure;

/// Of the audits that were submitted, how many are read a second time and how many of those were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moderated {
    submitted: u64,
    picked: u64,
    opened: u64,
    confirmed: u64,
}

/// Counts a cycle: three statements.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn count(app: &App, cycle: CycleId) -> Result<Moderated, Failure> {
    let rules = app.store.moderations.rules().await?;
    let rules: Vec<ModerationRule> = rules.into_iter().map(|kept| kept.rule).collect();
    let audits = app.store.moderations.of_cycle(cycle).await?;
    let picked = || audits.iter().filter(|kept| kept.picked(&rules).is_some());
    let is_confirmed = |kept: &&InModeration| {
        let ended = kept.current().and_then(|moderation| moderation.ended);
        ended.is_some_and(|ended| ended.how == Ending::Confirmed)
    };
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Ok(Moderated {
        submitted: number(audits.len()),
        picked: number(picked().count()),
        opened: number(picked().filter(|kept| kept.moderation.is_some()).count()),
        confirmed: number(picked().filter(is_confirmed).count()),
    })
}

/// What is counted: an audit that is with its auditor again was picked when it was first submitted.
const ONCE: &str = "that were submitted at least once";

/// *Moderation: the rule picks 5 of 14 audits (36%) that were submitted at least once. Opened: …*
pub fn sentence(it: &Moderated) -> Option<String> {
    if it.submitted == 0 {
        return None;
    }
    if it.picked == 0 {
        let submitted = words::count(it.submitted, &AUDIT);
        return Some(format!("Moderation: the rule picks none of the {submitted} {ONCE}."));
    }
    Some(format!(
        "Moderation: the rule picks {} {ONCE}. Opened: {}. Confirmed: {}.",
        words::part_of(it.picked, it.submitted, &AUDIT),
        words::part_of(it.opened, it.picked, &AUDIT),
        words::part_of(it.confirmed, it.picked, &AUDIT)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_moderated_is_said_with_what_it_is_out_of() {
        assert_eq!(sentence(&Moderated::default()), None);
        let none = Moderated { submitted: 4, ..Moderated::default() };
        let said = sentence(&none).unwrap();
        assert!(said.contains("none of the 4 audits that were submitted"), "{said}");
        let some = Moderated { submitted: 14, picked: 5, opened: 4, confirmed: 3 };
        let said = sentence(&some).unwrap();
        for part in ["5 of 14 audits", "Opened: 4 of 5 audits", "Confirmed: 3 of 5 audits"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
}
