//! What a reader has before them: shown counts, hidden ones, and everything that ties them together.
//!
//! A puzzle holds no hidden count. The attack gets this and nothing else.

use crate::ledger::{CellId, Release};
use crate::pattern::Pattern;
use crate::percent::Rounded;
use crate::rule::Rule;

/// What a reader knows of one count by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// It is at least this.
    pub low: i64,
    /// It is at most this; none where nothing says so.
    pub high: Option<i64>,
}

impl Known {
    /// The count, where there is only one.
    pub fn exactly(self) -> Option<i64> {
        (self.high == Some(self.low)).then_some(self.low)
    }
}

/// Something that a reader knows of several counts together: a sum of multiples, within bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Cells, each with its multiple.
    pub terms: Vec<(usize, i64)>,
    /// The sum is at least this.
    pub low: Option<i64>,
    /// The sum is at most this.
    pub high: Option<i64>,
}

impl Tie {
    /// Whether the sum lies within its bounds, in whole numbers; nothing while a cell has no value.
    pub fn holds(&self, value: impl Fn(usize) -> Option<i64>) -> Option<bool> {
        let mut sum = 0_i128;
        for (cell, times) in &self.terms {
            sum += i128::from(*times) * i128::from(value(*cell)?);
        }
        let low = self.low.is_none_or(|low| sum >= i128::from(low));
        let high = self.high.is_none_or(|high| sum <= i128::from(high));
        Some(low && high)
    }
}

/// What a reader has before them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Puzzle {
    pub(crate) cells: Vec<Known>,
    pub(crate) ties: Vec<Tie>,
}

impl Puzzle {
    /// A puzzle without cells.
    pub fn new() -> Self {
        Self::default()
    }

    /// What a release shows under a pattern.
    pub fn of(release: &Release, pattern: &Pattern, rule: &Rule) -> Self {
        let mut puzzle = Self::new();
        let least = i64::from(pattern.zeros_shown);
        for id in release.ids() {
            if pattern.prints(release, id) {
                puzzle.shown(release.value(id));
            } else if pattern.hides(id) {
                puzzle.hidden(least);
            } else {
                puzzle.hidden(0);
            }
        }
        for sum in &release.sums {
            puzzle.adds_up(sum.total, &sum.parts);
        }
        for percent in &release.percents {
            if pattern.shows_percent(release, rule, percent) {
                let (count, base) = (release.value(percent.count), release.value(percent.base));
                if let Some(published) = Rounded::of(count, base, percent.decimals) {
                    puzzle.percent(percent.count, percent.base, published);
                }
            }
        }
        puzzle
    }

    fn push(&mut self, known: Known) -> CellId {
        self.cells.push(known);
        CellId(self.cells.len() - 1)
    }

    /// A count that is shown.
    pub fn shown(&mut self, value: i64) -> CellId {
        self.push(Known { low: value, high: Some(value) })
    }

    /// A count that is not shown, and is at least this.
    pub fn hidden(&mut self, least: i64) -> CellId {
        self.push(Known { low: least, high: None })
    }

    /// A count that is shown rounded to the nearest multiple, halves up.
    pub fn rounded(&mut self, shown: i64, multiple: i64) -> CellId {
        let low = (2 * shown - multiple + 1).div_euclid(2).max(0);
        let high = (2 * shown + multiple + 1).div_euclid(2) - 1;
        self.push(Known { low, high: Some(high) })
    }

    /// Says that a cell is the sum of others.
    pub fn adds_up(&mut self, total: CellId, parts: &[CellId]) {
        let terms = std::iter::once((total.0, 1)).chain(parts.iter().map(|part| (part.0, -1)));
        self.ties.push(Tie { terms: terms.collect(), low: Some(0), high: Some(0) });
    }

    /// Says that a count is shown as a rounded per cent of another.
    pub fn percent(&mut self, count: CellId, base: CellId, published: Rounded) {
        let (times, low, high) = published.bounds();
        // low x base <= times x count < high x base, in whole numbers.
        self.ties.push(Tie {
            terms: vec![(count.0, times), (base.0, -low)],
            low: Some(0),
            high: None,
        });
        self.ties.push(Tie {
            terms: vec![(count.0, times), (base.0, -high)],
            low: None,
            high: Some(-1),
        });
    }

    /// The cells whose count is not known from themselves.
    pub fn unknown(&self) -> impl Iterator<Item = CellId> + '_ {
        let cells = self.cells.iter().enumerate();
        cells.filter(|(_, known)| known.exactly().is_none()).map(|(at, _)| CellId(at))
    }

    pub(crate) fn known(&self, cell: usize) -> Known {
        self.cells.get(cell).copied().unwrap_or(Known { low: 0, high: None })
    }

    /// Whether counts could stand in a table that shows what this one shows: everything that is
    /// said of the cells that have a value holds, in whole numbers.
    pub fn allows(&self, value: impl Fn(usize) -> Option<i64>) -> bool {
        let each = self.cells.iter().enumerate().all(|(at, known)| {
            value(at).is_none_or(|count| {
                count >= known.low && known.high.is_none_or(|high| count <= high)
            })
        });
        each && self.ties.iter().all(|tie| tie.holds(&value) != Some(false))
    }
}
