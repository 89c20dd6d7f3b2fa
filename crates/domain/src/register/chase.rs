//! When whoever owes the committee a reply is reminded of it: before the day, on it, and each week after.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Item, Stage};
use crate::id::PersonId;
use crate::reminder::{Occasion, Reminder};

/// Why somebody who owes a reply is reminded now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chase {
    /// From a week before the day.
    Before,
    /// From the day itself.
    OnTheDay,
    /// After so many whole weeks past the day.
    WeeksLate(u16),
}

impl Chase {
    /// What a due day gives today, as for audits; nothing while it is more than a week away.
    pub fn on(today: Date, due: Date) -> Option<Self> {
        match Occasion::on(today, due)? {
            Occasion::Before => Some(Self::Before),
            Occasion::WeeksLate(weeks) => Some(Self::WeeksLate(weeks)),
            _ => Some(Self::OnTheDay),
        }
    }

    /// The rule in words.
    pub fn words(self) -> String {
        match self {
            Self::Before => "before the day".to_owned(),
            Self::OnTheDay => "on the day".to_owned(),
            Self::WeeksLate(1) => "1 week late".to_owned(),
            Self::WeeksLate(weeks) => format!("{weeks} weeks late"),
        }
    }

    /// A code that stays the same whatever the words become.
    pub fn code(self) -> String {
        match self {
            Self::Before => "before".to_owned(),
            Self::OnTheDay => "day".to_owned(),
            Self::WeeksLate(weeks) => weeks.to_string(),
        }
    }

    /// What has this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "before" => Some(Self::Before),
            "day" => Some(Self::OnTheDay),
            weeks => weeks.parse().ok().map(Self::WeeksLate),
        }
    }
}

/// Everybody who owes a reply that is due soon or overdue, each once for each day that it is due by.
pub fn reminders(items: &[Item], today: Date) -> Vec<Reminder> {
    let mut owed: BTreeMap<(PersonId, Date), u32> = BTreeMap::new();
    for item in items.iter().filter(|item| item.stage() == Stage::Open) {
        *owed.entry((item.owner().0, item.due())).or_default() += 1;
    }
    let reminder = |((person, due), audits)| {
        let occasion = Occasion::Replies(Chase::on(today, due)?);
        Some(Reminder { person, due, audits, occasion })
    };
    owed.into_iter().filter_map(reminder).collect()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;
    use crate::id::{MeetingId, RegisterItemId};
    use crate::register::step::{Step, What};
    use crate::register::{Kind, Meeting};
    use crate::text::Reason;

    const DUE: Date = date(2026, 8, 12);

    fn item(number: u32, steps: Vec<Step>) -> Item {
        Item {
            id: RegisterItemId(i64::from(number)),
            meeting: Meeting {
                held_on: date(2026, 7, 15),
                id: MeetingId(1),
                committee: "Corporate Parenting Board".to_owned(),
            },
            number,
            kind: Kind::Question,
            words: Reason::new("Who audits these?").unwrap(),
            asked_by: None,
            about: None,
            first_owner: (PersonId(4), "Catherine Bello".to_owned()),
            first_due: DUE,
            steps,
        }
    }

    fn step(what: What) -> Step {
        let words = Reason::new("So.").unwrap();
        Step { what, words, by: None, at: jiff::Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn whoever_owes_replies_is_reminded_once_for_each_day() {
        let items = [item(1, Vec::new()), item(2, Vec::new())];
        let late = reminders(&items, DUE.saturating_add(8.days()));
        assert_eq!(late.len(), 1);
        let said = late[0].sentence(DUE.saturating_add(8.days()));
        assert_eq!(said, "You have 2 replies to the committee that were due by 12 August 2026.");
        assert_eq!(late[0].occasion, Occasion::Replies(Chase::WeeksLate(1)));
        assert!(reminders(&items, DUE.saturating_sub(8.days())).is_empty(), "too early");
    }

    #[test]
    fn whoever_has_replied_is_left_alone_and_a_moved_day_counts() {
        let later = date(2026, 9, 30);
        let moved = step(What::Moved { from: DUE, to: later });
        assert!(reminders(&[item(1, vec![step(What::Replied)])], DUE).is_empty());
        assert!(reminders(&[item(1, vec![moved.clone()])], DUE).is_empty());
        assert_eq!(reminders(&[item(1, vec![moved])], later).len(), 1);
    }
}
