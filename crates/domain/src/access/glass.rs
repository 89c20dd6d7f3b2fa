//! Break-glass: one record, for half an hour, to somebody whose grants do not reach it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::calendar::working_days_after;
use crate::id::{GlassId, PersonId, RecordId};
use crate::person::{Person, Role};
use crate::place::Whereabouts;
use crate::refusal::Refusal;
use crate::stamp::day_in_england;
use crate::text::Reason;

/// For how long the record is open.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_mins(30);

/// How many characters the reason has at least: *urgent* is no reason.
pub const SHORTEST: usize = 20;

/// Within how many working days somebody else says whether it was justified.
pub const REVIEWED_WITHIN: u16 = 5;

/// Who may break the glass.
pub const MAY_BREAK: [Role; 4] =
    [Role::ServiceManager, Role::QualityLead, Role::SeniorManager, Role::InformationGovernance];

/// A glass that is about to be broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOpening {
    /// Who breaks it.
    pub person: PersonId,
    /// The record.
    pub record: RecordId,
    /// Why, in at least [`SHORTEST`] characters.
    pub why: Reason,
}

/// A reason that is long enough to say something.
///
/// # Errors
/// Refuses fewer than [`SHORTEST`] characters.
pub fn reason(words: &str) -> Result<Reason, Refusal> {
    if words.trim().chars().count() < SHORTEST {
        return Err(Refusal::because(format!(
            "Say why you need this record now, in at least {SHORTEST} characters."
        )));
    }
    Reason::new(words)
}

/// A glass that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its id.
    pub id: GlassId,
    /// Who broke it.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The record.
    pub record: RecordId,
    /// Its reference.
    pub reference: String,
    /// Where it stood.
    pub whereabouts: Whereabouts,
    /// Why.
    pub why: String,
    /// When.
    pub at: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// What somebody else said to it; none while it waits.
    pub review: Option<Review>,
}

/// What somebody else said to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// Whether it was justified.
    pub justified: bool,
    /// Why they think so.
    pub words: String,
}

impl Opening {
    /// True if it opens this record to this person at this moment.
    pub fn opens(&self, person: PersonId, record: RecordId, at: Timestamp) -> bool {
        self.person == person && self.record == record && self.at <= at && at < self.until
    }

    /// The day by which it is to be reviewed.
    pub fn due(&self) -> Date {
        working_days_after(day_in_england(self.at), REVIEWED_WITHIN)
    }

    /// Whether this person may say whether it was justified.
    ///
    /// # Errors
    /// Refuses whoever broke it, and one that somebody has reviewed.
    pub fn review(&self, by: PersonId) -> Result<(), Refusal> {
        if self.person == by {
            return Err(Refusal::because("Nobody reviews what they opened themselves."));
        }
        match &self.review {
            Some(review) => {
                Err(Refusal::because(format!("{} has reviewed this already.", review.name)))
            }
            None => Ok(()),
        }
    }
}

/// Who is told at once: information governance, and whoever manages the record's place. Never
/// whoever broke it.
pub fn told(
    who: PersonId,
    whereabouts: &Whereabouts,
    people: &[Person],
    day: Date,
) -> Vec<PersonId> {
    let is_told = |person: &&Person| {
        person.id != who
            && (person.is(Role::InformationGovernance, day)
                || person.is_over(Role::ServiceManager, whereabouts, day))
    };
    people.iter().filter(is_told).map(|person| person.id).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::id::PlaceId;
    use crate::person::Grant;

    fn opening() -> Opening {
        let at: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        Opening {
            id: GlassId(1),
            person: PersonId(1),
            name: "Helen Oyelaran".to_owned(),
            record: RecordId(4),
            reference: "R-4".to_owned(),
            whereabouts: Whereabouts::new(vec![PlaceId(2)]),
            why: "The duty team asks whether the child is known.".to_owned(),
            at,
            until: at.saturating_add(OPEN_FOR).unwrap(),
            review: None,
        }
    }

    #[test]
    fn it_opens_one_record_to_one_person_for_half_an_hour() {
        let it = opening();
        let opens =
            |who, what, at: &str| it.opens(PersonId(who), RecordId(what), at.parse().unwrap());
        assert!(opens(1, 4, "2026-11-23T12:00:00Z"));
        assert!(opens(1, 4, "2026-11-23T12:29:59Z"));
        assert!(!opens(1, 4, "2026-11-23T12:30:00Z"), "after half an hour");
        assert!(!opens(1, 4, "2026-11-23T11:59:59Z"), "before");
        assert!(!opens(2, 4, "2026-11-23T12:01:00Z"), "somebody else");
        assert!(!opens(1, 5, "2026-11-23T12:01:00Z"), "another record");
        assert_eq!(it.due(), date(2026, 11, 30));
    }

    #[test]
    fn the_reason_says_something() {
        assert!(reason("It is urgent now.   ").is_err());
        assert!(reason("The hospital rang about bruising.").is_ok());
    }

    #[test]
    fn somebody_else_reviews_it_once() {
        let mut it = opening();
        assert!(it.review(PersonId(1)).is_err());
        assert!(it.review(PersonId(2)).is_ok());
        it.review = Some(Review {
            by: PersonId(2),
            name: "Hana Novak".to_owned(),
            at: it.until,
            justified: true,
            words: "It was.".to_owned(),
        });
        assert!(it.review(PersonId(3)).unwrap_err().sentence().starts_with("Hana Novak"));
    }

    #[test]
    fn information_governance_and_the_manager_of_the_place_are_told_and_never_who_broke_it() {
        let person = |id, role, place| Person {
            id: PersonId(id),
            name: format!("Person {id}"),
            grants: vec![Grant {
                role,
                place: PlaceId(place),
                from: date(2026, 1, 1),
                until: None,
            }],
        };
        let people = [
            person(1, Role::InformationGovernance, 1),
            person(2, Role::InformationGovernance, 1),
            person(3, Role::ServiceManager, 2),
            person(4, Role::ServiceManager, 3),
        ];
        let here = Whereabouts::new(vec![PlaceId(2), PlaceId(1)]);
        let told = told(PersonId(1), &here, &people, date(2026, 11, 23));
        assert_eq!(told, [PersonId(2), PersonId(3)]);
    }
}
