//! What is known of an action: its finding, its owner and days, what is joined with it, and what was found again.

use quarterlight_domain::action::escalation::Rung;
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_store::Recurrence;

use super::show::Around;
use super::{InHand, words};
use crate::govuk::{Content, Markup, SummaryList, SummaryRow};
use crate::links;

/// That an issue was found before or since, with where the other findings are.
#[derive(Debug, Clone)]
pub struct Again {
    /// *Found again: the third quarter since April to June 2026.*
    pub sentence: String,
    /// The other actions: their words and where they are, for those who may read them.
    pub others: Vec<(String, String)>,
}

/// What was found before and since, for the page of one action. Which records those were is for
/// those who see the place or everything.
pub fn again(action: &InHand, around: &Around) -> Vec<Again> {
    let it = &action.action;
    let sees = action.permits(Deed::SeeFindings) || action.permits(Deed::GiveAction(it));
    let others = |all: &[Recurrence]| if sees { others(all) } else { Vec::new() };
    let before = found_again(it, &around.before).map(|sentence| Again {
        sentence: format!("{sentence} It was put right before, in the same team or record."),
        others: others(&around.before),
    });
    let since = (!around.since.is_empty()).then(|| Again {
        sentence: "This was found again after it was verified.".to_owned(),
        others: others(&around.since),
    });
    before.into_iter().chain(since).collect()
}

/// *Found again: the third quarter since April to June 2026.* None where it was not found before.
pub fn found_again(action: &Action, before: &[Recurrence]) -> Option<String> {
    let mut quarters: Vec<_> =
        before.iter().filter(|it| it.finding == action.finding).map(|it| it.quarter).collect();
    quarters.sort_unstable();
    quarters.dedup();
    let since = quarters.first()?;
    let times = ordinal(quarters.len() + 1);
    Some(format!("Found again: the {times} quarter since {}.", since.words()))
}

fn ordinal(number: usize) -> String {
    match number {
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        _ => format!("{number}th"),
    }
}

fn others(all: &[Recurrence]) -> Vec<(String, String)> {
    let other = |it: &Recurrence| {
        (format!("{} · {}", it.reference, it.quarter.words()), links::action(it.action))
    };
    all.iter().map(other).collect()
}

/// When an open action goes to whom, so that nobody is surprised.
pub fn rungs(action: &Action) -> Vec<String> {
    if action.is_open() && action.joined_to.is_none() {
        Rung::ALL.into_iter().map(Rung::words).collect()
    } else {
        Vec::new()
    }
}

/// The facts in rows.
pub fn facts(action: &InHand, around: &Around) -> SummaryList {
    let it = &action.action;
    let reference = it.reference.to_string();
    let record = match &around.record {
        Some(link) => Content::link(reference, link.clone()),
        None => Content::text(reference),
    };
    let confirmer = it.confirmer_name.as_deref();
    let confirmer = confirmer.unwrap_or("Whoever manages the team or service, or the quality lead");
    let mut rows = vec![
        SummaryRow::new("What must be put right", Content::written(it.what.clone())),
        SummaryRow::new("Record", record),
        SummaryRow::new("Owner", it.owner_name.as_deref().unwrap_or("Nobody owns this yet")),
        SummaryRow::new("Due", words::due(it)),
        SummaryRow::new("Confirmed by", confirmer),
    ];
    if !it.plan.is_empty() {
        let plan = Content::written(it.plan.clone());
        rows.push(SummaryRow::new("What will be done, and the proof", plan));
    }
    if let Some(proof) = proof(it) {
        rows.push(SummaryRow::new("What was done, and the proof", Content::written(proof)));
    }
    if let ActionStage::NotNeeded { because, .. } = &it.stage {
        rows.push(SummaryRow::new("Why nothing need be done", Content::written(because.words())));
    }
    let themes = around.themes.names();
    if !themes.is_empty() {
        rows.push(SummaryRow::new("Themes", themes.join(", ")));
    }
    if let Some(other) = it.joined_to {
        let link = Content::link(format!("Action {other}"), links::action(other));
        rows.push(SummaryRow::new("Goes on under", link));
    }
    if !around.carried.is_empty() {
        rows.push(SummaryRow::new("Also sees to", carried(action, &around.carried)));
    }
    if let Some(standard) = action.standard() {
        rows.push(SummaryRow::new("What met looks like", standard.met_looks_like.clone()));
    }
    if action.permits(Deed::ReadAudit(&action.audit)) {
        let link = Content::link("Read the audit that found it", links::read_audit(it.audit));
        rows.push(SummaryRow::new("Audit", link));
    }
    SummaryList::new(rows)
}

fn proof(action: &Action) -> Option<String> {
    match &action.stage {
        ActionStage::Addressed { proof, .. } => Some(proof.words().to_owned()),
        _ => action.verified().map(|it| it.proof.words().to_owned()),
    }
}

/// The findings that go on under this action, each with its own line; linked for those who may read.
fn carried(action: &InHand, all: &[Action]) -> Content {
    let (person, today) = (&action.visitor.person, action.visitor.today);
    let line = |it: &Action| {
        let words = format!("{} on {}", it.about(), it.reference);
        let content = if permits(person, Deed::ReadAction(it), today) {
            Content::link(words, links::action(it.id))
        } else {
            Content::text(words)
        };
        [Markup::of(&content), Markup::of(&Content::text(". "))]
    };
    Content::Components(all.iter().flat_map(line).collect())
}
