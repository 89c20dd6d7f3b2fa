//! A filing protocol: for each kind of correspondence where it goes, and within how long.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::id::FilingProtocolId;
use crate::refusal::Refusal;

/// What a kind of correspondence is known by, such as `court-order`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KindCode(String);

impl KindCode {
    /// A code of small letters, digits and hyphens.
    ///
    /// # Errors
    /// Refuses anything else, and more than 40 characters.
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let is_plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        if text.is_empty() || text.len() > 40 || !text.chars().all(is_plain) {
            return Err(Refusal::because(
                "Give a code of small letters, digits and hyphens, such as court-order.",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KindCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One kind of correspondence, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// What it is known by, the same in every protocol.
    pub code: KindCode,
    /// Its name, as people say it.
    pub name: String,
    /// Its place in the electronic record.
    pub electronic: String,
    /// Its section of the paper record; none where it is not kept on paper.
    pub paper: Option<String>,
    /// Within how many working days of its date it is to be there.
    pub within: u16,
}

impl Kind {
    /// Where it goes, in words.
    pub fn places(&self) -> String {
        match &self.paper {
            Some(paper) => format!("{}, or on paper {paper}", self.electronic),
            None => self.electronic.clone(),
        }
    }

    /// True if this is one of its places, however it is spaced and capitalised.
    pub fn belongs_in(&self, place: &str) -> bool {
        let plain = |text: &str| text.trim().to_lowercase();
        let place = plain(place);
        plain(&self.electronic) == place
            || self.paper.as_deref().is_some_and(|it| plain(it) == place)
    }
}

/// Which correspondence goes where, from a day. It never changes; the next supersedes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    name: String,
    from: Date,
    kinds: Vec<Kind>,
}

impl Protocol {
    /// The most kinds that a protocol may have.
    pub const MOST: usize = 60;

    /// A protocol that holds from a day.
    ///
    /// # Errors
    /// Refuses one without a name or a kind, with two kinds of one code or one name, and a kind
    /// without a name or a place.
    pub fn new(name: &str, from: Date, kinds: Vec<Kind>) -> Result<Self, Refusal> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Refusal::because("Give the protocol a name of 100 characters at most."));
        }
        if kinds.is_empty() || kinds.len() > Self::MOST {
            let most = Self::MOST;
            let sentence = format!("A protocol has between 1 and {most} kinds of correspondence.");
            return Err(Refusal::because(sentence));
        }
        let (mut codes, mut names) = (BTreeSet::new(), BTreeSet::new());
        for kind in &kinds {
            let code = &kind.code;
            let refuse = |why: &str| Err(Refusal::because(format!("{code}: {why}")));
            let is_text = |text: &str| !text.trim().is_empty() && text.chars().count() <= 200;
            if !is_text(&kind.name) {
                return refuse("give this kind a name of 200 characters at most.");
            }
            if !is_text(&kind.electronic) {
                return refuse("say where it goes in the electronic record.");
            }
            if kind.paper.as_deref().is_some_and(|paper| !is_text(paper)) {
                return refuse("give the paper section in 200 characters at most.");
            }
            if kind.within > 365 {
                return refuse("give 365 working days at most.");
            }
            if !codes.insert(code.clone()) || !names.insert(kind.name.trim().to_lowercase()) {
                return refuse("two kinds have this code or this name.");
            }
        }
        Ok(Self { name: name.to_owned(), from, kinds })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first day on which it holds.
    pub fn from(&self) -> Date {
        self.from
    }

    /// Its kinds of correspondence, in order.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind with this code.
    pub fn kind(&self, code: &KindCode) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.code == *code)
    }

    /// Whether it can follow the protocols that there are. What was judged stays as it was judged,
    /// so that only the first may hold for days that are past.
    ///
    /// # Errors
    /// Refuses a first day that is past, or that does not come after the latest protocol's.
    pub fn follow(&self, latest: Option<&Self>, today: Date) -> Result<(), Refusal> {
        let Some(latest) = latest else { return Ok(()) };
        if self.from < today {
            return Err(Refusal::because(
                "A protocol that follows another begins today or later, because what was checked stays as it was judged.",
            ));
        }
        if self.from <= latest.from {
            return Err(Refusal::because(format!(
                "Give a first day after {}, on which the latest protocol begins.",
                day_in_words(latest.from)
            )));
        }
        Ok(())
    }
}

/// A protocol that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: FilingProtocolId,
    /// What it says.
    pub protocol: Protocol,
}

/// The protocol that holds on a day: the latest that had begun.
pub fn in_force(held: &[Held], day: Date) -> Option<&Held> {
    let begun = held.iter().filter(|it| it.protocol.from <= day);
    begun.max_by_key(|it| (it.protocol.from, it.id))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::sample::{held, kind};
    use super::*;

    #[test]
    fn a_protocol_holds_together_or_is_refused() {
        let from = date(2026, 4, 1);
        let make = |kinds| Protocol::new("Ours", from, kinds);
        assert!(make(vec![kind("letter", 5), kind("court-order", 1)]).is_ok());
        assert!(make(Vec::new()).is_err());
        assert!(make(vec![kind("letter", 5), kind("letter", 3)]).is_err());
        assert!(make(vec![Kind { electronic: " ".to_owned(), ..kind("letter", 5) }]).is_err());
        assert!(make(vec![Kind { paper: Some(String::new()), ..kind("letter", 5) }]).is_err());
        assert!(Protocol::new(" ", from, vec![kind("letter", 5)]).is_err());
        for code in ["", "Court order", "a_b", &"a".repeat(41)] {
            assert!(KindCode::new(code).is_err(), "{code}");
        }
    }

    #[test]
    fn the_protocol_of_a_day_is_the_latest_that_had_begun() {
        let both = [held(1, date(2026, 1, 1), 5), held(2, date(2026, 7, 1), 3)];
        let on = |day| in_force(&both, day).map(|it| it.id.0);
        assert_eq!(on(date(2025, 12, 31)), None);
        assert_eq!(on(date(2026, 6, 30)), Some(1));
        assert_eq!(on(date(2026, 7, 1)), Some(2));
    }

    #[test]
    fn only_the_first_protocol_may_hold_for_days_that_are_past() {
        let today = date(2026, 11, 23);
        let first = held(1, date(2020, 1, 1), 5).protocol;
        assert!(first.follow(None, today).is_ok());
        let next = |from| held(2, from, 5).protocol.follow(Some(&first), today);
        assert!(next(date(2026, 11, 22)).is_err());
        assert!(next(today).is_ok());
        let later = held(3, date(2027, 1, 1), 5).protocol;
        assert!(held(4, today, 5).protocol.follow(Some(&later), today).is_err());
    }

    #[test]
    fn a_place_is_the_same_however_it_is_spaced() {
        let letter = kind("letter", 5);
        assert!(letter.belongs_in(" documents / LETTER "));
        assert!(letter.belongs_in("Section 4"));
        assert!(!letter.belongs_in("Section 5"));
    }
}
