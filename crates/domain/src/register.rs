//! The committee's register: what was asked, resolved and promised at a meeting, until it is answered
//! and the committee has accepted the answer.
//!
//! Nothing in it changes. What becomes of an item is told by its steps, each with who took it and
//! when; the stage, the owner and the day are read from them.

pub mod chase;
pub mod citation;
pub mod minutes;
pub mod step;

use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::id::{MeetingId, PersonId, RegisterItemId, ReportId};
use crate::refusal::Refusal;
use crate::text::Reason;
use citation::Cited;
use step::{Step, What};

/// One meeting of a committee.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// The day on which it was held, or is to be.
    pub held_on: Date,
    /// Its id.
    pub id: MeetingId,
    /// The committee's name.
    pub committee: String,
}

/// The most characters of a committee's name, or of the name of whoever asked.
pub const LONGEST_NAME: usize = 120;

/// The name of a committee, or of somebody who asked: one line, never blank.
///
/// # Errors
/// Refuses a blank name, and one that is too long.
pub fn name(typed: &str) -> Result<String, Refusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Refusal::because("Enter a name.")),
        length if length > LONGEST_NAME => Err(Refusal::because(format!(
            "Shorten the name to {LONGEST_NAME} characters or fewer. It has {length}."
        ))),
        _ => Ok(name),
    }
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody asked something.
    Question,
    /// The committee resolved something.
    Resolution,
    /// An officer promised something.
    Promise,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Question, Self::Resolution, Self::Promise];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Resolution => "resolution",
            Self::Promise => "promise",
        }
    }

    /// The kind in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Question => "Question",
            Self::Resolution => "Resolution",
            Self::Promise => "Promise",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// An item that may be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// What it is.
    pub kind: Kind,
    /// What was asked, resolved or promised.
    pub words: Reason,
    /// Who asked; none where the minutes name nobody.
    pub asked_by: Option<String>,
    /// The released report that it is about, and where in it.
    pub about: Option<(ReportId, Cited)>,
    /// Who owes the reply.
    pub owner: PersonId,
    /// By when.
    pub due: Date,
}

impl NewItem {
    /// Checks the day against that of the meeting.
    ///
    /// # Errors
    /// Refuses a day before the meeting: nothing can be owed before it was asked.
    pub fn check(&self, meeting: &Meeting) -> Result<(), Refusal> {
        if self.due < meeting.held_on {
            return Err(Refusal::because(format!(
                "The meeting was on {}. A reply cannot be due before that.",
                day_in_words(meeting.held_on)
            )));
        }
        Ok(())
    }
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A reply is owed.
    Open,
    /// Its owner has replied; the committee has not said yet whether that will do.
    Replied,
    /// The committee has accepted the reply.
    Accepted,
}

impl Stage {
    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Replied => "replied",
            Self::Accepted => "accepted",
        }
    }

    /// The stage in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Replied => "Replied",
            Self::Accepted => "Accepted by the committee",
        }
    }
}

/// An item as it is kept, with all that became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: RegisterItemId,
    /// The meeting.
    pub meeting: Meeting,
    /// Its number among the items of that meeting, from 1.
    pub number: u32,
    /// What it is.
    pub kind: Kind,
    /// What was asked, resolved or promised.
    pub words: Reason,
    /// Who asked; none where the minutes name nobody.
    pub asked_by: Option<String>,
    /// The report that it is about and its title, and where in it.
    pub about: Option<(ReportId, String, Cited)>,
    /// Who owed the reply when it was entered, by id and name.
    pub first_owner: (PersonId, String),
    /// By when, when it was entered.
    pub first_due: Date,
    /// What became of it, the first step first.
    pub steps: Vec<Step>,
}

impl Item {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        let said = self.steps.iter().rev().find_map(|step| match step.what {
            What::Replied => Some(Stage::Replied),
            What::Accepted(_) => Some(Stage::Accepted),
            What::NotAccepted(_) => Some(Stage::Open),
            What::Moved { .. } | What::Given { .. } => None,
        });
        said.unwrap_or(Stage::Open)
    }

    /// Who owes the reply now, by id and name.
    pub fn owner(&self) -> (PersonId, &str) {
        let given = self.steps.iter().rev().find_map(|step| match &step.what {
            What::Given { to, .. } => Some((to.0, to.1.as_str())),
            _ => None,
        });
        given.unwrap_or((self.first_owner.0, self.first_owner.1.as_str()))
    }

    /// The day by which the reply is owed now.
    pub fn due(&self) -> Date {
        let moved = self.steps.iter().rev().find_map(|step| match step.what {
            What::Moved { to, .. } => Some(to),
            _ => None,
        });
        moved.unwrap_or(self.first_due)
    }

    /// True while a reply is owed and its day is past.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.stage() == Stage::Open && self.due() < today
    }

    /// The last reply; none while nobody has replied.
    pub fn reply(&self) -> Option<&Step> {
        self.steps.iter().rev().find(|step| step.what == What::Replied)
    }

    /// How it is cited: *14 October 2026, item 3*.
    pub fn reference(&self) -> String {
        format!("{}, item {}", day_in_words(self.meeting.held_on), self.number)
    }
}

/// How many items are owed, and how many of those are overdue.
pub fn owed(items: &[Item], today: Date) -> (usize, usize) {
    let open = items.iter().filter(|it| it.stage() == Stage::Open);
    (open.count(), items.iter().filter(|it| it.is_overdue(today)).count())
}
