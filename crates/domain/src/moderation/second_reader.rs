//! Who may read an audit a second time: nobody their own, and nobody in their own line.

use jiff::civil::Date;

use crate::audit::Audit;
use crate::id::{AuditId, PersonId};
use crate::independence::{Tie, closest};
use crate::permission::{Deed, permits};
use crate::person::{Person, Role};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::ties::Ties;

/// Somebody who may read an audit a second time. A moderation is opened only with one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondReader {
    person: PersonId,
    audit: AuditId,
    blind: bool,
}

/// What is known of an audit that is to be read a second time.
#[derive(Debug, Clone)]
pub struct ToRead<'a> {
    /// The audit.
    pub audit: &'a Audit,
    /// Its record as it was drawn.
    pub record: &'a Record,
    /// Whoever had the audit before it was given to its auditor.
    pub had_it: &'a [PersonId],
    /// True if it is read blind.
    pub blind: bool,
}

impl SecondReader {
    /// Finds somebody independent of an audit, of its record and of whoever holds that.
    ///
    /// # Errors
    /// Refuses an audit that is not submitted; the one who made it or had it; somebody with a
    /// [`Tie`] to the record; and, for a blind reading, somebody who can read the answers elsewhere.
    pub fn of(
        person: &Person,
        to_read: &ToRead<'_>,
        ties: &Ties,
        day: Date,
    ) -> Result<Self, Refusal> {
        let no = |why: &str| {
            Err(Refusal::because(format!("You cannot moderate this audit, because you {why}.")))
        };
        let audit = to_read.audit;
        if !person.is(Role::Moderator, day) {
            return no("are not a moderator");
        }
        if !audit.is_submitted() {
            return Err(Refusal::because(
                "This audit is not submitted, so it cannot be moderated.",
            ));
        }
        if audit.auditor == person.id {
            return no("made it");
        }
        if to_read.had_it.contains(&person.id) {
            return no("had it before it was given to somebody else");
        }
        match closest(person, to_read.record, ties, day) {
            None => {}
            Some(Tie::SameName) => {
                return no(
                    "have the name of the worker who holds the record, and nobody has said whether that is you",
                );
            }
            Some(tie) => return no(&tie.to_string()),
        }
        if to_read.blind && permits(person, Deed::ReadAudit(audit), day) {
            return no("can read its answers elsewhere, and it is to be read blind");
        }
        Ok(Self { person: person.id, audit: audit.id, blind: to_read.blind })
    }

    /// Who reads.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Which audit.
    pub fn audit(&self) -> AuditId {
        self.audit
    }

    /// True if they read it blind.
    pub fn is_blind(&self) -> bool {
        self.blind
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::allocation::Experience;
    use crate::grade::Grade;
    use crate::id::{PlaceId, WorkerId};
    use crate::moderation::sample::audit;
    use crate::person::Grant;
    use crate::place::Whereabouts;
    use crate::record::Worker;

    const DAY: Date = date(2026, 12, 14);

    fn person(id: i64, roles: &[(Role, i64)]) -> Person {
        let grant = |(role, place): &(Role, i64)| Grant {
            role: *role,
            place: PlaceId(*place),
            from: date(2026, 1, 1),
            until: None,
        };
        let grants = roles.iter().map(grant).collect();
        Person { id: PersonId(id), name: format!("Person {id}"), grants }
    }

    fn record(audit: &Audit) -> Record {
        Record {
            id: audit.record,
            line: audit.line.clone(),
            as_at: DAY,
            worker: Some(Worker {
                id: WorkerId(4),
                name: "Nia Pell".to_owned(),
                experience: Experience::Experienced,
                person: Some(PersonId(9)),
            }),
            whereabouts: Whereabouts::new(vec![PlaceId(3), PlaceId(1)]),
            service: None,
        }
    }

    fn why(person: &Person, had_it: &[PersonId], blind: bool) -> Option<String> {
        let audit = audit(Grade::Good);
        let record = record(&audit);
        let to_read = ToRead { audit: &audit, record: &record, had_it, blind };
        let found = SecondReader::of(person, &to_read, &Ties::default(), DAY);
        found.err().map(|refusal| refusal.sentence().to_owned())
    }

    #[test]
    fn nobody_reads_their_own_audit_or_their_own_line_a_second_time() {
        let moderator = (Role::Moderator, 1);
        assert_eq!(why(&person(5, &[moderator]), &[], false), None);
        let ends = |person: &Person, had: &[PersonId], end: &str| {
            let said = why(person, had, false).unwrap();
            assert!(said.starts_with("You cannot moderate this audit, because you "), "{said}");
            assert!(said.ends_with(end), "{said}");
        };
        ends(&person(5, &[(Role::Auditor, 1)]), &[], "are not a moderator.");
        ends(&person(2, &[moderator]), &[], "made it.");
        ends(&person(5, &[moderator]), &[PersonId(5)], "given to somebody else.");
        ends(&person(9, &[moderator]), &[], "hold the record.");
        let manager = person(5, &[moderator, (Role::ServiceManager, 3)]);
        ends(&manager, &[], "manage the team that holds it.");
    }

    #[test]
    fn whoever_can_read_the_answers_elsewhere_reads_none_of_them_blind() {
        let lead = person(5, &[(Role::Moderator, 1), (Role::QualityLead, 1)]);
        assert_eq!(why(&lead, &[], false), None);
        assert!(why(&lead, &[], true).unwrap().contains("elsewhere"));
        assert_eq!(why(&person(5, &[(Role::Moderator, 1)]), &[], true), None);
    }
}
