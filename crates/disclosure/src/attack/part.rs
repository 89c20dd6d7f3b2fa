//! A puzzle falls into parts that know nothing of each other; each is attacked by itself.

use std::collections::BTreeMap;

use super::AttackFault;
use crate::puzzle::{Puzzle, Tie};

/// Unknown counts that are tied together, and their ties with all that is known put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which cells of the puzzle, in order.
    pub cells: Vec<usize>,
    /// The least that each could be by itself.
    pub lows: Vec<i64>,
    /// The most that each could be by itself, or a bound far above everything that is shown.
    pub highs: Vec<i64>,
    /// What ties them.
    pub relations: Vec<Relation>,
    /// A count that reaches this is bounded by nothing.
    pub endless: i64,
}

/// A sum of multiples of the part's counts, within bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Places within the part, each with its multiple.
    pub terms: Vec<(usize, i64)>,
    /// The sum is at least this.
    pub low: Option<i64>,
    /// The sum is at most this.
    pub high: Option<i64>,
}

impl Part {
    /// What a cell of the puzzle is in a table of this part; nothing where it is in another part.
    pub(super) fn value(&self, puzzle: &Puzzle, cell: usize, table: &[i64]) -> Option<i64> {
        puzzle
            .known(cell)
            .exactly()
            .or_else(|| self.cells.binary_search(&cell).ok().and_then(|at| table.get(at)).copied())
    }
}

/// How far above everything that is shown a count counts as bounded by nothing.
const FAR: i64 = 100;
/// The solver computes in floating point, and is given nothing larger.
const LARGEST: i64 = 500_000_000;

/// A tie, with those of its terms that are unknown.
type Open<'a> = (Vec<(usize, i64)>, &'a Tie);

/// The parts of a puzzle, each with at least one unknown count, in order.
pub(super) fn parts(puzzle: &Puzzle) -> Result<Vec<Part>, AttackFault> {
    let mut roots: Vec<usize> = (0..puzzle.cells.len()).collect();
    let mut open: Vec<Open<'_>> = Vec::new();
    for tie in &puzzle.ties {
        let unknown = |term: &&(usize, i64)| puzzle.known(term.0).exactly().is_none();
        let terms: Vec<(usize, i64)> = tie.terms.iter().filter(unknown).copied().collect();
        if terms.is_empty() && tie.holds(|cell| puzzle.known(cell).exactly()) == Some(false) {
            return Err(AttackFault("what is shown contradicts itself".to_owned()));
        }
        for pair in terms.windows(2) {
            if let [(one, _), (other, _)] = pair {
                let (one, other) = (root(&roots, *one), root(&roots, *other));
                if let Some(parent) = roots.get_mut(one.max(other)) {
                    *parent = one.min(other);
                }
            }
        }
        if !terms.is_empty() {
            open.push((terms, tie));
        }
    }
    let mut cells: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for cell in puzzle.unknown() {
        cells.entry(root(&roots, cell.0)).or_default().push(cell.0);
    }
    let mut ties: BTreeMap<usize, Vec<Open<'_>>> = BTreeMap::new();
    for (terms, tie) in open {
        let first = terms.first().map_or(0, |(cell, _)| *cell);
        ties.entry(root(&roots, first)).or_default().push((terms, tie));
    }
    let part = |(root, cells)| part(puzzle, cells, ties.remove(&root).unwrap_or_default());
    Ok(cells.into_iter().map(part).collect())
}

fn root(roots: &[usize], mut cell: usize) -> usize {
    while let Some(parent) = roots.get(cell).filter(|parent| **parent != cell) {
        cell = *parent;
    }
    cell
}

fn part(puzzle: &Puzzle, cells: Vec<usize>, open: Vec<Open<'_>>) -> Part {
    let mut shown = 1_000_i64;
    let relations = open.into_iter().map(|(terms, tie)| {
        let known: i64 = tie
            .terms
            .iter()
            .filter_map(|(cell, times)| Some(times * puzzle.known(*cell).exactly()?))
            .sum();
        let terms = terms
            .into_iter()
            .filter_map(|(cell, times)| Some((cells.binary_search(&cell).ok()?, times)));
        shown = shown.saturating_add(known.abs());
        Relation {
            terms: terms.collect(),
            low: tie.low.map(|low| low - known),
            high: tie.high.map(|high| high - known),
        }
    });
    let mut relations: Vec<Relation> = relations.collect();
    for cell in &cells {
        shown = shown.saturating_add(puzzle.known(*cell).high.unwrap_or(0));
    }
    let top = shown.saturating_mul(FAR).min(LARGEST);
    let mut lows: Vec<i64> = cells.iter().map(|cell| puzzle.known(*cell).low).collect();
    let mut highs: Vec<i64> =
        cells.iter().map(|cell| puzzle.known(*cell).high.unwrap_or(top)).collect();
    // What ties one count to nothing but what is shown bounds it by itself.
    relations.retain(|relation| {
        let [(at, times)] = relation.terms.as_slice() else { return true };
        tighten(relation, *at, *times, &mut lows, &mut highs);
        false
    });
    Part { cells, lows, highs, relations, endless: top / 2 }
}

fn tighten(relation: &Relation, at: usize, times: i64, lows: &mut [i64], highs: &mut [i64]) {
    let up = |number: i64| -(-number).div_euclid(times.abs());
    let down = |number: i64| number.div_euclid(times.abs());
    let (low, high) = if times > 0 {
        (relation.low, relation.high)
    } else {
        (relation.high.map(|high| -high), relation.low.map(|low| -low))
    };
    if let (Some(bound), Some(low)) = (lows.get_mut(at), low.map(up)) {
        *bound = (*bound).max(low);
    }
    if let (Some(bound), Some(high)) = (highs.get_mut(at), high.map(down)) {
        *bound = (*bound).min(high);
    }
}
