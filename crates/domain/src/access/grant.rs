//! A grant is given, perhaps confirmed by somebody else, and ended; it is never changed.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::id::{GrantId, PersonId};
use crate::person::{Grant, Role};
use crate::refusal::Refusal;
use crate::text::Reason;

/// Whether a role is one that a second person confirms before it counts.
pub const fn has_weight(role: Role) -> bool {
    matches!(
        role,
        Role::Administrator
            | Role::QualityLead
            | Role::AuditServices
            | Role::InformationGovernance
            | Role::SeniorManager
    )
}

/// A grant that is to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrant {
    /// To whom.
    pub person: PersonId,
    /// The role, the place and the days.
    pub grant: Grant,
    /// Why.
    pub why: Reason,
    /// True if it counts only once a second person has confirmed it.
    pub waits: bool,
}

impl NewGrant {
    /// A grant that this person gives to somebody.
    ///
    /// # Errors
    /// Refuses a grant to oneself, and days that are over or the wrong way round.
    pub fn by(
        giver: PersonId,
        person: PersonId,
        grant: Grant,
        why: Reason,
        today: Date,
    ) -> Result<Self, Refusal> {
        if giver == person {
            return Err(Refusal::because(
                "Nobody grants a role to themselves. Ask another administrator.",
            ));
        }
        let waits = has_weight(grant.role);
        Self::of(person, grant, why, today).map(|new| Self { waits, ..new })
    }

    /// A grant that is given on the server's own command line, which needs nobody's confirmation:
    /// whoever can run it can read the database.
    ///
    /// # Errors
    /// Refuses days that are over or the wrong way round.
    pub fn of(person: PersonId, grant: Grant, why: Reason, today: Date) -> Result<Self, Refusal> {
        if grant.until.is_some_and(|until| until < grant.from || until < today) {
            return Err(Refusal::because(
                "Enter a last day that is not over and not before the first, or leave it empty.",
            ));
        }
        Ok(Self { person, grant, why, waits: false })
    }
}

/// Somebody's word about a grant, and when they gave it; nobody for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub by: Option<PersonId>,
    /// Their name.
    pub name: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: String,
}

/// A grant that is kept, with all that was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptGrant {
    /// Its id.
    pub id: GrantId,
    /// Whose it is.
    pub person: PersonId,
    /// The role, the place, and the days on which it holds as things stand.
    pub grant: Grant,
    /// The name of the place.
    pub place: String,
    /// Who gave it and why; none for one from before reasons were kept.
    pub given: Option<Said>,
    /// True if it counts only once it is confirmed.
    pub waits: bool,
    /// Who confirmed it.
    pub confirmed: Option<Said>,
    /// Who ended it, and why.
    pub ended: Option<Said>,
}

/// How a grant stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It waits for a second person.
    Waits,
    /// It holds.
    Holds,
    /// It will hold.
    ToCome,
    /// It held, or never came to.
    Over,
}

impl Standing {
    /// The standing in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Waits => "Waits to be confirmed",
            Self::Holds => "Holds",
            Self::ToCome => "To come",
            Self::Over => "Ended",
        }
    }
}

impl KeptGrant {
    /// How it stands on a day.
    pub fn standing(&self, day: Date) -> Standing {
        if self.grant.until.is_some_and(|until| until < day || until < self.grant.from) {
            Standing::Over
        } else if self.waits && self.confirmed.is_none() {
            Standing::Waits
        } else if self.grant.from > day {
            Standing::ToCome
        } else {
            Standing::Holds
        }
    }

    /// Whether this person may say that it counts.
    ///
    /// # Errors
    /// Refuses whoever gave it, whoever it is for, and a grant that waits for nobody.
    pub fn confirm(&self, by: PersonId, day: Date) -> Result<(), Refusal> {
        if self.standing(day) != Standing::Waits {
            return Err(Refusal::because("This grant does not wait to be confirmed."));
        }
        if by == self.person {
            return Err(Refusal::because("Nobody confirms a grant of their own."));
        }
        if self.given.as_ref().is_some_and(|given| given.by == Some(by)) {
            return Err(Refusal::because("A second person confirms a grant, not whoever gave it."));
        }
        Ok(())
    }

    /// The last day on which it holds when it is ended. It ends *now* by ending yesterday, so that
    /// the very next request finds it gone; on a later day it goes on until that day is over.
    ///
    /// # Errors
    /// Refuses a grant that is over, and a day on which it would be over anyway.
    pub fn end(&self, today: Date, after: Option<Date>) -> Result<Date, Refusal> {
        if self.standing(today) == Standing::Over {
            return Err(Refusal::because("This grant has ended already."));
        }
        let last = match after {
            None => today.saturating_sub(1.day()),
            Some(day) if day < today => {
                return Err(Refusal::because("Enter a last day that is not over, or end it now."));
            }
            Some(day) => day,
        };
        if self.grant.until.is_some_and(|until| until <= last) {
            return Err(Refusal::because("This grant ends on that day already, or before."));
        }
        Ok(last)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::id::PlaceId;

    const DAY: Date = date(2026, 11, 23);

    fn grant(role: Role, until: Option<Date>) -> Grant {
        Grant { role, place: PlaceId(1), from: DAY, until }
    }

    fn why() -> Reason {
        Reason::new("She joins the team.").unwrap()
    }

    fn kept(waits: bool) -> KeptGrant {
        let given = Said {
            by: Some(PersonId(1)),
            name: None,
            at: Timestamp::UNIX_EPOCH,
            why: String::new(),
        };
        KeptGrant {
            id: GrantId(1),
            person: PersonId(2),
            grant: grant(Role::QualityLead, None),
            place: "Larkmoor".to_owned(),
            given: Some(given),
            waits,
            confirmed: None,
            ended: None,
        }
    }

    #[test]
    fn nobody_grants_to_themselves_and_roles_of_weight_wait() {
        let give =
            |to, role| NewGrant::by(PersonId(1), PersonId(to), grant(role, None), why(), DAY);
        assert!(give(1, Role::Auditor).is_err());
        assert!(!give(2, Role::Auditor).unwrap().waits);
        for role in Role::ALL {
            assert_eq!(give(2, role).unwrap().waits, has_weight(role), "{role:?}");
        }
    }

    #[test]
    fn the_days_of_a_grant_are_in_order_and_not_over() {
        let of = |until| NewGrant::of(PersonId(2), grant(Role::Auditor, until), why(), DAY);
        assert!(of(Some(DAY)).is_ok());
        assert!(of(Some(date(2026, 11, 22))).is_err());
    }

    #[test]
    fn a_grant_that_waits_is_confirmed_by_a_third_person_alone() {
        let waits = kept(true);
        assert_eq!(waits.standing(DAY), Standing::Waits);
        assert!(waits.confirm(PersonId(1), DAY).is_err(), "who gave it");
        assert!(waits.confirm(PersonId(2), DAY).is_err(), "whose it is");
        assert!(waits.confirm(PersonId(3), DAY).is_ok());
        assert!(kept(false).confirm(PersonId(3), DAY).is_err(), "it waits for nobody");
    }

    #[test]
    fn a_grant_that_is_ended_now_holds_today_no_more() {
        let it = kept(false);
        let last = it.end(DAY, None).unwrap();
        assert!(!Grant { until: Some(last), ..it.grant.clone() }.holds_on(DAY));
        assert_eq!(it.end(DAY, Some(DAY)).unwrap(), DAY);
        assert!(it.end(DAY, Some(last)).is_err(), "a day that is over");
        let over = KeptGrant { grant: Grant { until: Some(last), ..it.grant.clone() }, ..it };
        assert_eq!(over.standing(DAY), Standing::Over);
        assert!(over.end(DAY, None).is_err());
    }
}
