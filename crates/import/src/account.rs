//! Where every sheet and every row of a workbook went, so that nothing is lost unseen.

use std::collections::BTreeMap;

use quarterlight_domain::need::Need;

use crate::annex_a::{Edition, Home, List};

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
        self.sheets.iter().filter_map(|sheet| match &sheet.outcome {
            Outcome::Holds(list) => Some(list),
            Outcome::NotUsed(_) => None,
        })
    }

    /// Rows with something in them, for each list, over all the sheets that hold it.
    pub fn rows_by_list(&self) -> BTreeMap<List, usize> {
        let mut rows = BTreeMap::new();
        for list in self.lists() {
            *rows.entry(list.list).or_default() += list.filled();
        }
        rows
    }
}

/// What became of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetAccount {
    /// The name on its tab.
    pub sheet: String,
    /// True if Excel does not show it.
    pub hidden: bool,
    /// What it was taken for.
    pub outcome: Outcome,
}

/// What a sheet was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It holds a list of Annex A.
    Holds(ListAccount),
    /// It does not; the sentence says why.
    NotUsed(String),
}

/// What became of the rows and columns of one sheet that holds a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListAccount {
    /// The list.
    pub list: List,
    /// The row that holds the headings, as Excel numbers it.
    pub header_row: u32,
    /// Columns of the list that the sheet does not have, by their official headings.
    pub columns_missing: Vec<&'static str>,
    /// Headings that no list has; their columns are not read.
    pub columns_ignored: Vec<String>,
    /// Headings taken for a column by the words they share: the heading, then the column.
    pub columns_guessed: Vec<(String, &'static str)>,
    /// Rows below the headings, down to the last with anything in it.
    pub rows_read: usize,
    /// Rows of a child whose record is open.
    pub rows_used: usize,
    /// Rows that were not used, by the reason.
    pub rows_not_used: BTreeMap<Why, usize>,
}

impl ListAccount {
    /// Rows with something in them.
    pub fn filled(&self) -> usize {
        self.rows_read.saturating_sub(self.rows_not_used.get(&Why::Blank).copied().unwrap_or(0))
    }

    /// True if every row that was read was either used or not used for a stated reason.
    pub fn adds_up(&self) -> bool {
        self.rows_read == self.rows_used + self.rows_not_used.values().sum::<usize>()
    }
}

/// Why a row was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nothing is in it.
    Blank,
    /// A title, a total, a filter note or the headings again.
    Note,
    /// The same as an earlier row of the same list in every cell.
    Duplicate,
    /// A problem stops it, and the problem is listed.
    Problem,
    /// The episode, plan or period of care has ended, and nothing else is open for the child.
    Closed,
    /// The assessment is finished, and nothing else is open for the child.
    AssessmentFinished,
    /// The child has a contact only.
    ContactOnly,
    /// The child has early help only.
    EarlyHelpOnly,
    /// The child has a referral only.
    ReferralOnly,
    /// The child has a section 47 enquiry only.
    EnquiryOnly,
    /// The child is on the adoption list only.
    AdoptionOnly,
    /// The row is of an adopter, and not of a child.
    Adopter,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 12] = [
        Self::Blank,
        Self::Note,
        Self::Duplicate,
        Self::Problem,
        Self::Closed,
        Self::AssessmentFinished,
        Self::ContactOnly,
        Self::EarlyHelpOnly,
        Self::ReferralOnly,
        Self::EnquiryOnly,
        Self::AdoptionOnly,
        Self::Adopter,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Note => "note",
            Self::Duplicate => "duplicate",
            Self::Problem => "problem",
            Self::Closed => "closed",
            Self::AssessmentFinished => "assessment_finished",
            Self::ContactOnly => "contact_only",
            Self::EarlyHelpOnly => "early_help_only",
            Self::ReferralOnly => "referral_only",
            Self::EnquiryOnly => "enquiry_only",
            Self::AdoptionOnly => "adoption_only",
            Self::Adopter => "adopter",
        }
    }

    /// The reason as a person reads it after a number of rows.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Note => "a title, total, note or repeated heading",
            Self::Duplicate => "the same as an earlier row",
            Self::Problem => "stopped by a problem",
            Self::Closed => "closed",
            Self::AssessmentFinished => "assessment finished",
            Self::ContactOnly => "contact only",
            Self::EarlyHelpOnly => "early help only",
            Self::ReferralOnly => "referral only",
            Self::EnquiryOnly => "section 47 enquiry only",
            Self::AdoptionOnly => "on the adoption list only",
            Self::Adopter => "an adopter, not a child",
        }
    }
}
