//! Chooses what else to hide, so that no small count can be worked out.
//!
//! For each small count it looks for two tables that show the same and in which the count differs
//! by the width of the rule. What moves between them has to be hidden. Then whatever proves
//! superfluous is shown again, the largest first, and of several orders the best is kept. It uses no
//! solver: the attack has one, and neither leans on the other.

mod cover;
mod least;
mod moves;
mod net;

use std::collections::BTreeMap;

use quarterlight_domain::refusal::Refusal;

use crate::ledger::{CellId, Release};
use crate::pattern::{Pattern, Why};
use crate::rule::Rule;
use cover::Cover;
use net::Net;

/// What to hide in a release. Zeros are printed as long as that can be done; where it cannot, they
/// may be hidden too, and a reader is told so.
///
/// # Errors
/// A `Refusal` that names the cell that cannot be protected, by its place.
pub fn protect(release: &Release, rule: &Rule) -> Result<Pattern, Refusal> {
    let small = Pattern::small_only(release, rule);
    if small.hidden.is_empty() {
        return Ok(small);
    }
    let mut stuck = None;
    for zeros_shown in [true, false] {
        if zeros_shown && !small.zeros_shown {
            continue;
        }
        let net = Net::of(release, &small, zeros_shown);
        let cells: Vec<usize> = small.hidden.keys().map(|id| id.0).collect();
        match best(&net, &cells, rule.width()) {
            Ok(cover) => {
                let mut hidden = small.hidden;
                hidden.extend(cover.for_others(&net).map(|cell| (CellId(cell), Why::Another)));
                return Ok(Pattern { hidden, zeros_shown });
            }
            Err(cell) => stuck = Some(cell),
        }
    }
    let at = stuck.and_then(|cell| release.cells.get(cell)).map_or("a figure", |cell| &cell.at);
    Err(Refusal::because(format!(
        "The figure in {at} cannot be hidden so that nobody can work it out from the other figures. \
         Release the private part alone, or build this again when more has been counted."
    )))
}

/// So many orders are tried in a release of this many cells.
fn orders(size: usize) -> usize {
    match size {
        0..=60 => 24,
        61..=250 => 6,
        _ => 2,
    }
}

/// The cheapest cover of several; or the cell for which none was found.
fn best(net: &Net, cells: &[usize], width: i64) -> Result<Cover, usize> {
    let mut best: Option<Cover> = None;
    let mut stuck = 0;
    for turn in 0..orders(net.values.len()) {
        match Cover::of(net, &ordered(net, cells, turn), width) {
            Ok(cover) => {
                if best.as_ref().is_none_or(|best| cover.cost(net) < best.cost(net)) {
                    best = Some(cover);
                }
            }
            Err(cell) => stuck = cell,
        }
    }
    let best = best.ok_or(stuck)?;
    Ok(least::fewer(net, cells, width, &best).unwrap_or(best))
}

/// The cells in another order each turn: the smallest first, the largest first, then shuffled in a
/// way that is the same every time.
fn ordered(net: &Net, cells: &[usize], turn: usize) -> Vec<usize> {
    let mut order = cells.to_vec();
    match turn {
        0 => order.sort_by_key(|cell| net.value(*cell)),
        1 => order.sort_by_key(|cell| std::cmp::Reverse(net.value(*cell))),
        _ => {
            let mix = |cell: usize| {
                let both = u64::try_from(cell * 1_000_003 + turn).unwrap_or(0);
                both.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(0xBF58_476D)
            };
            let keys: BTreeMap<usize, u64> = order.iter().map(|cell| (*cell, mix(*cell))).collect();
            order.sort_by_key(|cell| (keys.get(cell).copied(), *cell));
        }
    }
    order
}
