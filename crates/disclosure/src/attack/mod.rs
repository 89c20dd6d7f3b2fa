//! The attack: what a patient reader with a solver could find out about every hidden count.
//!
//! It knows a [`Puzzle`] and nothing of how it was made, and shares no code with what hides cells.
//! Every answer of the solver is a whole table of counts, and is checked in whole numbers against
//! everything that is shown. So a solver that errs can make a safe release seem unsafe, and never
//! an unsafe one safe: where two tables that fit differ by so much, no reader can know better.

mod part;
mod solver;

use thiserror::Error;

use crate::ledger::CellId;
use crate::puzzle::Puzzle;
pub use part::{Part, Relation};
pub use solver::{MicroLp, Solver, Way};

/// The attack could not be carried out, so nothing is known and nothing may be released.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("attack the release: {0}")]
pub struct AttackFault(pub String);

/// The least and the most that a hidden count could be, given everything that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The least.
    pub low: i64,
    /// The most; none where nothing bounds it.
    pub high: Option<i64>,
}

impl Spread {
    /// Whether a reader knows the count.
    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }

    /// Whether there is at least this between the least and the most.
    pub fn is_as_wide_as(self, width: i64) -> bool {
        self.high.is_none_or(|high| high - self.low >= width)
    }
}

/// The spread of every unknown count of the puzzle, in order.
pub fn spreads(puzzle: &Puzzle, solver: &dyn Solver) -> Result<Vec<(CellId, Spread)>, AttackFault> {
    let wanted: Vec<(CellId, i64)> = puzzle.unknown().map(|cell| (cell, i64::MAX)).collect();
    assault(puzzle, &wanted, solver)
}

/// The spread of every wanted count that is narrower than the width beside it, exactly. What is
/// wide enough is left out as soon as two tables show it.
pub fn narrow(
    puzzle: &Puzzle,
    wanted: &[(CellId, i64)],
    solver: &dyn Solver,
) -> Result<Vec<(CellId, Spread)>, AttackFault> {
    let mut found = assault(puzzle, wanted, solver)?;
    found.retain(|(cell, spread)| {
        let width = wanted.iter().find(|(each, _)| each == cell).map_or(0, |(_, width)| *width);
        !spread.is_as_wide_as(width)
    });
    Ok(found)
}

fn assault(
    puzzle: &Puzzle,
    wanted: &[(CellId, i64)],
    solver: &dyn Solver,
) -> Result<Vec<(CellId, Spread)>, AttackFault> {
    let mut found = Vec::new();
    for part in part::parts(puzzle)? {
        let mut pool = Pool::of(&part);
        for (at, cell) in part.cells.iter().enumerate() {
            let Some((_, width)) = wanted.iter().find(|(each, _)| each.0 == *cell) else {
                continue;
            };
            for way in [Way::Most, Way::Least] {
                if pool.spread(&part, at).is_as_wide_as(*width) {
                    break;
                }
                if !part.relations.is_empty() {
                    let table = solver.farthest(&part, at, way)?;
                    pool.take(puzzle, &part, &table)?;
                }
            }
            found.push((CellId(*cell), pool.spread(&part, at)));
        }
    }
    found.sort_by_key(|(cell, _)| *cell);
    Ok(found)
}

/// What the tables found so far show of each count of a part.
struct Pool {
    lows: Vec<i64>,
    highs: Vec<i64>,
}

impl Pool {
    /// Nothing, or everything where a count is tied to no other.
    fn of(part: &Part) -> Self {
        if part.relations.is_empty() {
            return Self { lows: part.lows.clone(), highs: part.highs.clone() };
        }
        let none = part.cells.len();
        Self { lows: vec![i64::MAX; none], highs: vec![i64::MIN; none] }
    }

    fn take(&mut self, puzzle: &Puzzle, part: &Part, table: &[i64]) -> Result<(), AttackFault> {
        if table.len() != part.cells.len() || !puzzle.allows(|cell| part.value(puzzle, cell, table))
        {
            return Err(AttackFault("the solver gave a table that does not fit".to_owned()));
        }
        for ((low, high), value) in self.lows.iter_mut().zip(&mut self.highs).zip(table) {
            *low = (*low).min(*value);
            *high = (*high).max(*value);
        }
        Ok(())
    }

    fn spread(&self, part: &Part, at: usize) -> Spread {
        let low = self.lows.get(at).copied().unwrap_or(i64::MAX);
        let high = self.highs.get(at).copied().unwrap_or(i64::MIN);
        if low > high {
            // No table yet: as if it were known, which asks for one.
            return Spread { low: 0, high: Some(0) };
        }
        Spread { low, high: (high < part.endless).then_some(high) }
    }
}
