//! One rule about time, with its source and the days on which it is in force.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::applies::AppliesTo;
use super::asks::Asks;
use super::variation::Variation;
use super::working_days::{Counting, FirstDay};
use crate::refusal::Refusal;
use crate::standard::StandardCode;

/// The short name of a rule: `R07`, `care-visit`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleCode(String);

impl RuleCode {
    /// The most characters that a code may have.
    pub const LONGEST: usize = 40;

    /// Takes a code.
    ///
    /// # Errors
    /// Refuses a blank one, one of more than [`Self::LONGEST`] characters, and one with anything
    /// but letters, digits and `-`.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let is_code = (1..=Self::LONGEST).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if is_code {
            Ok(Self(text.to_owned()))
        } else {
            Err(Refusal::because(format!(
                "“{text}” is not a rule's code. Give letters, digits and -, 40 at most."
            )))
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Where a rule was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The law, guidance or procedure, as one would cite it.
    pub citation: String,
    /// Where it can be read, if it can be.
    pub link: Option<String>,
    /// True if it is a local practice that others have, and no law.
    pub local_practice: bool,
}

/// One rule about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its short name.
    pub code: RuleCode,
    /// The rule in a few words.
    pub name: String,
    /// Where it was published.
    pub published: Published,
    /// The first day on which it is in force; none where that is before any record.
    pub from: Option<Date>,
    /// The last day on which it is in force; none while nobody has ended it.
    pub until: Option<Date>,
    /// To which records it applies.
    pub applies: AppliesTo,
    /// What it asks.
    pub asks: Asks,
    /// How its days are counted.
    pub counting: Counting,
    /// True until the authority has compared the figure with the law and its own procedures.
    pub confirm_locally: bool,
    /// The standards that it is a fact for.
    pub standards: BTreeSet<StandardCode>,
}

/// A rule as it is in force on a day, with whatever the authority has changed about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The rule, with the limit that holds.
    pub rule: Rule,
    /// The change that holds, if there is one.
    pub local: Option<Variation>,
    /// True if the authority has switched the rule off.
    pub off: bool,
}

impl Rule {
    /// Whether the rule is in force on this day.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// How its days are counted, in words.
    pub fn counting_in_words(&self) -> String {
        let first = match self.counting.first_day {
            FirstDay::Zero => "The day of the event is day zero.",
            FirstDay::One => "The day of the event counts as day one.",
        };
        let holidays = if self.counting.bank_holidays_count {
            "Bank holidays count like other days."
        } else {
            "Where working days are counted, bank holidays of England are left out."
        };
        format!("{first} {holidays}")
    }
}
