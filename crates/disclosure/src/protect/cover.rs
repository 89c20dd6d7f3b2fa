//! Cells that are hidden for others, with the moves that need them.

use super::moves::{Limit, Move, cheapest};
use super::net::{Net, Use};

/// The first search looks for the cheapest; the others for any, ever more eagerly.
const LIMITS: [(usize, u64); 3] = [(3_000, 5), (6_000, 10), (20_000, 20)];

/// A search within what is hidden already costs little and is often asked.
const WITHIN: Limit = Limit { steps: 1_500, eagerness: 5 };

/// What is hidden, and for each protected cell the moves that show that it can differ enough.
#[derive(Debug, Clone)]
pub struct Cover {
    hidden: Vec<bool>,
    proofs: Vec<(usize, Vec<Move>)>,
}

impl Cover {
    /// Protects the cells in this order, then shows again what proves superfluous.
    ///
    /// # Errors
    /// The cell for which no other table was found.
    pub fn of(net: &Net, order: &[usize], width: i64) -> Result<Self, usize> {
        let mut cover = Self::only(net, &[]);
        for cell in order {
            let moves = apart(net, &cover.hidden, *cell, width).ok_or(*cell)?;
            for (moved, _) in moves.iter().flatten() {
                cover.hide(*moved);
            }
            cover.proofs.push((*cell, moves));
        }
        cover.slim(net, width);
        Ok(cover)
    }

    /// Nothing but these cells hidden, beside what is hidden anyway.
    pub fn only(net: &Net, cells: &[usize]) -> Self {
        let mut cover = Self {
            hidden: net.uses.iter().map(|each| *each == Use::Hidden).collect(),
            proofs: Vec::new(),
        };
        for cell in cells {
            cover.hide(*cell);
        }
        cover
    }

    /// Whether each of these cells can differ enough within what is hidden.
    pub fn protects(&self, net: &Net, cells: &[usize], width: i64) -> bool {
        cells.iter().all(|cell| within(net, &self.hidden, *cell, width).is_some())
    }

    fn hide(&mut self, cell: usize) {
        if let Some(hidden) = self.hidden.get_mut(cell) {
            *hidden = true;
        }
    }

    /// How many cells are hidden for others, and what stands in them.
    pub fn cost(&self, net: &Net) -> (usize, i64) {
        let cells: Vec<usize> = self.for_others(net).collect();
        (cells.len(), cells.iter().map(|cell| net.value(*cell)).sum())
    }

    /// The cells that are hidden for others, in order.
    pub fn for_others<'a>(&'a self, net: &'a Net) -> impl Iterator<Item = usize> + 'a {
        let hidden = self.hidden.iter().zip(&net.uses).enumerate();
        hidden.filter(|(_, (hidden, each))| **hidden && **each == Use::CanHide).map(|(at, _)| at)
    }

    /// Shows again every cell that no proof needs, or whose proofs can do without it.
    fn slim(&mut self, net: &Net, width: i64) {
        let mut cells: Vec<usize> = self.for_others(net).collect();
        cells.sort_by_key(|cell| std::cmp::Reverse(net.value(*cell)));
        for cell in cells {
            let mut trial = self.hidden.clone();
            if let Some(hidden) = trial.get_mut(cell) {
                *hidden = false;
            }
            let needs = |(_, moves): &&(usize, Vec<Move>)| {
                moves.iter().flatten().any(|(moved, _)| *moved == cell)
            };
            let again: Option<Vec<(usize, Vec<Move>)>> = self
                .proofs
                .iter()
                .filter(needs)
                .map(|(of, _)| Some((*of, within(net, &trial, *of, width)?)))
                .collect();
            if let Some(again) = again {
                self.hidden = trial;
                for (of, moves) in again {
                    if let Some(proof) = self.proofs.iter_mut().find(|(each, _)| *each == of) {
                        proof.1 = moves;
                    }
                }
            }
        }
        // A proof that was found again may do without a cell that was kept for it before. Such a
        // cell may be the same in every table that fits, and then hiding it is no use.
        let moved: Vec<usize> = self
            .proofs
            .iter()
            .flat_map(|(_, moves)| moves.iter().flatten())
            .map(|it| it.0)
            .collect();
        self.hidden = Self::only(net, &moved).hidden;
    }
}

/// Ways of sharing the width out between up and down: all of it up, then ever more of it down.
fn ways(net: &Net, cell: usize, width: i64) -> impl Iterator<Item = (i64, i64)> {
    let room = net.value(cell) - net.floor(cell);
    (0..=room.clamp(0, width)).map(move |down| (width - down, down))
}

/// In larger releases a count is moved at once or not at all: going one by one takes too long.
const SMALL: usize = 60;

/// Moves that set the cell apart by the width, with what is hidden and nothing more: up as far as
/// it goes, then down.
fn within(net: &Net, hidden: &[bool], cell: usize, width: i64) -> Option<Vec<Move>> {
    if net.values.len() > SMALL {
        return ways(net, cell, width).find_map(|(up, down)| {
            let there = |by| match by {
                0 => Some(Vec::new()),
                by => cheapest(net, (&net.values, hidden), (cell, by), false, WITHIN),
            };
            Some(vec![there(up)?, there(-down)?])
        });
    }
    let (up, reached) = stepped(net, hidden, (cell, 1), width);
    let (down, more) = stepped(net, hidden, (cell, -1), width - reached);
    (reached + more >= width).then(|| vec![up, down])
}

/// How far a cell can go in one direction, at once or one by one, at most so far. Each step may
/// take back what one before it moved, so that none stands in the way of the next.
fn stepped(net: &Net, hidden: &[bool], (cell, by): (usize, i64), most: i64) -> (Move, i64) {
    let mut values = net.values.clone();
    let mut reached = 0;
    let mut stride = most;
    while reached < most {
        let value = values.get(cell).copied().unwrap_or(0);
        let room = if by < 0 { value - net.floor(cell) } else { most };
        stride = stride.min(room);
        if stride == 0 {
            break;
        }
        let step = cheapest(net, (&values, hidden), (cell, by * stride), false, WITHIN);
        let Some(step) = step else {
            // All at once cannot be made up for; one by one perhaps can.
            if stride == 1 {
                break;
            }
            stride = 1;
            continue;
        };
        for (moved, by) in step {
            if let Some(value) = values.get_mut(moved) {
                *value += by;
            }
        }
        reached += stride;
    }
    let moves = values.iter().zip(&net.values).enumerate();
    let moves = moves.map(|(at, (now, then))| (at, now - then)).filter(|(_, by)| *by != 0);
    (moves.collect(), reached)
}

/// Moves that set the cell apart by the width and hide as few cells more as were found.
fn apart(net: &Net, hidden: &[bool], cell: usize, width: i64) -> Option<Vec<Move>> {
    if let Some(moves) = within(net, hidden, cell, width) {
        return Some(moves);
    }
    LIMITS.into_iter().find_map(|(steps, eagerness)| {
        let limit = Limit { steps, eagerness };
        let found = ways(net, cell, width)
            .filter_map(|(up, down)| both(net, hidden, (cell, up, down), limit));
        found.min_by_key(|moves| cost(net, hidden, moves))
    })
}

fn both(
    net: &Net,
    hidden: &[bool],
    (cell, up, down): (usize, i64, i64),
    limit: Limit,
) -> Option<Vec<Move>> {
    let mut hidden = hidden.to_vec();
    let mut moves = Vec::with_capacity(2);
    for by in [up, -down].into_iter().filter(|by| *by != 0) {
        let found = cheapest(net, (&net.values, &hidden), (cell, by), true, limit)?;
        for (moved, _) in &found {
            if let Some(each) = hidden.get_mut(*moved) {
                *each = true;
            }
        }
        moves.push(found);
    }
    Some(moves)
}

fn cost(net: &Net, hidden: &[bool], moves: &[Move]) -> (usize, i64) {
    let mut cells: Vec<usize> = moves.iter().flatten().map(|(cell, _)| *cell).collect();
    cells.sort_unstable();
    cells.dedup();
    cells.retain(|cell| !hidden.get(*cell).copied().unwrap_or(false));
    (cells.len(), cells.iter().map(|cell| net.value(*cell)).sum())
}
