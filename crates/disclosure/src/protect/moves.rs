//! Looks for another table that shows the same: one count is moved, and others move until all adds up.
//!
//! Best first: what hides the fewest further cells, and of those the smallest counts. Everything is
//! in whole numbers, so that a move that was found is a proof that a reader cannot tell the tables
//! apart. Where none is found within the limit, nothing is claimed.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::net::{Net, Use};

/// How much each cell moves; cells in order, none of them by nothing.
pub type Move = Vec<(usize, i64)>;

/// How far a search goes before it gives up.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Tables looked at.
    pub steps: usize,
    /// How eagerly what nearly adds up is followed, in tenths of a cell for each open sum.
    pub eagerness: u64,
}

/// A table in the making. The order of the fields is the order in which they are taken up.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    guess: u64,
    weight: i64,
    hides: u64,
    moved: Move,
    /// Sums that do not add up yet, each by how much.
    open: Vec<(usize, i64)>,
}

/// The cheapest move found that takes a cell up or down by an amount, from the table with these
/// `values`. `free` says which cells are
/// hidden already; only those are used where `all` is false.
pub fn cheapest(
    net: &Net,
    (values, free): (&[i64], &[bool]),
    (cell, by): (usize, i64),
    all: bool,
    limit: Limit,
) -> Option<Move> {
    let start = Step { guess: 0, weight: 0, hides: 0, moved: Vec::new(), open: Vec::new() };
    let first = moved(net, &start, (cell, by), 0, limit);
    let mut heap = BinaryHeap::from([Reverse(first)]);
    let mut seen = BTreeSet::new();
    let mut steps = 0;
    while let Some(Reverse(step)) = heap.pop() {
        if step.open.is_empty() {
            return Some(step.moved);
        }
        steps += 1;
        if steps > limit.steps {
            return None;
        }
        if !seen.insert(step.moved.clone()) {
            continue;
        }
        // Any sum that is open has to be closed; the one with the fewest cells leaves least to try.
        let size = |sum: usize| net.members.get(sum).map_or(0, Vec::len);
        let Some((sum, off)) = step.open.iter().min_by_key(|(sum, _)| size(*sum)).copied() else {
            continue;
        };
        for (other, times) in net.members.get(sum).into_iter().flatten() {
            if step.moved.iter().any(|(cell, _)| cell == other) {
                continue;
            }
            let is_free = free.get(*other).copied().unwrap_or(false);
            let usable = match net.uses.get(*other) {
                Some(Use::Hidden) => true,
                Some(Use::CanHide) => is_free || all,
                _ => false,
            };
            let room = net.floor(*other) - values.get(*other).copied().unwrap_or(0);
            let change = (-off * times).max(room);
            if usable && change != 0 {
                let hides = u64::from(!is_free && net.uses.get(*other) == Some(&Use::CanHide));
                heap.push(Reverse(moved(net, &step, (*other, change), hides, limit)));
            }
        }
    }
    None
}

/// The step with one more cell moved.
fn moved(net: &Net, step: &Step, (cell, by): (usize, i64), hides: u64, limit: Limit) -> Step {
    let mut all = step.moved.clone();
    let at = all.partition_point(|(each, _)| *each < cell);
    all.insert(at, (cell, by));
    let mut open = step.open.clone();
    for (sum, times) in net.sums_of.get(cell).into_iter().flatten() {
        let off = times * by;
        match open.binary_search_by_key(sum, |(each, _)| *each) {
            Ok(at) => {
                let left = open.get(at).map_or(0, |(_, off)| *off) + off;
                if left == 0 {
                    open.remove(at);
                } else if let Some(entry) = open.get_mut(at) {
                    entry.1 = left;
                }
            }
            Err(at) => open.insert(at, (*sum, off)),
        }
    }
    let hides = step.hides + hides;
    let weight = if hides > step.hides { step.weight + net.value(cell) } else { step.weight };
    let ahead = u64::try_from(open.len()).unwrap_or(u64::MAX).saturating_mul(limit.eagerness);
    Step { guess: (10 * hides).saturating_add(ahead), weight, hides, moved: all, open }
}
