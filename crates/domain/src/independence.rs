//! Nobody audits a record that they hold, supervise or manage, or with which they have a conflict.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::conflict::Subject;
use crate::id::{PersonId, RecordId};
use crate::person::{Person, Role};
use crate::place::Whereabouts;
use crate::record::{Record, Worker};
use crate::refusal::Refusal;
use crate::ties::Ties;

/// For how many months after it ended somebody's managing or supervising still counts.
pub const LOOK_BACK: i32 = 12;

/// What keeps somebody from auditing a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// They are no auditor.
    NoAuditor,
    /// They hold it.
    Holds,
    /// Whoever holds it has their name, and nobody has said whom that worker signs in as.
    SameName,
    /// They manage its team, its service or anything around them.
    Manages,
    /// They managed it until this day, which is less than [`LOOK_BACK`] months ago.
    ManagedUntil(Date),
    /// They supervise whoever holds it.
    Supervises,
    /// They supervised whoever holds it until this day, which is less than [`LOOK_BACK`] months ago.
    SupervisedUntil(Date),
    /// They have declared a conflict. Why they have is theirs, and is not said.
    Declared(Subject),
}

/// The words complete *cannot audit this record, because they*.
impl fmt::Display for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuditor => f.write_str("are not an auditor"),
            Self::Holds => f.write_str("hold the record"),
            Self::SameName => f.write_str(
                "have the name of the worker who holds the record, and nobody has said whether that is them",
            ),
            Self::Manages => f.write_str("manage the team that holds it"),
            Self::ManagedUntil(day) => {
                write!(f, "managed the team that holds it until {}", day_in_words(*day))
            }
            Self::Supervises => f.write_str("supervise the worker who holds it"),
            Self::SupervisedUntil(day) => {
                write!(f, "supervised the worker who holds it until {}", day_in_words(*day))
            }
            Self::Declared(subject) => {
                write!(f, "have declared a conflict with {}", subject.words())
            }
        }
    }
}

/// An auditor for a record, found independent of it. An audit can be assigned only with one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Independent {
    auditor: PersonId,
    record: RecordId,
}

impl Independent {
    /// Finds an auditor independent of a record.
    ///
    /// # Errors
    /// Refuses somebody with a [`Tie`] on that day, and says which.
    pub fn of(auditor: &Person, record: &Record, ties: &Ties, day: Date) -> Result<Self, Refusal> {
        let name = &auditor.name;
        let reference = &record.line.reference;
        match tie(auditor, record, ties, day) {
            None => Ok(Self { auditor: auditor.id, record: record.id }),
            Some(Tie::NoAuditor) => Err(Refusal::because(format!("{name} is not an auditor."))),
            Some(tie) => Err(Refusal::because(format!(
                "{name} cannot audit {reference}, because they {tie}."
            ))),
        }
    }

    /// Who audits.
    pub fn auditor(&self) -> PersonId {
        self.auditor
    }

    /// Which record.
    pub fn record(&self) -> RecordId {
        self.record
    }
}

/// What keeps somebody from auditing a record on a day: the first tie, the closest before the others.
pub fn tie(auditor: &Person, record: &Record, ties: &Ties, day: Date) -> Option<Tie> {
    if !auditor.is(Role::Auditor, day) {
        return Some(Tie::NoAuditor);
    }
    closest(auditor, record, ties, day)
}

/// The closest tie of anybody to a record on a day, whether or not they are an auditor.
pub fn closest(auditor: &Person, record: &Record, ties: &Ties, day: Date) -> Option<Tie> {
    let holder = record.worker.as_ref();
    let holds = holder.and_then(|worker| match worker.person {
        Some(person) => (person == auditor.id).then_some(Tie::Holds),
        None => has_the_name_of(auditor, worker).then_some(Tie::SameName),
    });
    holds
        .or_else(|| managing(auditor, &record.whereabouts, day))
        .or_else(|| supervising(auditor, holder?, ties, day))
        .or_else(|| declared(auditor, record, ties, day))
}

fn has_the_name_of(auditor: &Person, worker: &Worker) -> bool {
    let words = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words(&auditor.name) == words(&worker.name)
}

fn managing(auditor: &Person, whereabouts: &Whereabouts, day: Date) -> Option<Tie> {
    let over = auditor
        .grants
        .iter()
        .filter(|grant| grant.role == Role::ServiceManager && whereabouts.is_within(grant.place));
    match counts(over.map(|grant| (grant.from, grant.until)), day) {
        Held::NotLately => None,
        Held::Now => Some(Tie::Manages),
        Held::Until(day) => Some(Tie::ManagedUntil(day)),
    }
}

fn supervising(auditor: &Person, holder: &Worker, ties: &Ties, day: Date) -> Option<Tie> {
    let over = ties
        .lines
        .iter()
        .filter(|line| line.supervisor == auditor.id && line.worker == holder.id)
        .map(|line| (line.from, line.until));
    match counts(over, day) {
        Held::NotLately => None,
        Held::Now => Some(Tie::Supervises),
        Held::Until(day) => Some(Tie::SupervisedUntil(day)),
    }
}

fn declared(auditor: &Person, record: &Record, ties: &Ties, day: Date) -> Option<Tie> {
    let found = ties.conflicts.iter().find(|conflict| {
        conflict.declared.person == auditor.id
            && conflict.counts_on(day)
            && conflict.touches(record)
    });
    found.map(|conflict| Tie::Declared(conflict.declared.subject))
}

/// Whether somebody holds something on a day.
enum Held {
    /// Not on that day, nor shortly before.
    NotLately,
    /// On that day.
    Now,
    /// Until this last day, less than [`LOOK_BACK`] months before.
    Until(Date),
}

/// Whether one of these spans counts on a day: one that goes on before one that has ended.
fn counts(spans: impl Iterator<Item = (Date, Option<Date>)>, day: Date) -> Held {
    let mut ended = None;
    for (from, until) in spans.filter(|(from, _)| *from <= day) {
        match until {
            Some(until) if until < day => {
                // A grant that was over before it began was never held.
                if from <= until && day < until.saturating_add(LOOK_BACK.months()) {
                    ended = ended.max(Some(until));
                }
            }
            _ => return Held::Now,
        }
    }
    ended.map_or(Held::NotLately, Held::Until)
}

/// True if the person manages the place where the record stands, or a place around it.
pub fn manages(person: &Person, whereabouts: &Whereabouts, day: Date) -> bool {
    person.is_over(Role::ServiceManager, whereabouts, day)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::allocation::Experience;
    use crate::case_list::{CaseLine, Reference};
    use crate::conflict::{Conflict, Declaration};
    use crate::history::History;
    use crate::id::{ConflictId, PlaceId, WorkerId};
    use crate::need::{Known, LegalRoute, Need, Placement};
    use crate::person::Grant;
    use crate::ties::Supervision;

    const DAY: Date = date(2026, 11, 23);

    fn record() -> Record {
        Record {
            id: RecordId(1),
            line: CaseLine {
                reference: Reference::new("R-2043").unwrap(),
                needs: [Need::ChildInNeed].into(),
                assessment_open: false,
                disabled: Known::No,
                unaccompanied: Known::No,
                placement: Placement::NotPlaced,
                route: LegalRoute::None,
                worker: Some("Nia Pell".to_owned()),
                team: Some("Team 1".to_owned()),
                dates: BTreeMap::new(),
                history: History::default(),
            },
            as_at: DAY,
            worker: Some(Worker {
                id: WorkerId(4),
                name: "Nia Pell".to_owned(),
                experience: Experience::Experienced,
                person: Some(PersonId(9)),
            }),
            whereabouts: Whereabouts::new(vec![PlaceId(3), PlaceId(2), PlaceId(1)]),
            service: Some("Children in Need".to_owned()),
        }
    }

    fn auditor(id: i64, manages: Option<i64>) -> Person {
        let grant = |role, place| Grant { role, place, from: date(2026, 1, 1), until: None };
        let mut grants = vec![grant(Role::Auditor, PlaceId(1))];
        grants.extend(manages.map(|place| grant(Role::ServiceManager, PlaceId(place))));
        Person { id: PersonId(id), name: "Rosa Whitlow".to_owned(), grants }
    }

    #[test]
    fn somebody_from_elsewhere_may_audit() {
        assert!(Independent::of(&auditor(1, None), &record(), &Ties::default(), DAY).is_ok());
        assert!(Independent::of(&auditor(1, Some(8)), &record(), &Ties::default(), DAY).is_ok());
    }

    #[test]
    fn the_worker_who_holds_the_record_is_refused() {
        let refusal =
            Independent::of(&auditor(9, None), &record(), &Ties::default(), DAY).unwrap_err();
        assert!(refusal.sentence().contains("hold the record"));
    }

    #[test]
    fn a_manager_at_any_level_above_the_record_is_refused() {
        for place in [3, 2, 1] {
            let refusal =
                Independent::of(&auditor(1, Some(place)), &record(), &Ties::default(), DAY)
                    .unwrap_err();
            assert!(refusal.sentence().contains("manage the team"), "{place}");
        }
    }

    #[test]
    fn somebody_who_is_no_auditor_is_refused() {
        let stranger = Person { grants: vec![], ..auditor(1, None) };
        assert!(Independent::of(&stranger, &record(), &Ties::default(), DAY).is_err());
    }

    fn why(auditor: &Person, ties: &Ties, day: Date) -> Option<String> {
        let found = Independent::of(auditor, &record(), ties, day);
        found.err().map(|refusal| refusal.sentence().to_owned())
    }

    #[test]
    fn managing_that_ended_counts_for_twelve_months() {
        let mut auditor = auditor(1, Some(3));
        auditor.grants[1].until = Some(date(2026, 3, 3));
        let ties = Ties::default();
        let sentence = "Rosa Whitlow cannot audit R-2043, because they managed the team that holds it until 3 March 2026.";
        assert_eq!(why(&auditor, &ties, date(2026, 3, 4)).unwrap(), sentence);
        assert_eq!(why(&auditor, &ties, date(2027, 3, 2)).unwrap(), sentence);
        assert_eq!(why(&auditor, &ties, date(2027, 3, 3)), None);
        assert!(
            why(&auditor, &ties, date(2026, 3, 3)).unwrap().contains("because they manage the")
        );
        auditor.grants[1].from = date(2026, 3, 4);
        assert_eq!(why(&auditor, &ties, date(2026, 6, 1)), None, "it was never held");
    }

    #[test]
    fn whoever_supervises_the_holder_is_refused_whatever_their_grants() {
        let line = |supervisor, until| Supervision {
            supervisor: PersonId(supervisor),
            worker: WorkerId(4),
            from: date(2026, 1, 1),
            until,
        };
        let ties = |lines| Ties { lines, ..Ties::default() };
        let auditor = auditor(1, None);
        let now = ties(vec![line(1, None)]);
        assert!(
            why(&auditor, &now, DAY).unwrap().ends_with("they supervise the worker who holds it.")
        );
        let before = ties(vec![line(1, Some(date(2026, 6, 30)))]);
        assert!(why(&auditor, &before, DAY).unwrap().contains("until 30 June 2026"));
        assert_eq!(why(&auditor, &ties(vec![line(2, None)]), DAY), None);
        let other = Supervision { worker: WorkerId(5), ..line(1, None) };
        assert_eq!(why(&auditor, &ties(vec![other]), DAY), None);
    }

    #[test]
    fn a_declared_conflict_refuses_and_keeps_its_reason_to_itself() {
        let secret = "A friend of the family.";
        for (subject, words) in [
            (Subject::Record(RecordId(1)), "with this record."),
            (Subject::Worker(WorkerId(4)), "with the worker who holds this record."),
            (Subject::Place(PlaceId(2)), "with the team or service that holds this record."),
        ] {
            let reason = crate::text::Reason::new(secret).ok();
            let span = (date(2026, 11, 1), Some(date(2026, 11, 30)));
            let declared = Declaration::new(PersonId(1), subject, span, reason).unwrap();
            let conflicts = vec![Conflict { id: ConflictId(1), declared }];
            let ties = Ties { conflicts, ..Ties::default() };
            let sentence = why(&auditor(1, None), &ties, DAY).unwrap();
            assert!(sentence.ends_with(words) && !sentence.contains(secret), "{sentence}");
            assert_eq!(why(&auditor(1, None), &ties, date(2026, 12, 1)), None, "it has ended");
            assert_eq!(why(&auditor(2, None), &ties, DAY), None, "it is somebody else's");
        }
    }

    #[test]
    fn a_conflict_with_another_thing_refuses_nobody() {
        for subject in
            [Subject::Record(RecordId(2)), Subject::Worker(WorkerId(5)), Subject::Place(PlaceId(8))]
        {
            let declared = Declaration::new(PersonId(1), subject, (DAY, None), None).unwrap();
            let conflicts = vec![Conflict { id: ConflictId(1), declared }];
            let ties = Ties { conflicts, ..Ties::default() };
            assert_eq!(why(&auditor(1, None), &ties, DAY), None);
        }
    }

    #[test]
    fn a_namesake_of_a_worker_who_is_not_known_is_refused_until_somebody_says_who_it_is() {
        let mut record = record();
        let worker = record.worker.as_mut().unwrap();
        (worker.name, worker.person) = ("rosa  WHITLOW".to_owned(), None);
        let of =
            |record: &Record| Independent::of(&auditor(1, None), record, &Ties::default(), DAY);
        assert!(of(&record).unwrap_err().sentence().contains("have the name of the worker"));
        record.worker.as_mut().unwrap().person = Some(PersonId(9));
        assert!(of(&record).is_ok(), "the worker is somebody else");
    }
}
