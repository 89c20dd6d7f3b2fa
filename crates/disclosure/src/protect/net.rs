//! The release as what hides cells sees it: counts, sums, and what each cell costs to hide.

use crate::ledger::{Release, Standing};
use crate::pattern::Pattern;

/// What may become of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is printed and stays so.
    Never,
    /// It can be hidden.
    CanHide,
    /// It is hidden or not printed anyway.
    Hidden,
}

/// Counts and sums.
#[derive(Debug, Clone)]
pub struct Net {
    pub values: Vec<i64>,
    /// For each cell, the sums it stands in, each with 1 for a total and -1 for a part.
    pub sums_of: Vec<Vec<(usize, i64)>>,
    /// For each sum, its cells, each with 1 for the total and -1 for a part.
    pub members: Vec<Vec<(usize, i64)>>,
    /// What may become of each cell before anything is hidden for another.
    pub uses: Vec<Use>,
    /// The least that a hidden count may be in a table that fits.
    pub least: i64,
    /// The most sums that a cell stands in.
    pub degree: usize,
}

impl Net {
    /// The release, with what the rule hides for itself.
    pub fn of(release: &Release, small: &Pattern, zeros_shown: bool) -> Self {
        let size = release.size();
        let mut net = Self {
            values: release.cells.iter().map(|cell| cell.value).collect(),
            sums_of: vec![Vec::new(); size],
            members: Vec::with_capacity(release.sums.len()),
            uses: Vec::with_capacity(size),
            least: i64::from(zeros_shown),
            degree: 1,
        };
        for id in release.ids() {
            let can_hide = release.value(id) > 0 || !zeros_shown;
            net.uses.push(match release.standing(id) {
                Standing::Out => Use::Never,
                _ if small.hides(id) => Use::Hidden,
                Standing::HiddenBefore | Standing::Aside => Use::Hidden,
                // A per cent may say as much, so an unprinted count is hidden like another: with it.
                Standing::Unprinted if !release.has_percent(id) => Use::Hidden,
                Standing::Open | Standing::Unprinted if can_hide => Use::CanHide,
                Standing::Open | Standing::Unprinted | Standing::Kept => Use::Never,
            });
        }
        for (at, sum) in release.sums.iter().enumerate() {
            let mut members = vec![(sum.total.0, 1)];
            members.extend(sum.parts.iter().map(|part| (part.0, -1)));
            for (cell, times) in &members {
                if let Some(sums) = net.sums_of.get_mut(*cell) {
                    sums.push((at, *times));
                    net.degree = net.degree.max(sums.len());
                }
            }
            net.members.push(members);
        }
        net
    }

    pub fn value(&self, cell: usize) -> i64 {
        self.values.get(cell).copied().unwrap_or(0)
    }

    /// The least that a cell may be where it is moved: an unprinted one could be none.
    pub fn floor(&self, cell: usize) -> i64 {
        self.least.min(self.value(cell))
    }
}
