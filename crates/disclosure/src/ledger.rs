//! Everything that one release would say in numbers: cells, which of them add up, and per cents.

/// A cell of a [`Release`], by its place in it. A number that stands in two tables is one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellId(pub(crate) usize);

/// How a count stands before anything is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It would be printed, and can be hidden.
    Open,
    /// It would be printed, and is never hidden to protect another: a grand total.
    Kept,
    /// It is not printed as a count, but a per cent or a sum speaks of it.
    Unprinted,
    /// An earlier release printed it; nothing can be hidden there any more.
    Out,
    /// An earlier release hid it, so it stays hidden and has to stay protected.
    HiddenBefore,
    /// It is not printed and says nothing of anybody: what is left of a whole, so that a reader is
    /// taken to know that a part is no larger than its whole.
    Aside,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Where a reader finds it: *Table 3, row 2, column 4*. Never what it says.
    pub at: String,
    /// The count.
    pub(crate) value: i64,
    /// How it stands.
    pub standing: Standing,
}

/// A cell that is the sum of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: CellId,
    /// What adds up to it.
    pub parts: Vec<CellId>,
}

/// A per cent that a release would print, rounded half up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    /// How many.
    pub count: CellId,
    /// Of how many.
    pub base: CellId,
    /// Digits after the point.
    pub decimals: u8,
    /// Whether an earlier release printed it, so that it cannot be hidden any more.
    pub is_out: bool,
}

/// Every number of one release, with every sum that a reader could know of: over all its tables,
/// charts and sentences together, and what earlier releases printed of the same cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release {
    pub(crate) cells: Vec<Cell>,
    pub(crate) sums: Vec<Sum>,
    pub(crate) percents: Vec<Percent>,
    /// How many cells were its own, once it has taken up what went out before.
    pub(crate) own: Option<usize>,
}

/// A count that is larger than any table of a council has; beyond it sums could overflow.
const LARGEST: u64 = 1_000_000_000;

impl Release {
    /// A release that says nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a count.
    pub fn cell(&mut self, at: impl Into<String>, value: u64, standing: Standing) -> CellId {
        let value = i64::try_from(value.min(LARGEST)).unwrap_or(i64::MAX);
        self.cells.push(Cell { at: at.into(), value, standing });
        CellId(self.cells.len() - 1)
    }

    /// Says that a cell is the sum of others. What does not add up is left out and gives no.
    pub fn adds_up(&mut self, total: CellId, parts: impl IntoIterator<Item = CellId>) -> bool {
        let parts: Vec<CellId> = parts.into_iter().collect();
        let sum: i64 = parts.iter().map(|part| self.value(*part)).sum();
        let holds = !parts.is_empty() && sum == self.value(total);
        if holds {
            self.sums.push(Sum { total, parts });
        }
        holds
    }

    /// Says that a count is printed as a per cent of another. None of nothing is no per cent.
    pub fn percent(&mut self, count: CellId, base: CellId, decimals: u8) {
        if self.value(base) > 0 {
            self.percents.push(Percent { count, base, decimals, is_out: false });
        }
    }

    /// Says that an earlier release printed this per cent.
    pub fn percent_out(&mut self, count: CellId, base: CellId, decimals: u8) {
        if self.value(base) > 0 {
            self.percents.push(Percent { count, base, decimals, is_out: true });
        }
    }

    /// How many cells are its own, and not from an earlier release.
    pub(crate) fn own(&self) -> usize {
        self.own.unwrap_or(self.cells.len())
    }

    /// How many cells it has.
    pub fn size(&self) -> usize {
        self.cells.len()
    }

    /// All its cells, in order.
    pub fn ids(&self) -> impl Iterator<Item = CellId> + use<> {
        (0..self.cells.len()).map(CellId)
    }

    /// Where a reader finds a cell.
    pub fn at(&self, cell: CellId) -> &str {
        self.cells.get(cell.0).map_or("", |cell| cell.at.as_str())
    }

    /// The count in a cell; of a cell that is not there, none.
    pub(crate) fn value(&self, cell: CellId) -> i64 {
        self.cells.get(cell.0).map_or(0, |cell| cell.value)
    }

    /// Whether a per cent says something of this count.
    pub(crate) fn has_percent(&self, id: CellId) -> bool {
        self.percents.iter().any(|percent| percent.count == id || percent.base == id)
    }

    pub(crate) fn standing(&self, cell: CellId) -> Standing {
        self.cells.get(cell.0).map_or(Standing::Unprinted, |cell| cell.standing)
    }
}
