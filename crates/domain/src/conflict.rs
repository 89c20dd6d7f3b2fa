//! A conflict that was declared: a record, a worker or a place from which somebody keeps away.

use jiff::civil::Date;

use crate::id::{ConflictId, PersonId, PlaceId, RecordId, WorkerId};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::text::Reason;

/// What a conflict is with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One record.
    Record(RecordId),
    /// Every record that this worker holds.
    Worker(WorkerId),
    /// Every record of this team, service or directorate.
    Place(PlaceId),
}

impl Subject {
    /// What it is with, seen from a record that it touches. It says nothing of why.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Record(_) => "this record",
            Self::Worker(_) => "the worker who holds this record",
            Self::Place(_) => "the team or service that holds this record",
        }
    }
}

/// A conflict that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Who keeps away.
    pub person: PersonId,
    /// From what.
    pub subject: Subject,
    /// The first day on which it counts.
    pub from: Date,
    /// The last day on which it counts; none while it has no end.
    pub until: Option<Date>,
    /// Why, in words; none for a private reason, which nobody has to write down.
    pub why: Option<Reason>,
}

impl Declaration {
    /// A conflict from a day, perhaps until one.
    ///
    /// # Errors
    /// Refuses a last day that is before the first.
    pub fn new(
        person: PersonId,
        subject: Subject,
        (from, until): (Date, Option<Date>),
        why: Option<Reason>,
    ) -> Result<Self, Refusal> {
        if until.is_some_and(|until| until < from) {
            return Err(Refusal::because(
                "Enter a last day that is not before the first, or leave it empty.",
            ));
        }
        Ok(Self { person, subject, from, until, why })
    }
}

/// A conflict that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its id.
    pub id: ConflictId,
    /// What was declared.
    pub declared: Declaration,
}

impl Conflict {
    /// True if it counts on this day.
    pub fn counts_on(&self, day: Date) -> bool {
        self.declared.from <= day && self.declared.until.is_none_or(|until| day <= until)
    }

    /// True if it touches this record.
    pub fn touches(&self, record: &Record) -> bool {
        match self.declared.subject {
            Subject::Record(id) => record.id == id,
            Subject::Worker(id) => record.worker.as_ref().is_some_and(|worker| worker.id == id),
            Subject::Place(id) => record.whereabouts.is_within(id),
        }
    }

    /// The day on which it counts for the last time, when somebody ends it today.
    ///
    /// # Errors
    /// Refuses a conflict that has ended already. One that has not begun ends before it does.
    pub fn end(&self, today: Date) -> Result<Date, Refusal> {
        match self.declared.until {
            Some(until) if until <= today => {
                Err(Refusal::because("This conflict has ended already."))
            }
            _ => Ok(today),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn declared(from: Date, until: Option<Date>) -> Result<Declaration, Refusal> {
        Declaration::new(PersonId(1), Subject::Record(RecordId(1)), (from, until), None)
    }

    #[test]
    fn a_conflict_counts_on_its_first_and_its_last_day_and_not_beyond() {
        let (from, until) = (date(2026, 2, 1), date(2026, 3, 3));
        let declared = declared(from, Some(until)).unwrap();
        let conflict = Conflict { id: ConflictId(1), declared };
        assert!(!conflict.counts_on(date(2026, 1, 31)));
        assert!(conflict.counts_on(from) && conflict.counts_on(until));
        assert!(!conflict.counts_on(date(2026, 3, 4)));
        assert!(conflict.end(until).is_err(), "it ends by itself");
        assert_eq!(conflict.end(date(2026, 2, 9)).unwrap(), date(2026, 2, 9));
    }

    #[test]
    fn a_conflict_does_not_end_before_it_begins() {
        assert!(declared(date(2026, 2, 1), Some(date(2026, 1, 31))).is_err());
        assert!(declared(date(2026, 2, 1), Some(date(2026, 2, 1))).is_ok());
    }
}
