//! Which cells of a release are hidden, and why.

use std::collections::BTreeMap;

use crate::ledger::{CellId, Percent, Release, Standing, Sum};
use crate::rule::Rule;

/// Why a cell is hidden. A reader is never told which of them it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is small, or shows that one place holds a whole group.
    Small,
    /// Without it a small one could be worked out.
    Another,
}

/// What is hidden in a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pub(crate) hidden: BTreeMap<CellId, Why>,
    /// Whether every zero is printed, so that whoever knows the rule knows that `c` is no zero.
    pub(crate) zeros_shown: bool,
}

impl Pattern {
    /// The cells that the rule hides for themselves, and nothing besides: never safe by itself.
    pub fn small_only(release: &Release, rule: &Rule) -> Self {
        let mut hidden = BTreeMap::new();
        for id in release.ids() {
            let is_small = rule.is_small(release.value(id));
            let hides = match release.standing(id) {
                Standing::Out | Standing::Aside => false,
                _ => is_small,
            };
            if hides {
                hidden.insert(id, Why::Small);
            }
        }
        if rule.hides_where_one_holds_all() {
            for id in held_by_one(release) {
                hidden.insert(id, Why::Small);
            }
        }
        let zeros_shown = hidden.keys().all(|id| release.value(*id) > 0);
        Self { hidden, zeros_shown }
    }

    /// The same pattern with everything hidden besides that stands in a sum with one of these cells,
    /// zeros too; none where nothing is left to hide.
    #[must_use]
    pub fn around(&self, release: &Release, cells: &[CellId]) -> Option<Self> {
        let mut pattern = Self { zeros_shown: false, ..self.clone() };
        let holds = |sum: &&Sum| cells.iter().any(|it| sum.total == *it || sum.parts.contains(it));
        for sum in release.sums.iter().filter(holds) {
            for id in std::iter::once(sum.total).chain(sum.parts.iter().copied()) {
                let can_hide = match release.standing(id) {
                    Standing::Open => true,
                    // It is printed nowhere, but a per cent may say as much.
                    Standing::Unprinted => release.has_percent(id),
                    _ => false,
                };
                if can_hide {
                    pattern.hidden.entry(id).or_insert(Why::Another);
                }
            }
        }
        (pattern != *self).then_some(pattern)
    }

    /// The same pattern with these cells shown again; none where one of them is hidden for itself.
    #[must_use]
    pub fn showing(&self, cells: &[CellId]) -> Option<Self> {
        let mut pattern = self.clone();
        for cell in cells {
            if pattern.hidden.remove(cell) != Some(Why::Another) {
                return None;
            }
        }
        Some(pattern)
    }

    /// Whether a cell is hidden.
    pub fn hides(&self, cell: CellId) -> bool {
        self.hidden.contains_key(&cell)
    }

    /// Whether a reader sees the count of a cell.
    pub(crate) fn prints(&self, release: &Release, cell: CellId) -> bool {
        match release.standing(cell) {
            Standing::Out => true,
            Standing::Unprinted | Standing::HiddenBefore | Standing::Aside => false,
            Standing::Open | Standing::Kept => !self.hides(cell),
        }
    }

    /// The cells that are hidden, in order, each with why.
    pub fn hidden(&self) -> impl Iterator<Item = (CellId, Why)> + '_ {
        self.hidden.iter().map(|(id, why)| (*id, *why))
    }

    /// How many are hidden for this reason.
    pub fn count(&self, why: Why) -> usize {
        self.hidden.values().filter(|each| **each == why).count()
    }

    /// Whether every zero is printed.
    pub const fn shows_zeros(&self) -> bool {
        self.zeros_shown
    }

    /// The same pattern with one cell hidden besides. It is no danger: what is hidden is attacked.
    #[must_use]
    pub fn with(&self, cell: CellId) -> Self {
        let mut pattern = self.clone();
        pattern.hidden.entry(cell).or_insert(Why::Another);
        pattern
    }

    /// The same pattern with one cell shown again. It is here for tests that break a pattern.
    #[must_use]
    pub fn without(&self, cell: CellId) -> Self {
        let mut pattern = self.clone();
        pattern.hidden.remove(&cell);
        pattern
    }

    /// Whether a per cent may stand: it may not where its count or its base is hidden, or where it
    /// is out of so few that it would speak of single children.
    pub(crate) fn shows_percent(&self, release: &Release, rule: &Rule, percent: &Percent) -> bool {
        let hidden = |cell| self.hides(cell) || release.standing(cell) == Standing::HiddenBefore;
        percent.is_out
            || !hidden(percent.count)
                && !hidden(percent.base)
                && !rule.is_small(release.value(percent.base))
    }
}

/// The cells of groups in which one place holds every member, with the empty places beside it:
/// printed zeros would say the same.
fn held_by_one(release: &Release) -> Vec<CellId> {
    let mut all = Vec::new();
    for sum in &release.sums {
        let total = release.value(sum.total);
        let full = sum.parts.iter().any(|part| release.value(*part) == total);
        if total > 0 && sum.parts.len() > 1 && full {
            let can_hide = |part: &&CellId| {
                matches!(release.standing(**part), Standing::Open | Standing::Unprinted)
            };
            all.extend(sum.parts.iter().filter(can_hide).copied());
        }
    }
    all
}
