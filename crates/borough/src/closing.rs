//! When records were closed between two quarters, as the next list tells.

use quarterlight_domain::case_list::{CaseLine, KeyDate};
use quarterlight_domain::history::{Episode, History, Span};
use quarterlight_domain::reconcile::{Apart, Standing};

use crate::luck::Luck;
use crate::rounds::{Round, after, days_between};

/// The records of the list before that are not on the next, each closed on some day in between.
pub fn between(before: &[CaseLine], lines: &[CaseLine], round: &Round) -> Vec<Apart> {
    let gone = before.iter().filter(|old| lines.iter().all(|it| it.reference != old.reference));
    gone.map(|old| closed(old, round)).collect()
}

fn closed(old: &CaseLine, round: &Round) -> Apart {
    // Its own luck, so that nothing else in the borough happens otherwise.
    let mut luck = Luck::of(&format!("closed {}", old.reference));
    let mut history = History::default();
    if let Some(opened) = old.dates.get(&KeyDate::Opened).copied() {
        let first = round.quarter.before().first_day();
        let until = after(first, luck.between(1, days_between(first, round.from).max(1)));
        let span = Span { from: opened, until: Some(until) };
        history.episodes.insert(Episode::Referral, [span].into());
    }
    Apart {
        reference: old.reference.clone(),
        standing: Standing::Closed,
        disabled: old.disabled,
        placement: None,
        team: old.team.clone(),
        history,
        on: Vec::new(),
    }
}
