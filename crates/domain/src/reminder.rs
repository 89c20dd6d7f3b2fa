//! When somebody is reminded of their audits, actions and replies, and in which words: never a word about a child.

use std::fmt;

use jiff::civil::Date;

use crate::action::escalation::Rung;
use crate::calendar::day_in_words;
use crate::id::{AuditId, PersonId};
use crate::register::chase::Chase;

/// How many days before its day an audit is first spoken of.
pub const DAYS_BEFORE: i32 = 7;

/// Why somebody is reminded now. Each comes at most once for one person and one due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// From a week before the day.
    Before,
    /// From the day itself.
    OnTheDay,
    /// After so many whole weeks past the day.
    WeeksLate(u16),
    /// The quality lead asked for it on this day.
    Asked(Date),
    /// An audit of a record that they hold has started: they are told once.
    Started(AuditId),
    /// Actions are due or overdue: theirs, or those that they answer for.
    Actions(Rung),
    /// They owe the committee replies.
    Replies(Chase),
}

impl Occasion {
    /// The occasion that a due day gives today; none while it is more than a week away.
    ///
    /// An occasion lasts until the next one begins, so that a day on which no reminder could be
    /// sent loses none, and several such days do not lead to several reminders.
    pub fn on(today: Date, due: Date) -> Option<Self> {
        let late = due.until(today).ok()?.get_days();
        match late {
            ..0 if late < -DAYS_BEFORE => None,
            ..0 => Some(Self::Before),
            0..7 => Some(Self::OnTheDay),
            _ => Some(Self::WeeksLate(u16::try_from(late / 7).unwrap_or(u16::MAX))),
        }
    }

    /// The rule in words.
    pub fn words(self) -> String {
        match self {
            Self::Before => format!("{DAYS_BEFORE} days before the day"),
            Self::OnTheDay => "On the day".to_owned(),
            Self::WeeksLate(1) => "1 week late".to_owned(),
            Self::WeeksLate(weeks) => format!("{weeks} weeks late"),
            Self::Asked(day) => format!("Asked for on {}", day_in_words(day)),
            Self::Started(_) => "An audit of their record has started".to_owned(),
            Self::Actions(rung) => format!("Actions, {}", rung.words()),
            Self::Replies(chase) => format!("Replies to the committee, {}", chase.words()),
        }
    }

    /// The occasion with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.split_once(' ') {
            None if code == "before" => Some(Self::Before),
            None if code == "day" => Some(Self::OnTheDay),
            Some(("late", weeks)) => weeks.parse().ok().map(Self::WeeksLate),
            Some(("asked", day)) => day.parse().ok().map(Self::Asked),
            Some(("replies", chase)) => Chase::from_code(chase).map(Self::Replies),
            Some(("actions", rung)) => Rung::from_code(rung).map(Self::Actions),
            Some(("started", audit)) => audit.parse().ok().map(Self::Started),
            _ => None,
        }
    }
}

/// The code, which stays the same whatever the words become.
impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before => f.write_str("before"),
            Self::OnTheDay => f.write_str("day"),
            Self::WeeksLate(weeks) => write!(f, "late {weeks}"),
            Self::Asked(day) => write!(f, "asked {day}"),
            Self::Started(audit) => write!(f, "started {audit}"),
            Self::Actions(rung) => write!(f, "actions {}", rung.code()),
            Self::Replies(chase) => write!(f, "replies {}", chase.code()),
        }
    }
}

/// A reminder of the audits that somebody has to make by one day, or of actions or replies due on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Whom.
    pub person: PersonId,
    /// The day on which they are due.
    pub due: Date,
    /// How many of them are not submitted, not addressed, or not given.
    pub audits: u32,
    /// Why now.
    pub occasion: Occasion,
}

impl Reminder {
    /// The reminder that somebody gets today for the audits due on a day.
    pub fn on(today: Date, person: PersonId, due: Date, audits: u32) -> Option<Self> {
        let occasion = Occasion::on(today, due)?;
        (audits > 0).then_some(Self { person, due, audits, occasion })
    }

    /// What the worker who holds a record is told once an audit of it has started.
    pub fn of_start(worker: PersonId, audit: AuditId, due: Date) -> Self {
        Self { person: worker, due, audits: 1, occasion: Occasion::Started(audit) }
    }

    /// What a message of it is headed: by when, or what has happened; and nothing of which record.
    pub fn subject(&self) -> String {
        match self.occasion {
            Occasion::Started(_) => "An audit of a record that you hold has started".to_owned(),
            Occasion::Actions(_) => format!("Actions due by {}", day_in_words(self.due)),
            Occasion::Replies(_) => {
                format!("Replies to the committee due by {}", day_in_words(self.due))
            }
            _ => format!("Audits due by {}", day_in_words(self.due)),
        }
    }

    /// The key of which the log can hold only one, so that two servers never send the same twice.
    pub fn key(&self) -> String {
        match self.occasion {
            // The day of an audit may move, and they are told of its start all the same once.
            Occasion::Started(_) => format!("person {} {}", self.person, self.occasion),
            _ => format!("person {} due {} {}", self.person, self.due, self.occasion),
        }
    }

    /// What it says, in one sentence: how many and by when, and nothing of which.
    pub fn sentence(&self, today: Date) -> String {
        if matches!(self.occasion, Occasion::Started(_)) {
            return "An audit of a record that you hold has started. Your work says who makes it \
                    and what happens next."
                .to_owned();
        }
        let one = self.audits == 1;
        let things = match (self.occasion, one) {
            (Occasion::Actions(_), true) => "action",
            (Occasion::Actions(_), false) => "actions",
            (Occasion::Replies(_), true) => "reply to the committee",
            (Occasion::Replies(_), false) => "replies to the committee",
            (_, true) => "audit",
            (_, false) => "audits",
        };
        let (count, due) = (self.audits, day_in_words(self.due));
        let (were, are) = if one { ("was", "is") } else { ("were", "are") };
        if let Occasion::Actions(Rung::Managers | Rung::Seniors) = self.occasion {
            return format!(
                "You answer for {count} {things} that {were} due by {due} and {are} not addressed."
            );
        }
        if self.due < today {
            format!("You have {count} {things} that {were} due by {due}.")
        } else {
            format!("You have {count} {things} due by {due}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    const DUE: Date = date(2026, 6, 30);

    fn occasion(days: i32) -> Option<Occasion> {
        Occasion::on(DUE.saturating_add(days.days()), DUE)
    }

    #[test]
    fn reminders_come_a_week_before_on_the_day_and_each_week_late() {
        assert_eq!(occasion(-8), None);
        assert_eq!(occasion(-7), Some(Occasion::Before));
        assert_eq!(occasion(-1), Some(Occasion::Before));
        assert_eq!(occasion(0), Some(Occasion::OnTheDay));
        assert_eq!(occasion(6), Some(Occasion::OnTheDay));
        assert_eq!(occasion(7), Some(Occasion::WeeksLate(1)));
        assert_eq!(occasion(13), Some(Occasion::WeeksLate(1)));
        assert_eq!(occasion(700), Some(Occasion::WeeksLate(100)));
    }

    #[test]
    fn over_many_days_each_occasion_has_one_key() {
        let keys = |days: std::ops::Range<i32>| {
            let on = |day: i32| Reminder::on(DUE.saturating_add(day.days()), PersonId(4), DUE, 3);
            let all: std::collections::BTreeSet<String> =
                days.filter_map(on).map(|reminder| reminder.key()).collect();
            all.len()
        };
        assert_eq!(keys(-30..22), 5, "before, on the day, and three weeks late");
    }

    #[test]
    fn a_reminder_says_how_many_and_by_when_and_nothing_else() {
        let reminder = |audits| Reminder::on(DUE, PersonId(4), DUE, audits);
        assert_eq!(reminder(0), None);
        assert_eq!(reminder(3).unwrap().sentence(DUE), "You have 3 audits due by 30 June 2026.");
        let late = date(2026, 7, 1);
        let sentence = reminder(1).unwrap().sentence(late);
        assert_eq!(sentence, "You have 1 audit that was due by 30 June 2026.");
    }

    #[test]
    fn a_worker_is_told_once_of_a_start_and_not_of_which_record() {
        let told = Reminder::of_start(PersonId(4), AuditId(9), DUE);
        let moved = Reminder { due: date(2026, 7, 7), ..told.clone() };
        assert_eq!(told.key(), moved.key());
        assert!(told.sentence(DUE).contains("a record that you hold has started"));
    }

    #[test]
    fn every_occasion_has_its_own_code() {
        for occasion in [
            Occasion::Before,
            Occasion::OnTheDay,
            Occasion::WeeksLate(12),
            Occasion::Asked(DUE),
            Occasion::Started(AuditId(7)),
            Occasion::Actions(Rung::Seniors),
            Occasion::Replies(Chase::WeeksLate(3)),
        ] {
            assert_eq!(Occasion::from_code(&occasion.to_string()), Some(occasion));
        }
        assert_eq!(Occasion::from_code("late soon"), None);
    }
}
