//! The grounds on which a council keeps the public from papers, with their day and source.

use jiff::civil::Date;

/// Where the grounds stand.
pub const ACT: &str = "Local Government Act 1972, Schedule 12A, Part 1";

/// Since when they read so in England: the day of the order that last replaced them.
pub const SINCE: Date = jiff::civil::date(2006, 3, 1);

/// A paragraph of the Schedule. The Schedule has seven; the others are about other matters than
/// children's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Paragraph 1.
    Individual,
    /// Paragraph 2.
    Identity,
}

impl Ground {
    /// Every ground that a report of audits can have.
    pub const ALL: [Self; 2] = [Self::Individual, Self::Identity];

    /// The number of its paragraph.
    pub const fn paragraph(self) -> u8 {
        match self {
            Self::Individual => 1,
            Self::Identity => 2,
        }
    }

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Individual => "12a-1",
            Self::Identity => "12a-2",
        }
    }

    /// The ground with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// What the paragraph says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Individual => "Information relating to any individual",
            Self::Identity => "Information which is likely to reveal the identity of an individual",
        }
    }

    /// The ground as it is named on a paper.
    pub fn named(self) -> String {
        format!("paragraph {} of {ACT}: {}", self.paragraph(), self.words().to_lowercase())
    }

    /// What stands on every page of the private part.
    pub fn marking(self) -> String {
        format!("Private: Part II. Not for publication, by {}.", self.named())
    }
}
