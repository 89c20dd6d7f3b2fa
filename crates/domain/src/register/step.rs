//! What becomes of an item of the register: replied to, accepted or not, given more time or another owner.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Item, Meeting, Stage};
use crate::calendar::day_in_words;
use crate::id::{MeetingId, PersonId, RegisterItemId};
use crate::refusal::Refusal;
use crate::stamp::day_in_england;
use crate::text::Reason;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The owner replied.
    Replied,
    /// The committee accepted the reply at a meeting.
    Accepted(MeetingId),
    /// The committee did not accept it, and a reply is owed again.
    NotAccepted(MeetingId),
    /// More time was given, or less; both days are kept.
    Moved {
        /// The day by which it was owed.
        from: Date,
        /// The day by which it is owed from then on.
        to: Date,
    },
    /// Somebody else owes it from then on.
    Given {
        /// Who owed it, by id and name.
        from: (PersonId, String),
        /// Who owes it, by id and name.
        to: (PersonId, String),
    },
}

/// One step of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub what: What,
    /// The reply, or why.
    pub words: Reason,
    /// Who noted it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A step that may be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// The item.
    pub item: RegisterItemId,
    /// The steps that were seen before it: if there are more, somebody was quicker.
    pub after: usize,
    /// What is done.
    pub what: What,
    /// The reply, or why.
    pub words: Reason,
}

impl Item {
    fn step(&self, what: What, words: Reason) -> NewStep {
        NewStep { item: self.id, after: self.steps.len(), what, words }
    }

    /// The owner replies.
    ///
    /// # Errors
    /// Refuses once the committee has accepted a reply, and while one waits for it.
    pub fn reply_with(&self, words: Reason) -> Result<NewStep, Refusal> {
        match self.stage() {
            Stage::Open => Ok(self.step(What::Replied, words)),
            Stage::Replied => Err(Refusal::because(
                "This is replied to already. The committee has not said yet whether it accepts the reply.",
            )),
            Stage::Accepted => Err(accepted()),
        }
    }

    /// The committee accepts the reply at a meeting, or does not.
    ///
    /// # Errors
    /// Refuses where no reply waits, a meeting before the reply was made, and one that is still to
    /// be held.
    pub fn at_meeting(
        &self,
        meeting: &Meeting,
        accepts: bool,
        words: Reason,
        today: Date,
    ) -> Result<NewStep, Refusal> {
        let (Stage::Replied, Some(reply)) = (self.stage(), self.reply()) else {
            return Err(Refusal::because("No reply waits for the committee."));
        };
        let replied = day_in_england(reply.at);
        if meeting.held_on < replied {
            return Err(Refusal::because(format!(
                "The reply was made on {}, after that meeting. Choose a later one.",
                day_in_words(replied)
            )));
        }
        if meeting.held_on > today {
            return Err(Refusal::because("That meeting is still to be held."));
        }
        let what = if accepts { What::Accepted(meeting.id) } else { What::NotAccepted(meeting.id) };
        Ok(self.step(what, words))
    }

    /// The day moves; both stay visible.
    ///
    /// # Errors
    /// Refuses where no reply is owed, the same day, and a day that is past.
    pub fn move_due(&self, to: Date, why: Reason, today: Date) -> Result<NewStep, Refusal> {
        self.must_be_owed()?;
        let from = self.due();
        if to == from {
            return Err(Refusal::because(format!("It is due on {} now.", day_in_words(from))));
        }
        if to < today {
            return Err(Refusal::because("Enter today or a day after it."));
        }
        Ok(self.step(What::Moved { from, to }, why))
    }

    /// Somebody else owes it from now on.
    ///
    /// # Errors
    /// Refuses where no reply is owed, and the same owner.
    pub fn give_to(&self, to: (PersonId, String), why: Reason) -> Result<NewStep, Refusal> {
        self.must_be_owed()?;
        let (id, name) = self.owner();
        if id == to.0 {
            return Err(Refusal::because(format!("{name} owes it now.")));
        }
        Ok(self.step(What::Given { from: (id, name.to_owned()), to }, why))
    }

    fn must_be_owed(&self) -> Result<(), Refusal> {
        match self.stage() {
            Stage::Open => Ok(()),
            Stage::Replied => Err(Refusal::because("This is replied to. Nothing is owed now.")),
            Stage::Accepted => Err(accepted()),
        }
    }
}

fn accepted() -> Refusal {
    Refusal::because(
        "The committee has accepted the reply. Enter a new item for what is asked now.",
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{Kind, owed};
    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn why() -> Reason {
        Reason::new("The list of the Disability Service comes next week.").unwrap()
    }

    fn meeting(id: i64, held_on: Date) -> Meeting {
        Meeting { held_on, id: MeetingId(id), committee: "Corporate Parenting Board".to_owned() }
    }

    fn item() -> Item {
        Item {
            id: RegisterItemId(1),
            meeting: meeting(1, date(2026, 10, 14)),
            number: 3,
            kind: Kind::Question,
            words: Reason::new("Who audits the records of disabled children?").unwrap(),
            asked_by: None,
            about: None,
            first_owner: (PersonId(1), "Catherine Bello".to_owned()),
            first_due: date(2026, 11, 6),
            steps: Vec::new(),
        }
    }

    /// The item after a step on this day.
    fn after(mut item: Item, step: NewStep, day: Date) -> Item {
        let at = day.at(12, 0, 0, 0).in_tz("Europe/London").unwrap().timestamp();
        item.steps.push(Step { what: step.what, words: step.words, by: None, at });
        item
    }

    #[test]
    fn a_reply_waits_for_the_committee_and_may_be_sent_back() {
        let open = item();
        assert!(open.is_overdue(TODAY));
        assert_eq!(owed(std::slice::from_ref(&open), TODAY), (1, 1));
        let next = meeting(2, date(2026, 11, 20));
        assert!(open.at_meeting(&next, true, why(), TODAY).is_err(), "nothing waits");
        let replied = after(open.clone(), open.reply_with(why()).unwrap(), date(2026, 11, 10));
        assert_eq!(replied.stage(), Stage::Replied);
        assert!(!replied.is_overdue(TODAY) && replied.reply_with(why()).is_err());
        let before = meeting(1, date(2026, 11, 9));
        assert!(replied.at_meeting(&before, true, why(), TODAY).is_err(), "before the reply");
        let later = meeting(3, date(2026, 11, 24));
        assert!(replied.at_meeting(&later, true, why(), TODAY).is_err(), "not held yet");
        let back = replied.at_meeting(&next, false, why(), TODAY).unwrap();
        let back = after(replied.clone(), back, TODAY);
        assert_eq!(back.stage(), Stage::Open);
        assert!(back.is_overdue(TODAY), "it is owed again, and late");
        let taken = replied.at_meeting(&next, true, why(), TODAY).unwrap();
        let taken = after(replied, taken, TODAY);
        assert_eq!(taken.stage(), Stage::Accepted);
        assert!(taken.reply_with(why()).is_err() && taken.move_due(TODAY, why(), TODAY).is_err());
    }

    #[test]
    fn more_time_and_another_owner_leave_what_was_before() {
        let open = item();
        assert!(open.move_due(open.due(), why(), TODAY).is_err());
        assert!(open.move_due(date(2026, 11, 22), why(), TODAY).is_err(), "past");
        let moved = open.move_due(date(2026, 12, 4), why(), TODAY).unwrap();
        let moved = after(open, moved, TODAY);
        assert_eq!((moved.first_due, moved.due()), (date(2026, 11, 6), date(2026, 12, 4)));
        assert!(!moved.is_overdue(TODAY));
        let to = (PersonId(2), "Helen Oyelaran".to_owned());
        let given = moved.give_to(to.clone(), why()).unwrap();
        assert_eq!(given.after, 1);
        let given = after(moved, given, TODAY);
        assert_eq!(given.owner(), (PersonId(2), "Helen Oyelaran"));
        assert!(given.give_to(to, why()).is_err(), "the same owner");
    }
}
