//! The states of an agreed edition, told by its dates and by those of the editions after it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::standard::StandardCode;

/// Where a standard comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// True if it belongs to the core that every framework of the authority shares.
    pub core: bool,
    /// The law, the guidance or the meeting that it comes from; blank where nobody has said.
    pub source: String,
}

/// Where each standard of an edition comes from. One that is not named belongs to its framework.
pub type Origins = BTreeMap<StandardCode, Origin>;

/// How far an agreed edition has come. No status is kept beside the dates that could contradict them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionState {
    /// Agreed, and not yet in force.
    Agreed {
        /// The day from which it will be.
        from: Date,
    },
    /// In force.
    InForce,
    /// A later edition of the same framework is in force.
    Superseded {
        /// The day on which that one came into force.
        on: Date,
    },
}

impl EditionState {
    /// The state on a day of an edition that is in force from one day, and whose successors are in
    /// force from others.
    pub fn on(today: Date, from: Date, later: impl IntoIterator<Item = Date>) -> Self {
        if today < from {
            return Self::Agreed { from };
        }
        let later = later.into_iter().filter(|day| *day <= today).min();
        later.map_or(Self::InForce, |on| Self::Superseded { on })
    }

    /// The state as a tag says it.
    pub fn words(self) -> String {
        match self {
            Self::Agreed { from } => format!("Agreed, in force from {}", day_in_words(from)),
            Self::InForce => "In force".to_owned(),
            Self::Superseded { .. } => "Superseded".to_owned(),
        }
    }
}

/// What somebody did who was asked for comments on an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Gave so many comments.
    Comments(u32),
    /// Said that they had none, which is a reply.
    NoComments,
    /// Nothing.
    Nothing,
}

impl Answered {
    /// True for a reply of either kind.
    pub fn is_reply(self) -> bool {
        self != Self::Nothing
    }

    /// What they did, in words.
    pub fn words(self) -> String {
        match self {
            Self::Comments(1) => "Gave 1 comment".to_owned(),
            Self::Comments(count) => format!("Gave {count} comments"),
            Self::NoComments => "Had no comments".to_owned(),
            Self::Nothing => "Did not reply".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_alone_tell_the_state() {
        let (from, next) = (date(2026, 10, 1), date(2027, 4, 1));
        let on = |day| EditionState::on(day, from, [next]);
        assert_eq!(on(date(2026, 9, 30)), EditionState::Agreed { from });
        assert_eq!(on(from), EditionState::InForce);
        assert_eq!(on(date(2027, 3, 31)), EditionState::InForce);
        assert_eq!(on(next), EditionState::Superseded { on: next });
        assert_eq!(EditionState::on(next, from, []), EditionState::InForce, "nothing came later");
        assert_eq!(on(date(2026, 9, 1)).words(), "Agreed, in force from 1 October 2026");
    }

    #[test]
    fn having_no_comments_is_a_reply() {
        assert!(Answered::NoComments.is_reply() && Answered::Comments(1).is_reply());
        assert!(!Answered::Nothing.is_reply());
    }
}
