//! What a filing check found of one item.

use std::fmt;

/// What became of one item of correspondence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// In its place, in time as far as anybody knows.
    Filed,
    /// In its place, after its time.
    Late,
    /// On the record, in another place.
    Misfiled,
    /// Not on the record.
    Missing,
    /// On another child's record.
    AnotherRecord,
}

impl Outcome {
    /// Every outcome, in the order in which pages list them.
    pub const ALL: [Self; 5] =
        [Self::Filed, Self::Late, Self::Misfiled, Self::Missing, Self::AnotherRecord];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Late => "late",
            Self::Misfiled => "misfiled",
            Self::Missing => "missing",
            Self::AnotherRecord => "another-record",
        }
    }

    /// The outcome in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Filed => "Filed",
            Self::Late => "Late",
            Self::Misfiled => "Misfiled",
            Self::Missing => "Missing",
            Self::AnotherRecord => "On another child’s record",
        }
    }

    /// The outcome with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// True where somebody has to put something right.
    pub const fn is_to_clear(self) -> bool {
        matches!(self, Self::Misfiled | Self::Missing | Self::AnotherRecord)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
