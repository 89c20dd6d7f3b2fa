//! One file or set of files that says something of records, before it is compared with others.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::allocation::Experience;
use crate::case_list::Reference;
use crate::history::{Fact, History};
use crate::need::{Known, LegalRoute, Needs, Placement};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// Ofsted's Annex A workbook, or its lists as delimited text.
    AnnexA,
    /// The return on children looked after, SSDA903.
    LookedAfterReturn,
    /// The children in need census.
    InNeedCensus,
    /// The children's social work workforce census: workers, and no record.
    WorkforceCensus,
    /// Tables of the Standard Safeguarding Dataset.
    SafeguardingDataset,
    /// A list of the authority's own, with its columns mapped by a person.
    LocalList,
}

impl SourceKind {
    /// Every kind, in the order in which their word is taken where they differ.
    pub const ALL: [Self; 6] = [
        Self::AnnexA,
        Self::SafeguardingDataset,
        Self::LookedAfterReturn,
        Self::InNeedCensus,
        Self::LocalList,
        Self::WorkforceCensus,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AnnexA => "annex-a",
            Self::LookedAfterReturn => "ssda903",
            Self::InNeedCensus => "cin-census",
            Self::WorkforceCensus => "workforce-census",
            Self::SafeguardingDataset => "safeguarding-dataset",
            Self::LocalList => "local-list",
        }
    }

    /// The kind in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AnnexA => "Annex A",
            Self::LookedAfterReturn => "SSDA903 return",
            Self::InNeedCensus => "Children in need census",
            Self::WorkforceCensus => "Workforce census",
            Self::SafeguardingDataset => "Standard Safeguarding Dataset",
            Self::LocalList => "Local list",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Everything that one source says, as at one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What kind of file it is.
    pub kind: SourceKind,
    /// What people call it: *Annex A*, or the name that was given to a local list.
    pub name: String,
    /// The day as at which it is true.
    pub as_at: Date,
    /// Its lists or tables, in the order of the file.
    pub lists: Vec<SourceList>,
    /// What it says of each record, list by list.
    pub sightings: Vec<Sighting>,
    /// What it says of workers.
    pub workers: Vec<WorkerSighting>,
}

/// One list or table of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceList {
    /// Its name as the field knows it: *List 8*, *Episodes*, *ssd_cla_visits*.
    pub name: String,
    /// What it has columns for.
    pub tells: BTreeSet<Fact>,
    /// Rows that were used.
    pub rows: usize,
}

/// What one list says of one record, all its rows put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The list, as its place among the source's lists.
    pub list: usize,
    /// The first row that says so, as the file numbers it; none where rows have no number.
    pub row: Option<u32>,
    /// The record.
    pub reference: Reference,
    /// Whether the record is open. *Unknown* where the list does not say, as with a list of SEND plans.
    pub open: Known,
    /// Why it is open, as far as this list says.
    pub needs: Needs,
    /// Whether an assessment is open.
    pub assessment_open: bool,
    /// Whether the child is disabled.
    pub disabled: Known,
    /// Whether the child is or was unaccompanied.
    pub unaccompanied: Known,
    /// Where the child is placed; none where the list is silent.
    pub placement: Option<Placement>,
    /// Under which law; none where the list is silent.
    pub route: Option<LegalRoute>,
    /// Who holds the record.
    pub holder: Holder,
    /// The team that holds it.
    pub team: Option<String>,
    /// What happened.
    pub history: History,
}

/// Who holds a record, by whatever the list knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// By name.
    pub name: Option<String>,
    /// By their number in the register of social workers, such as `SW1000000037`.
    pub registration: Option<String>,
    /// By their number in the case system.
    pub staff_number: Option<String>,
}

impl Holder {
    /// True if the list names nobody.
    pub fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}

/// What a source says of one worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerSighting {
    /// Who it is.
    pub worker: Holder,
    /// The team.
    pub team: Option<String>,
    /// How experienced they are.
    pub experience: Experience,
    /// Hours as a share of full time, in thousandths.
    pub full_time_thousandths: Option<u32>,
    /// Whether an agency employs them.
    pub agency: Known,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_code() {
        for kind in SourceKind::ALL {
            assert_eq!(SourceKind::from_code(kind.code()), Some(kind));
        }
    }
}
