//! Which workers hold which records: by need and experience, never by name.

use crate::need::Need;

/// How long a worker has been qualified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Experience {
    /// In the assessed and supported first year after qualifying.
    NewlyQualified,
    /// Past the first year and not yet experienced.
    EarlyCareer,
    /// Experienced.
    Experienced,
    /// Nobody has told us.
    #[default]
    Unknown,
}

impl Experience {
    /// Every value, from the shortest; unknown last.
    pub const ALL: [Self; 4] =
        [Self::NewlyQualified, Self::EarlyCareer, Self::Experienced, Self::Unknown];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewlyQualified => "newly-qualified",
            Self::EarlyCareer => "early-career",
            Self::Experienced => "experienced",
            Self::Unknown => "unknown",
        }
    }

    /// The experience in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NewlyQualified => "Newly qualified, in first year",
            Self::EarlyCareer => "Early career",
            Self::Experienced => "Experienced",
            Self::Unknown => "Unknown",
        }
    }

    /// The experience with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|experience| experience.code() == code)
    }
}

/// Who holds the records of one need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllocationLine {
    /// The need.
    pub need: Need,
    /// Records by experience of the worker, in the order of [`Experience::ALL`].
    pub held: [u32; 4],
    /// Records that no named worker holds.
    pub unallocated: u32,
}

impl AllocationLine {
    /// Every record of the need.
    pub fn all(&self) -> u32 {
        self.held.iter().sum::<u32>() + self.unallocated
    }

    /// Records held by workers of this experience.
    pub fn held_by(&self, experience: Experience) -> u32 {
        Experience::ALL
            .into_iter()
            .zip(self.held)
            .find(|(each, _)| *each == experience)
            .map_or(0, |(_, count)| count)
    }
}
