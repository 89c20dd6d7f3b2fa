//! What a report says of allocation and of staff: numbers, in the order of names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bands::TeamBands;
use super::exceptions::{Exception, Standing, Untold};
use super::protocol::Protocol;
use super::trend::TrendRow;
use crate::allocation::Experience;
use crate::need::Need;

/// What a report says of allocation and of staff.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaffingFigures {
    /// The protocol that held on the day of the list.
    pub protocol: Option<Protocol>,
    /// Workers by caseload, team by team.
    pub bands: Vec<TeamBands>,
    /// What is held otherwise than is advised.
    pub exceptions: Vec<ExceptionCount>,
    /// Records that advice is about and of which it cannot be told whether they are held otherwise.
    pub untold: Untold,
    /// Eighteen months of records and staff, as they are counted now.
    pub trend: Vec<TrendRow>,
}

/// Exceptions to one piece of advice, in one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionCount {
    /// The service, by name.
    pub service: Option<String>,
    /// The advice in words.
    pub advice: String,
    /// The need that they are counted under.
    pub need: Need,
    /// The experience of who holds them; none where no worker is named.
    pub held_by: Option<Experience>,
    /// How many.
    pub found: u32,
    /// Of them, those with a reason that need not be looked at again yet.
    pub with_reason: u32,
    /// Of them, those whose reason is to be looked at again.
    pub to_review: u32,
}

/// Exceptions by service, advice, need and experience, in that order.
pub fn count(exceptions: &[Exception], today: Date) -> Vec<ExceptionCount> {
    let mut counts: BTreeMap<_, ExceptionCount> = BTreeMap::new();
    for it in exceptions {
        let service = it.held.place.0.clone();
        let (need, held_by) = (it.need(), it.held.held_by);
        let count =
            counts.entry((service.clone(), it.advice, need, held_by)).or_insert_with(|| {
                ExceptionCount {
                    service,
                    advice: it.advice.words(),
                    need,
                    held_by,
                    found: 0,
                    with_reason: 0,
                    to_review: 0,
                }
            });
        count.found += 1;
        match it.standing(today) {
            Standing::WithReason => count.with_reason += 1,
            Standing::ToReview => count.to_review += 1,
            Standing::WithoutReason => {}
        }
    }
    counts.into_values().collect()
}
