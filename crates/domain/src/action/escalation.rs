//! On which days somebody is told of an action, and who: first its owner, and the later the higher.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Action;
use crate::id::PersonId;
use crate::independence::manages;
use crate::person::{Person, Role};
use crate::reminder::{Occasion, Reminder};

/// Days before the due day on which the owner is first told.
pub const DAYS_BEFORE: i32 = 7;

/// Days overdue from which whoever manages the record's place is told too: by then a week of the
/// owner's own has gone by.
pub const TO_MANAGERS: i32 = 7;

/// Days overdue from which senior managers and the quality lead are told: the manager has then had
/// a week as well.
pub const TO_SENIORS: i32 = 14;

/// How far the telling has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// Within a week of the day: the owner.
    DueSoon,
    /// From the day on: the owner.
    Due,
    /// A week overdue: whoever manages the place.
    Managers,
    /// Two weeks overdue: senior managers, and whoever runs the audit.
    Seniors,
}

impl Rung {
    /// Every rung, in the order of time.
    pub const ALL: [Self; 4] = [Self::DueSoon, Self::Due, Self::Managers, Self::Seniors];

    /// The rung on which an open action stands today; none while its day is more than a week away.
    ///
    /// A rung lasts until the next, so that a day on which nothing could be sent loses none.
    pub fn on(today: Date, due: Date) -> Option<Self> {
        match due.until(today).ok()?.get_days() {
            TO_SENIORS.. => Some(Self::Seniors),
            TO_MANAGERS.. => Some(Self::Managers),
            0.. => Some(Self::Due),
            days => (days >= -DAYS_BEFORE).then_some(Self::DueSoon),
        }
    }

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DueSoon => "soon",
            Self::Due => "due",
            Self::Managers => "managers",
            Self::Seniors => "seniors",
        }
    }

    /// The rung with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// The rule in words, as the page of an action prints it.
    pub fn words(self) -> String {
        match self {
            Self::DueSoon => format!("{DAYS_BEFORE} days before: the owner"),
            Self::Due => "On the day: the owner".to_owned(),
            Self::Managers => {
                format!("{TO_MANAGERS} days overdue: whoever manages the team or service")
            }
            Self::Seniors => {
                format!("{TO_SENIORS} days overdue: senior managers and the quality lead")
            }
        }
    }
}

impl Action {
    /// Who is told of it on this rung. An action without an owner is the quality lead's to see to.
    fn told(&self, rung: Rung, people: &[Person], today: Date) -> Vec<PersonId> {
        let lead = |person: &Person| person.is(Role::QualityLead, today);
        let is_told = |person: &&Person| match rung {
            Rung::DueSoon | Rung::Due => {
                self.owner.map_or_else(|| lead(person), |owner| owner == person.id)
            }
            Rung::Managers => {
                self.owner != Some(person.id) && manages(person, &self.whereabouts, today)
            }
            Rung::Seniors => {
                lead(person) || person.is_over(Role::SeniorManager, &self.whereabouts, today)
            }
        };
        people.iter().filter(is_told).map(|person| person.id).collect()
    }
}

/// The reminders that open actions give today: one to each person for each due day and rung.
pub fn reminders(open: &[Action], people: &[Person], today: Date) -> Vec<Reminder> {
    let mut counts: BTreeMap<(PersonId, Date, Rung), u32> = BTreeMap::new();
    for action in open.iter().filter(|it| it.is_open() && it.joined_to.is_none()) {
        let Some(rung) = Rung::on(today, action.due) else { continue };
        for person in action.told(rung, people, today) {
            *counts.entry((person, action.due, rung)).or_default() += 1;
        }
    }
    let reminder = |((person, due, rung), audits)| Reminder {
        person,
        due,
        audits,
        occasion: Occasion::Actions(rung),
    };
    counts.into_iter().map(reminder).collect()
}

/// How many audits, actions or replies a reminder is about today; none where it is no longer needed. Those
/// above the owner hear of all that has come to their rung, and nobody of what is done meanwhile.
pub fn still(reminder: &Reminder, asked_today: &[Reminder]) -> u32 {
    let rung = match reminder.occasion {
        Occasion::Actions(rung) => rung,
        Occasion::Replies(_) => Rung::Due,
        _ => return reminder.audits,
    };
    let is_asked = asked_today.iter().any(|it| it.key() == reminder.key());
    let is_counted = |it: &&Reminder| {
        let is_same = it.person == reminder.person && it.occasion == reminder.occasion;
        is_same && (rung >= Rung::Managers || it.due == reminder.due)
    };
    let all = asked_today.iter().filter(is_counted).map(|it| it.audits).sum();
    if is_asked { all } else { 0 }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;
    use crate::action::ActionStage;
    use crate::action::sample::{OWNER, action};
    use crate::id::PlaceId;
    use crate::person::Grant;

    fn person(id: i64, role: Role, place: i64) -> Person {
        let grant = Grant { role, place: PlaceId(place), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(id), name: format!("Person {id}"), grants: vec![grant] }
    }

    #[test]
    fn first_the_owner_is_told_then_the_manager_of_the_place_then_those_above() {
        let people = [
            person(OWNER.0, Role::Worker, 2),
            person(2, Role::ServiceManager, 2),
            person(3, Role::ServiceManager, 9),
            person(4, Role::SeniorManager, 1),
            person(5, Role::QualityLead, 1),
        ];
        let open = [action(ActionStage::Open), action(ActionStage::Open)];
        let told = |days: i32| {
            let today = open[0].due.saturating_add(days.days());
            let all = reminders(&open, &people, today);
            all.iter().map(|it| (it.person.0, it.audits)).collect::<Vec<_>>()
        };
        assert_eq!(told(-8), []);
        assert_eq!((told(-7), told(3)), (vec![(1, 2)], vec![(1, 2)]));
        assert_eq!(told(7), [(2, 2)]);
        assert_eq!(told(14), [(4, 2), (5, 2)]);
        let today = open[0].due.saturating_add(20.days());
        let mut earlier = open.clone();
        earlier[0].due = earlier[0].due.saturating_sub(30.days());
        let all = reminders(&earlier, &people[3..4], today);
        let counts: Vec<u32> = all.iter().map(|it| still(it, &all)).collect();
        assert_eq!(counts, [2, 2], "each says how many there are in all");
        assert_eq!(still(&all[0], &all[1..]), 0, "what is done is said no more");
        let mut nobodys = open[0].clone();
        nobodys.owner = None;
        let all = reminders(&[nobodys.clone()], &people, nobodys.due);
        assert_eq!(all.iter().map(|it| it.person.0).collect::<Vec<_>>(), [5]);
        nobodys.joined_to = Some(crate::id::ActionId(8));
        assert!(reminders(&[nobodys], &people, open[0].due).is_empty());
    }

    #[test]
    fn it_goes_higher_the_later_it_is_and_never_down_again() {
        let due = date(2026, 6, 30);
        let rung = |days: i32| Rung::on(due.saturating_add(days.days()), due);
        assert_eq!(rung(-8), None);
        assert_eq!((rung(-7), rung(-1)), (Some(Rung::DueSoon), Some(Rung::DueSoon)));
        assert_eq!((rung(0), rung(6)), (Some(Rung::Due), Some(Rung::Due)));
        assert_eq!((rung(7), rung(13)), (Some(Rung::Managers), Some(Rung::Managers)));
        assert_eq!((rung(14), rung(900)), (Some(Rung::Seniors), Some(Rung::Seniors)));
        let all: Vec<_> = (-30..60).map(rung).collect();
        assert!(all.is_sorted());
        for it in Rung::ALL {
            assert_eq!(Rung::from_code(it.code()), Some(it));
        }
    }
}
