//! What two lists say differently of one record. Every difference is kept: it is itself a finding
//! about how the records are kept.

use crate::case_list::Reference;

/// What lists can disagree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// The date of birth.
    BirthDate,
    /// Whether the child is disabled.
    Disability,
    /// Whether the child is unaccompanied.
    Unaccompanied,
    /// Whether the record is open.
    Open,
    /// Why the record is open.
    Need,
    /// Where the child is placed.
    Placement,
    /// Who holds the record.
    Worker,
    /// The team that holds it.
    Team,
}

impl Matter {
    /// Every matter, in the order in which pages list them.
    pub const ALL: [Self; 8] = [
        Self::BirthDate,
        Self::Disability,
        Self::Unaccompanied,
        Self::Open,
        Self::Need,
        Self::Placement,
        Self::Worker,
        Self::Team,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BirthDate => "birth-date",
            Self::Disability => "disability",
            Self::Unaccompanied => "unaccompanied",
            Self::Open => "open",
            Self::Need => "need",
            Self::Placement => "placement",
            Self::Worker => "worker",
            Self::Team => "team",
        }
    }

    /// The matter in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::BirthDate => "Date of birth",
            Self::Disability => "Disability",
            Self::Unaccompanied => "Unaccompanied",
            Self::Open => "Whether the record is open",
            Self::Need => "Need",
            Self::Placement => "Placement",
            Self::Worker => "Worker",
            Self::Team => "Team",
        }
    }

    /// The matter with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matter| matter.code() == code)
    }
}

/// What one list says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Saying {
    /// The list, by its number in [`super::Together::lists`].
    pub list: u32,
    /// What it says: a code, a name, or a date as 2013-01-29.
    pub what: String,
}

/// One record on which lists differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// What they differ about.
    pub matter: Matter,
    /// The record.
    pub reference: Reference,
    /// What each list says; the first is followed.
    pub says: Vec<Saying>,
}

/// Notes a conflict if what was said is not all the same to `same`.
pub fn note<T>(
    conflicts: &mut Vec<Conflict>,
    (matter, reference): (Matter, &Reference),
    said: &[(u32, T)],
    same: impl Fn(&T, &T) -> bool,
    words: impl Fn(&T) -> String,
) {
    let Some((_, followed)) = said.first() else { return };
    if said.iter().all(|(_, other)| same(followed, other)) {
        return;
    }
    let says = said.iter().map(|(list, it)| Saying { list: *list, what: words(it) }).collect();
    conflicts.push(Conflict { matter, reference: reference.clone(), says });
}
