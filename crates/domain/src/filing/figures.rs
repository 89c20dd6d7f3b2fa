//! What filing checks found, in numbers: by team and quarter, and of the move to one system.

use crate::calendar::Quarter;
use crate::place::Whereabouts;

/// The items that the checks of one team's records looked at in one quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemCounts {
    /// Items looked at.
    pub items: u32,
    /// Of them, not on the record though they were due: the backlog.
    pub missing: u32,
    /// Of them, in the wrong place.
    pub misfiled: u32,
    /// Of them, on another child's record.
    pub another_record: u32,
    /// Items of which it is known whether they were entered in time.
    pub timed: u32,
    /// Of those, entered late.
    pub late: u32,
    /// Items whose day of entry is known.
    pub dated: u32,
    /// Of those, entered at a weekend or on a bank holiday.
    pub weekend: u32,
    /// Items entered on a working day whose time of entry is known.
    pub clocked: u32,
    /// Of those, entered in the evening or early morning.
    pub evening: u32,
}

impl ItemCounts {
    /// Items that were entered at all, wherever they are.
    pub fn entered(&self) -> u32 {
        self.items.saturating_sub(self.missing)
    }

    /// The items of both.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            items: self.items + other.items,
            missing: self.missing + other.missing,
            misfiled: self.misfiled + other.misfiled,
            another_record: self.another_record + other.another_record,
            timed: self.timed + other.timed,
            late: self.late + other.late,
            dated: self.dated + other.dated,
            weekend: self.weekend + other.weekend,
            clocked: self.clocked + other.clocked,
            evening: self.evening + other.evening,
        }
    }
}

/// One team's items in one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamItems {
    /// The quarter of the checks.
    pub quarter: Quarter,
    /// The team's name; none where it is not one that we know.
    pub team: Option<String>,
    /// The team and everything around it.
    pub whereabouts: Whereabouts,
    /// Records checked.
    pub records: u32,
    /// The items.
    pub counts: ItemCounts,
}

/// How far the records of one service have come to one system, by the checks of one quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCounts {
    /// The quarter of the checks.
    pub quarter: Quarter,
    /// The service's name; none where it is not known.
    pub service: Option<String>,
    /// The service and everything around it.
    pub whereabouts: Whereabouts,
    /// Records checked.
    pub records: u32,
    /// Of them, with paper.
    pub paper: u32,
    /// Of them, without paper.
    pub no_paper: u32,
    /// Of those with paper, mentioned in the electronic record.
    pub mentioned: u32,
    /// Of those with paper, not mentioned in it.
    pub not_mentioned: u32,
    /// Of those with paper, agreeing with the electronic record.
    pub agreeing: u32,
    /// Of those with paper, not agreeing.
    pub differing: u32,
}

impl PaperCounts {
    /// Records of which nobody could say whether there is paper.
    pub fn unknown(&self) -> u32 {
        self.records.saturating_sub(self.paper.saturating_add(self.no_paper))
    }

    /// Records with paper of which nobody could say whether it agrees.
    pub fn not_told(&self) -> u32 {
        self.paper.saturating_sub(self.agreeing.saturating_add(self.differing))
    }
}
