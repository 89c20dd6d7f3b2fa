//! What became of an Annex A workbook, and what its records make in numbers.

use std::collections::BTreeMap;

use quarterlight_domain::need::Need;

use super::{Edition, Home, List};
use crate::account::{self, ListAccount, SheetAccount};

/// What became of a workbook, sheet by sheet, and what the records made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Every sheet of the workbook, in its order.
    pub sheets: Vec<SheetAccount>,
    /// The lists that no sheet holds.
    pub lists_missing: Vec<List>,
    /// The edition of Annex A, told by the columns of List 9; none without a List 9.
    pub edition: Option<Edition>,
    /// Open records found.
    pub records: usize,
    /// Open records with each need; a record with two needs counts in both.
    pub by_need: BTreeMap<Need, usize>,
    /// Open records without a named worker.
    pub unallocated: usize,
    /// Open records of which the workbook does not say whether the child is disabled.
    pub disability_unknown: usize,
    /// Children placed, of whom the workbook does not say whether in the area or out of it.
    pub placement_unknown: usize,
    /// Which authority the list was taken to be of, when placements were sorted into in and out.
    pub home: Option<Home>,
    /// Problems beyond the most that a reading lists.
    pub problems_left_out: usize,
}

impl Account {
    /// The sheets that hold a list, with what became of them.
    pub fn lists(&self) -> impl Iterator<Item = &ListAccount> {
        account::lists(self.sheets.iter())
    }

    /// Rows with something in them, for each list, over all the sheets that hold it.
    pub fn rows_by_list(&self) -> BTreeMap<List, usize> {
        let mut rows = BTreeMap::new();
        for list in self.lists() {
            if let Some(of) = List::named(&list.list) {
                *rows.entry(of).or_default() += list.filled();
            }
        }
        rows
    }
}
