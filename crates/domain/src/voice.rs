//! Those whom an audit is about: whether each was asked, what they said, and whether it changed anything.

use jiff::civil::Date;

use crate::need::Known;
use crate::refusal::Refusal;

/// Whose voice it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The worker who holds the record: the conversation about it.
    Worker,
    /// The child or young person.
    Child,
    /// A parent.
    Parent,
    /// A carer who is no parent.
    Carer,
}

impl Whose {
    /// Every voice, in the order in which an audit asks for them.
    pub const ALL: [Self; 4] = [Self::Worker, Self::Child, Self::Parent, Self::Carer];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::Carer => "carer",
        }
    }

    /// The person in words, as a heading has them.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Worker => "The worker",
            Self::Child => "The child",
            Self::Parent => "A parent",
            Self::Carer => "A carer",
        }
    }

    /// The voice with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whose| whose.code() == code)
    }
}

/// Whether somebody was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// They were, on a day, and how.
    Yes(Date, String),
    /// They were not, and why.
    No(String),
}

/// What an audit keeps of one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Whose it is.
    pub whose: Whose,
    /// Whether they were asked.
    pub asked: Asked,
    /// What they said, in the auditor's words.
    pub said: String,
    /// Whether it changed anything.
    pub changed: Known,
    /// What it changed.
    pub change: String,
    /// How many times it has been saved; 0 for one that is not saved yet.
    pub version: u32,
}

impl Heard {
    /// Checks that it says something, and nothing against itself.
    ///
    /// # Errors
    /// Refuses a day that is still to come, words that nobody was asked for, and a change that is
    /// not said in words.
    pub fn check(&self, today: Date) -> Result<(), Refusal> {
        match &self.asked {
            Asked::Yes(on, _) if *on > today => {
                return Err(Refusal::because(
                    "The day on which they were asked must not be later than today.",
                ));
            }
            Asked::Yes(_, how) if how.is_empty() => {
                return Err(Refusal::because("Say how they were asked."));
            }
            Asked::No(why) if why.is_empty() => {
                return Err(Refusal::because("Say why they were not asked."));
            }
            Asked::No(_) if !self.said.is_empty() => {
                return Err(Refusal::because(
                    "They were not asked, and something is written as said. Correct one of the two.",
                ));
            }
            Asked::Yes(..) | Asked::No(_) => {}
        }
        if self.changed == Known::Yes && self.change.is_empty() {
            return Err(Refusal::because("Say what it changed."));
        }
        Ok(())
    }

    /// True if both say the same, whenever they were saved.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        Self { version: 0, ..self.clone() } == Self { version: 0, ..other.clone() }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn heard(asked: Asked) -> Heard {
        let (said, change) = (String::new(), String::new());
        Heard { whose: Whose::Child, asked, said, changed: Known::Unknown, change, version: 0 }
    }

    #[test]
    fn every_voice_has_its_own_code() {
        for whose in Whose::ALL {
            assert_eq!(Whose::from_code(whose.code()), Some(whose));
        }
    }

    #[test]
    fn asked_says_when_and_how_and_not_asked_says_why() {
        let by_voice = || "At home, in person".to_owned();
        assert!(heard(Asked::Yes(TODAY, by_voice())).check(TODAY).is_ok());
        assert!(heard(Asked::Yes(TODAY, String::new())).check(TODAY).is_err());
        assert!(heard(Asked::Yes(date(2026, 11, 24), by_voice())).check(TODAY).is_err());
        assert!(heard(Asked::No("A baby of three weeks".to_owned())).check(TODAY).is_ok());
        assert!(heard(Asked::No(String::new())).check(TODAY).is_err());
        let mut against_itself = heard(Asked::No("Nobody asked".to_owned()));
        against_itself.said = "That it helped".to_owned();
        assert!(against_itself.check(TODAY).is_err());
    }

    #[test]
    fn a_change_is_said_in_words() {
        let mut it = heard(Asked::Yes(TODAY, "By telephone".to_owned()));
        it.changed = Known::Yes;
        assert!(it.check(TODAY).is_err());
        it.change = "The plan has contact on Sundays now".to_owned();
        assert!(it.check(TODAY).is_ok());
    }
}
