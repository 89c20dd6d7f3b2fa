//! Asking named people for comments on a draft, until a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::id::{ConsultationId, PersonId};
use crate::person::{Person, Role};
use crate::refusal::Refusal;
use crate::text::bounded;

/// The longest that a draft is out for comment, in days.
const LONGEST: i32 = 183;

/// Somebody who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultee {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The role for which they were asked; none where they were asked by name.
    pub asked_as: Option<Role>,
    /// True once they have said that they have no comments.
    pub no_comments: bool,
}

/// One round of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// The day on which it was opened.
    pub opened_on: Date,
    /// The last day for comments.
    pub closes: Date,
    /// What those who are asked should know.
    pub note: String,
    /// True if everybody asked sees the comments of the others at once, and not only afterwards.
    pub at_once: bool,
    /// The day on which the draft was taken back, where it was.
    pub ended_on: Option<Date>,
    /// Who was asked, by name.
    pub consultees: Vec<Consultee>,
}

impl Consultation {
    /// True if comments can still be made.
    pub fn is_open(&self, today: Date) -> bool {
        self.ended_on.is_none() && today <= self.closes
    }

    /// True if this person was asked.
    pub fn asked(&self, person: PersonId) -> bool {
        self.consultees.iter().any(|consultee| consultee.person == person)
    }

    /// True if this person may see what others say: once it is over, and before then only those who
    /// were asked, where they were told that everybody asked sees it at once.
    pub fn shows_to(&self, person: PersonId, today: Date) -> bool {
        !self.is_open(today) || self.at_once && self.asked(person)
    }
}

/// A consultation that may be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    invited: BTreeMap<PersonId, Option<Role>>,
    closes: Date,
    note: String,
    at_once: bool,
}

impl Asking {
    /// Asks these people until this day.
    ///
    /// # Errors
    /// Refuses to ask nobody, a closing date that is not after today or more than half a year
    /// away, and a note that is too long.
    pub fn new(
        invited: BTreeMap<PersonId, Option<Role>>,
        closes: Date,
        (note, at_once): (&str, bool),
        today: Date,
    ) -> Result<Self, Refusal> {
        if invited.is_empty() {
            return Err(Refusal::because("Choose at least one person or role to ask."));
        }
        Self::check_day(closes, today)?;
        Ok(Self { invited, closes, note: bounded(note)?, at_once })
    }

    /// Checks a closing date alone, so that a form can say so at its field.
    ///
    /// # Errors
    /// Refuses a day that is not after today or more than half a year away.
    pub fn check_day(closes: Date, today: Date) -> Result<Date, Refusal> {
        if closes <= today {
            return Err(Refusal::because("Enter a day after today."));
        }
        let last = today.saturating_add(LONGEST.days());
        if closes > last {
            return Err(Refusal::because(format!(
                "Enter {} or an earlier day.",
                day_in_words(last)
            )));
        }
        Ok(closes)
    }

    /// Who is asked, each with the role for which they are, where they were not named.
    pub fn invited(&self) -> &BTreeMap<PersonId, Option<Role>> {
        &self.invited
    }

    /// The last day for comments.
    pub fn closes(&self) -> Date {
        self.closes
    }

    /// What those who are asked should know.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// True if everybody asked sees the comments of the others at once.
    pub fn at_once(&self) -> bool {
        self.at_once
    }
}

/// Those named, and everybody who holds one of the roles today. Whoever is both was named.
pub fn invited(
    people: &[Person],
    named: &BTreeSet<PersonId>,
    roles: &BTreeSet<Role>,
    today: Date,
) -> BTreeMap<PersonId, Option<Role>> {
    let asked = |person: &Person| {
        if named.contains(&person.id) {
            return Some((person.id, None));
        }
        let role = roles.iter().copied().find(|role| person.is(*role, today))?;
        Some((person.id, Some(role)))
    };
    people.iter().filter_map(asked).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::id::PlaceId;
    use crate::person::Grant;

    const TODAY: Date = date(2026, 11, 23);

    fn person(id: i64, role: Role, until: Option<Date>) -> Person {
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until };
        Person { id: PersonId(id), name: format!("Person {id}"), grants: vec![grant] }
    }

    #[test]
    fn a_role_is_everybody_who_holds_it_on_the_day() {
        let people = [
            person(1, Role::SeniorManager, None),
            person(2, Role::SeniorManager, Some(date(2026, 11, 22))),
            person(3, Role::AuditServices, None),
            person(4, Role::Worker, None),
        ];
        let named = BTreeSet::from([PersonId(3), PersonId(4)]);
        let roles = BTreeSet::from([Role::SeniorManager, Role::AuditServices]);
        let asked = invited(&people, &named, &roles, TODAY);
        let expected =
            [(PersonId(1), Some(Role::SeniorManager)), (PersonId(3), None), (PersonId(4), None)];
        assert_eq!(asked, BTreeMap::from(expected));
    }

    #[test]
    fn nobody_and_a_past_day_are_refused() {
        let one = BTreeMap::from([(PersonId(1), None)]);
        let ask = |invited: &BTreeMap<_, _>, closes| {
            Asking::new(invited.clone(), closes, ("", false), TODAY)
        };
        assert!(ask(&one, date(2026, 12, 7)).is_ok());
        assert!(ask(&BTreeMap::new(), date(2026, 12, 7)).is_err());
        assert!(ask(&one, TODAY).is_err());
        assert!(ask(&one, date(2028, 1, 1)).is_err());
    }

    #[test]
    fn comments_can_be_made_on_the_closing_date_and_not_after_it() {
        let mut it = Consultation {
            id: ConsultationId(1),
            opened_on: TODAY,
            closes: date(2026, 12, 7),
            note: String::new(),
            at_once: false,
            ended_on: None,
            consultees: Vec::new(),
        };
        let shows = |it: &Consultation, day| it.shows_to(PersonId(2), day);
        assert!(it.is_open(it.closes) && !shows(&it, it.closes));
        assert!(!it.is_open(date(2026, 12, 8)) && shows(&it, date(2026, 12, 8)));
        it.ended_on = Some(TODAY);
        assert!(!it.is_open(TODAY));
    }
}
