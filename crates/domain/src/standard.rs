//! One thing that a record must show.

use std::collections::BTreeSet;
use std::fmt;

use crate::case_list::CaseLine;
use crate::need::{Known, Need};
use crate::refusal::Refusal;

/// The short name of a standard, such as `B1`: the letter of its section and a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StandardCode(String);

impl StandardCode {
    /// Takes a code as an officer writes it.
    ///
    /// # Errors
    /// Refuses anything but one or two capital letters and then one or two digits.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = text.len() - digits.len();
        let is_code = (1..=2).contains(&letters)
            && (1..=2).contains(&digits.len())
            && digits.chars().all(|c| c.is_ascii_digit());
        if is_code {
            Ok(Self(text.to_owned()))
        } else {
            Err(Refusal::because(format!(
                "“{text}” is not a standard's code. Give a capital letter and a number, such as B1."
            )))
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StandardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a standard asks if something was done, or how well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandardKind {
    /// Something was done, on time and in its place.
    Compliance,
    /// How well it was done.
    Quality,
}

impl StandardKind {
    /// `compliance` or `quality`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Compliance => "compliance",
            Self::Quality => "quality",
        }
    }

    /// The kind in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Compliance => "Compliance",
            Self::Quality => "Quality",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Compliance, Self::Quality].into_iter().find(|kind| kind.code() == code)
    }
}

/// Which records a standard is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applies {
    /// Every record.
    All,
    /// Records with this need.
    Need(Need),
    /// Records of disabled children.
    Disabled,
    /// Records of unaccompanied children, and of care leavers who were.
    Unaccompanied,
}

impl Applies {
    /// Everything that a standard can apply to.
    pub const EVERY: [Self; 7] = [
        Self::All,
        Self::Need(Need::ChildInNeed),
        Self::Need(Need::ChildProtection),
        Self::Need(Need::InCare),
        Self::Need(Need::CareLeaver),
        Self::Disabled,
        Self::Unaccompanied,
    ];

    /// `ALL`, `CIN`, `CP`, `CLA`, `CL`, `DIS` or `UAS`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Need(need) => need.code(),
            Self::Disabled => "DIS",
            Self::Unaccompanied => "UAS",
        }
    }

    /// What the code stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|applies| applies.code() == code)
    }

    fn to(self, line: &CaseLine) -> bool {
        match self {
            Self::All => true,
            Self::Need(need) => line.needs.contains(&need),
            // Where the list does not say, the standard is asked: the auditor, who has the record
            // open, can answer "not applicable", and a question never asked is never missed.
            Self::Disabled => line.disabled != Known::No,
            Self::Unaccompanied => line.unaccompanied == Known::Yes,
        }
    }
}

/// One thing that a record must show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// Its short name.
    pub code: StandardCode,
    /// The standard in a few words.
    pub wording: String,
    /// What an auditor sees when it is met.
    pub met_looks_like: String,
    /// Compliance or quality.
    pub kind: StandardKind,
    /// A critical standard that is not met limits the grade.
    pub critical: bool,
    /// Which records it is asked of.
    pub applies: BTreeSet<Applies>,
    /// Part of the short *dip* set.
    pub dip: bool,
}

impl Standard {
    /// True if the standard is asked of this record.
    pub fn applies_to(&self, line: &CaseLine) -> bool {
        self.applies.iter().any(|applies| applies.to(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_letter_and_a_number() {
        for code in ["A1", "L2", "AB12"] {
            assert_eq!(StandardCode::new(code).unwrap().as_str(), code);
        }
        for code in ["", "A", "1", "a1", "A123", "ABC1", "A1 ", "A-1", "Ä1"] {
            assert!(StandardCode::new(code).is_err(), "{code}");
        }
    }

    #[test]
    fn everything_that_a_standard_applies_to_has_its_own_code() {
        for applies in Applies::EVERY {
            assert_eq!(Applies::from_code(applies.code()), Some(applies));
        }
    }
}
