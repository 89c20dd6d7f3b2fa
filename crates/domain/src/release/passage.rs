//! The sentences of a report, by the part and the number that people cite them by.

use std::fmt;
use std::str::FromStr;

use crate::refusal::Refusal;

/// Which part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Public.
    One,
    /// Private.
    Two,
}

impl Part {
    /// *Part I* or *Part II*.
    pub const fn words(self) -> &'static str {
        match self {
            Self::One => "Part I",
            Self::Two => "Part II",
        }
    }
}

/// Where a sentence stands: *Part I, paragraph 2.3*, a point of a list, the title of a figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which part.
    pub part: Part,
    /// The anchor of its block: `paragraph-2-3`, `figure-1`, `figure-1-words`, `list-2-1`.
    pub anchor: String,
}

impl Place {
    /// A code that stays the same whatever the words become: `1-paragraph-2-3`.
    pub fn code(&self) -> String {
        let part = match self.part {
            Part::One => 1,
            Part::Two => 2,
        };
        format!("{part}-{}", self.anchor)
    }
}

impl FromStr for Place {
    type Err = Refusal;

    fn from_str(code: &str) -> Result<Self, Refusal> {
        let unknown = || Refusal::because("There is no such sentence in this report.");
        let (part, anchor) = code.split_once('-').ok_or_else(unknown)?;
        let part = match part {
            "1" => Part::One,
            "2" => Part::Two,
            _ => return Err(unknown()),
        };
        Ok(Self { part, anchor: anchor.to_owned() })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> = self.anchor.split('-').collect();
        let place = match parts.as_slice() {
            ["paragraph", number @ ..] => format!("paragraph {}", number.join(".")),
            ["list", list, point] => format!("list {list}, point {point}"),
            ["figure", figure, "words"] => format!("figure {figure} in words"),
            ["table", table, "note"] => format!("the note under table {table}"),
            _ => parts.join(" "),
        };
        write!(f, "{}, {place},", self.part.words())
    }
}

/// A generated sentence or paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub place: Place,
    /// The section that it stands in, with its number.
    pub section: String,
    /// What the program wrote.
    pub text: String,
}
