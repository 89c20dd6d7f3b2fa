//! Why the audit of a drawn record was not made by the time its cycle was closed.

use jiff::civil::Date;

use crate::id::RecordId;
use crate::refusal::Refusal;
use crate::text::Reason;

/// Why, as one of a few kinds that a report can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MissedBecause {
    /// The auditor was away, ill or has left.
    AuditorAway,
    /// Nobody was independent of the record.
    NobodyIndependent,
    /// The record, or a part of it, could not be got.
    RecordNotFound,
    /// There was not enough time.
    NoTime,
    /// Something else, which the words say.
    Other,
}

impl MissedBecause {
    /// Every kind, in the order in which it is offered.
    pub const ALL: [Self; 5] = [
        Self::AuditorAway,
        Self::NobodyIndependent,
        Self::RecordNotFound,
        Self::NoTime,
        Self::Other,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AuditorAway => "auditor-away",
            Self::NobodyIndependent => "nobody-independent",
            Self::RecordNotFound => "record-not-found",
            Self::NoTime => "no-time",
            Self::Other => "other",
        }
    }

    /// The kind in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::AuditorAway => "The auditor was away or has left",
            Self::NobodyIndependent => "Nobody was independent of the record",
            Self::RecordNotFound => "The record, or a part of it, could not be got",
            Self::NoTime => "There was not enough time",
            Self::Other => "Another reason",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// A drawn record whose audit was not made, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The record.
    pub record: RecordId,
    /// Why.
    pub why: MissedBecause,
    /// More words; never without them where the reason is another one.
    pub words: Option<Reason>,
}

impl Missed {
    /// A missed audit with its reason.
    ///
    /// # Errors
    /// Refuses another reason without words.
    pub fn new(
        record: RecordId,
        why: MissedBecause,
        words: Option<Reason>,
    ) -> Result<Self, Refusal> {
        if why == MissedBecause::Other && words.is_none() {
            return Err(Refusal::because("Say in words why this audit was not made."));
        }
        Ok(Self { record, why, words })
    }
}

/// A cycle that may be closed: past its day, and with a reason for every audit that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Those audits.
    pub missed: Vec<Missed>,
}

impl Closing {
    /// Closes a cycle.
    ///
    /// # Errors
    /// Refuses before its audits are due, and while one that was not made has no reason.
    pub fn of(
        due: Date,
        undone: &[RecordId],
        missed: Vec<Missed>,
        today: Date,
    ) -> Result<Self, Refusal> {
        if due >= today && !undone.is_empty() {
            return Err(Refusal::because(
                "This cycle’s audits are not all due yet, so it cannot be closed with audits not made.",
            ));
        }
        let has_reason = |record: &RecordId| missed.iter().any(|it| it.record == *record);
        let silent = undone.iter().filter(|record| !has_reason(record)).count();
        if silent > 0 {
            return Err(Refusal::because(format!(
                "Say for each audit that was not made why it was not: {silent} of {} have no reason.",
                undone.len()
            )));
        }
        let missed = missed.into_iter().filter(|it| undone.contains(&it.record)).collect();
        Ok(Self { missed })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DUE: Date = date(2026, 12, 11);
    const AFTER: Date = date(2026, 12, 12);

    fn away(record: i64) -> Missed {
        Missed::new(RecordId(record), MissedBecause::AuditorAway, None).unwrap()
    }

    #[test]
    fn a_cycle_closes_only_with_a_reason_for_each_audit_that_was_not_made() {
        let undone = [RecordId(1), RecordId(2)];
        let refusal = Closing::of(DUE, &undone, vec![away(1)], AFTER).unwrap_err();
        assert!(refusal.sentence().contains("1 of 2"), "{refusal}");
        let closing = Closing::of(DUE, &undone, vec![away(1), away(2), away(3)], AFTER).unwrap();
        assert_eq!(
            closing.missed,
            [away(1), away(2)],
            "a reason for an audit that was made is no reason"
        );
    }

    #[test]
    fn a_cycle_whose_audits_are_not_due_yet_closes_only_when_all_are_made() {
        assert!(Closing::of(DUE, &[RecordId(1)], vec![away(1)], DUE).is_err());
        assert!(Closing::of(DUE, &[], Vec::new(), DUE).is_ok());
    }

    #[test]
    fn another_reason_is_said_in_words() {
        assert!(Missed::new(RecordId(1), MissedBecause::Other, None).is_err());
        let words = Reason::new("The building was shut.").ok();
        assert!(Missed::new(RecordId(1), MissedBecause::Other, words).is_ok());
    }

    #[test]
    fn every_kind_has_its_own_code() {
        for why in MissedBecause::ALL {
            assert_eq!(MissedBecause::from_code(why.code()), Some(why));
        }
    }
}
