//! What a column of a local list can be mapped to.

use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::Fact;

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The child's reference, as in the other sources.
    Reference,
    /// The date of birth.
    Born,
    /// Whether the child is disabled.
    Disabled,
    /// Whether the child is or was unaccompanied.
    Unaccompanied,
    /// Why the record is open, or that it is closed.
    Need,
    /// Whether the child is placed in the area or out of it.
    Placement,
    /// The authority in which the child is placed.
    PlacementAuthority,
    /// The legal route: in care, section 85, section 86, short breaks.
    Route,
    /// The worker's name.
    WorkerName,
    /// The worker's number in the register of social workers.
    Registration,
    /// The worker's number in the case system.
    StaffNumber,
    /// The worker's grade, or how experienced they are.
    Grade,
    /// The worker's hours as a share of full time.
    FullTime,
    /// Whether an agency employs the worker.
    Agency,
    /// The team.
    Team,
    /// A date of this kind.
    Date(KeyDate),
}

impl Field {
    /// Every field but the dates.
    const PLAIN: [Self; 15] = [
        Self::Reference,
        Self::Born,
        Self::Disabled,
        Self::Unaccompanied,
        Self::Need,
        Self::Placement,
        Self::PlacementAuthority,
        Self::Route,
        Self::WorkerName,
        Self::Registration,
        Self::StaffNumber,
        Self::Grade,
        Self::FullTime,
        Self::Agency,
        Self::Team,
    ];

    /// Every field, in the order in which a page offers them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::PLAIN.into_iter().chain(KeyDate::ALL.into_iter().map(Self::Date))
    }

    /// A code that stays the same whatever the words become.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Born => "born",
            Self::Disabled => "disabled",
            Self::Unaccompanied => "unaccompanied",
            Self::Need => "need",
            Self::Placement => "placement",
            Self::PlacementAuthority => "placement_authority",
            Self::Route => "route",
            Self::WorkerName => "worker_name",
            Self::Registration => "registration",
            Self::StaffNumber => "staff_number",
            Self::Grade => "grade",
            Self::FullTime => "full_time",
            Self::Agency => "agency",
            Self::Team => "team",
            Self::Date(kind) => kind.code(),
        }
    }

    /// The field in words, as a page offers it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reference => "Child’s reference",
            Self::Born => "Date of birth",
            Self::Disabled => "Disabled, yes or no",
            Self::Unaccompanied => "Unaccompanied asylum-seeking child, yes or no",
            Self::Need => "Why the record is open",
            Self::Placement => "Placed in the area or out of it",
            Self::PlacementAuthority => "Authority of the placement",
            Self::Route => "Legal route",
            Self::WorkerName => "Worker’s name",
            Self::Registration => "Worker’s registration number",
            Self::StaffNumber => "Worker’s staff number",
            Self::Grade => "Worker’s grade or experience",
            Self::FullTime => "Worker’s share of full time",
            Self::Agency => "Agency worker, yes or no",
            Self::Team => "Team",
            Self::Date(kind) => kind.words(),
        }
    }

    /// The field with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|field| field.code() == code)
    }

    /// What a source with such a column can be asked about a record.
    pub(crate) fn fact(self) -> Option<Fact> {
        match self {
            Self::Born => Some(Fact::Born),
            Self::Disabled => Some(Fact::Disability),
            Self::WorkerName | Self::Registration | Self::StaffNumber => Some(Fact::Worker),
            Self::Date(kind) => Some(Fact::Date(kind)),
            _ => None,
        }
    }
}

/// What a local list is a list of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// Children with an education, health and care plan, or with support.
    Send,
    /// Children in placements.
    Placements,
    /// Notices under sections 85 and 86 of the Children Act 1989.
    Notices,
    /// Records that are on paper, and where they are.
    PaperStore,
    /// Workers: no row is of a record.
    Workers,
    /// Anything else with a row for each child.
    #[default]
    Other,
}

impl ListKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Send, Self::Placements, Self::Notices, Self::PaperStore, Self::Workers, Self::Other];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Placements => "placements",
            Self::Notices => "notices",
            Self::PaperStore => "paper_store",
            Self::Workers => "workers",
            Self::Other => "other",
        }
    }

    /// The kind in words, which also serve as a list's first name.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Send => "SEND list",
            Self::Placements => "Placements",
            Self::Notices => "Section 85 and 86 notices",
            Self::PaperStore => "Paper store index",
            Self::Workers => "List of workers",
            Self::Other => "Other list",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_leads_back_and_every_field_has_its_own_words() {
        for field in Field::all() {
            assert_eq!(Field::from_code(field.code()), Some(field));
        }
        let words: BTreeSet<&str> = Field::all().map(Field::words).collect();
        assert_eq!(words.len(), Field::all().count());
        for kind in ListKind::ALL {
            assert_eq!(ListKind::from_code(kind.code()), Some(kind));
        }
    }
}
