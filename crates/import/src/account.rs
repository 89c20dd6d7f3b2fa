//! Where every sheet and every row of every file went, so that nothing is lost unseen.

use std::collections::BTreeMap;

use crate::annex_a::Home;

/// What became of every list of every file of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Every file, in the order in which they were chosen.
    pub files: Vec<FileAccount>,
    /// Problems beyond the most that a reading lists.
    pub problems_left_out: usize,
    /// Whose placements count as in the area, where the source gives authorities.
    pub home: Option<Home>,
}

impl Account {
    /// What holds a list, over all files.
    pub fn lists(&self) -> impl Iterator<Item = &ListAccount> {
        lists(self.files.iter().flat_map(|file| &file.sheets))
    }
}

/// What became of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileAccount {
    /// Its name, as it was chosen.
    pub file: String,
    /// Its sheets in their order; a file without sheets has one, whose name is blank.
    pub sheets: Vec<SheetAccount>,
}

/// The lists among these sheets.
pub(crate) fn lists<'a>(
    sheets: impl Iterator<Item = &'a SheetAccount>,
) -> impl Iterator<Item = &'a ListAccount> {
    sheets.filter_map(|sheet| match &sheet.outcome {
        Outcome::Holds(list) => Some(list),
        Outcome::NotUsed(_) => None,
    })
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
    /// It holds a list.
    Holds(ListAccount),
    /// It does not; the sentence says why.
    NotUsed(String),
}

/// What became of the rows and columns of one sheet that holds a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListAccount {
    /// The list or table, as the field names it.
    pub list: String,
    /// The row that holds the headings, as Excel numbers it; 0 where records have no rows, as in XML.
    pub header_row: u32,
    /// Columns of the list that the sheet does not have, by their official headings.
    pub columns_missing: Vec<String>,
    /// Headings that no list has; their columns are not read.
    pub columns_ignored: Vec<String>,
    /// Headings taken for a column by the words they share: the heading, then the column.
    pub columns_guessed: Vec<(String, String)>,
    /// Rows below the headings, down to the last with anything in it.
    pub rows_read: usize,
    /// Rows that were used: in a case list, those of a child whose record is open.
    pub rows_used: usize,
    /// Rows that were not used, by the reason.
    pub rows_not_used: BTreeMap<Why, usize>,
}

impl ListAccount {
    /// An account of this list with nothing read yet.
    pub fn new(list: &str, header_row: u32) -> Self {
        Self { list: list.to_owned(), header_row, ..Self::default() }
    }

    /// Counts a row that was read and used.
    pub fn used(&mut self) {
        self.rows_read += 1;
        self.rows_used += 1;
    }

    /// Counts rows that were read and not used.
    pub fn not_used(&mut self, why: Why, rows: usize) {
        if rows > 0 {
            self.rows_read += rows;
            *self.rows_not_used.entry(why).or_default() += rows;
        }
    }

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
    /// The row is of somebody or something that the table it belongs to does not have.
    NobodyKnown,
    /// The row is of a role that does not hold the record.
    AnotherRole,
    /// The table has nothing that is used here.
    TableNotUsed,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 15] = [
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
        Self::NobodyKnown,
        Self::AnotherRole,
        Self::TableNotUsed,
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
            Self::NobodyKnown => "nobody_known",
            Self::AnotherRole => "another_role",
            Self::TableNotUsed => "table_not_used",
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
            Self::NobodyKnown => "of nobody in the other tables",
            Self::AnotherRole => "of a role that does not hold the record",
            Self::TableNotUsed => "of a table that is not used",
        }
    }
}
