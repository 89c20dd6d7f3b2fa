//! The paper record beside the electronic one, as far as somebody could tell.

use jiff::civil::Date;

use crate::need::Known;
use crate::refusal::Refusal;
use crate::text::bounded;

/// The standard of the framework that comes with the program which paper that nobody mentions falls
/// short of.
pub const STANDARD: &str = "B5";

/// Whether paper and electronic record agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agrees {
    /// They agree.
    Yes,
    /// They do not.
    No,
    /// Somebody looked, and it cannot be told.
    CannotTell,
}

impl Agrees {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::CannotTell];

    /// `yes`, `no` or `cannot-tell`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// The answer in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::No => "No",
            Self::CannotTell => "Cannot tell",
        }
    }

    /// The answer with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|agrees| agrees.code() == code)
    }
}

/// What somebody found of the paper record. What they left blank is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Whether there is one.
    pub exists: Known,
    /// Whether the electronic record mentions it.
    pub mentioned: Known,
    /// Where it is; blank where nobody knows.
    pub place: String,
    /// How many volumes it has.
    pub volumes: Option<u16>,
    /// The date of its last item.
    pub last_item: Option<Date>,
    /// Whether it agrees with the electronic record; none where nobody said.
    pub agrees: Option<Agrees>,
}

impl Paper {
    /// What was found on a day, checked against itself.
    ///
    /// # Errors
    /// Refuses details of paper that is not said to be there, and a last item after the check.
    pub fn found(self, checked_on: Date) -> Result<Self, Refusal> {
        let place = bounded(&self.place)?;
        if place.chars().count() > 200 {
            return Err(Refusal::because("Say where the paper is in 200 characters at most."));
        }
        let has_details = !place.is_empty()
            || self.volumes.is_some()
            || self.last_item.is_some()
            || self.agrees.is_some();
        if self.exists != Known::Yes && has_details {
            return Err(Refusal::because(match self.exists {
                Known::No => {
                    "You said that there is no paper record, and then described it. Correct one of the two."
                }
                _ => "You described a paper record. Say also that there is one.",
            }));
        }
        if self.volumes == Some(0) {
            return Err(Refusal::because("A paper record has one volume at least."));
        }
        if self.last_item.is_some_and(|day| day > checked_on) {
            return Err(Refusal::because(
                "The last item cannot be dated after the day of the check.",
            ));
        }
        Ok(Self { place, ..self })
    }

    /// True if nothing at all was said.
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// True if there is paper of which the electronic record says nothing: that is a finding.
    pub fn is_hidden(&self) -> bool {
        self.exists == Known::Yes && self.mentioned == Known::No
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2026, 11, 23);

    #[test]
    fn what_is_blank_is_not_known_and_never_no() {
        let blank = Paper::default().found(DAY).unwrap();
        assert!(blank.is_blank() && !blank.is_hidden());
        assert_eq!((blank.exists, blank.mentioned), (Known::Unknown, Known::Unknown));
        let there = Paper { exists: Known::Yes, ..Paper::default() };
        assert!(!there.is_hidden(), "nobody said whether the electronic record mentions it");
        assert!(Paper { mentioned: Known::No, ..there }.is_hidden());
    }

    #[test]
    fn paper_that_is_described_is_said_to_be_there() {
        let described = |exists| Paper { exists, volumes: Some(2), ..Paper::default() }.found(DAY);
        assert!(described(Known::Yes).is_ok());
        assert!(described(Known::No).is_err());
        assert!(described(Known::Unknown).is_err());
        let there = || Paper { exists: Known::Yes, ..Paper::default() };
        assert!(Paper { volumes: Some(0), ..there() }.found(DAY).is_err());
        assert!(Paper { last_item: Some(date(2026, 11, 24)), ..there() }.found(DAY).is_err());
    }
}
