//! A report on its way to members: built, read sentence by sentence, approved, and released by three people.
//!
//! Nothing of it changes. Where it stands is told by its steps; whoever wants other figures builds it
//! anew, and the one before is then superseded.

pub mod about;
pub mod ground;
pub mod numbers;
pub mod passage;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use crate::id::{PersonId, PreparedId, ReportId};
use crate::refusal::Refusal;
use crate::text::Reason;
use about::About;
use ground::Ground;
use passage::{Part, Passage, Place};

/// Something that was done to a prepared report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A sentence was read and left as it is.
    Accepted(Place),
    /// A sentence was written anew. Both wordings are kept.
    Edited {
        /// Where it stands.
        place: Place,
        /// What it said before.
        was: String,
        /// What it says now.
        now: Reason,
    },
    /// Somebody has looked for whatever could show who a child is, and says what they did about it.
    Cleared(Reason),
    /// Why Part II is private, and why the public interest does not outweigh that.
    Grounded(Ground, Reason),
    /// It may be released as it stands.
    Approved,
}

/// Something that was done, with who did it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done.
    pub what: What,
    /// Who did it; none at the server's own command line.
    pub by: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// A step that may be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSteps {
    /// Of which report.
    pub prepared: PreparedId,
    /// How many steps the person had seen. If there are more by now, none of these is kept.
    pub after: usize,
    /// What is done, in order.
    pub what: Vec<What>,
}

/// Where a prepared report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is being read.
    Draft,
    /// Somebody who did not write it has approved it.
    Approved,
    /// Members have it.
    Released(ReportId),
    /// It was built anew before it was released.
    Superseded,
}

impl State {
    /// The state in a word.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Approved => "Approved",
            Self::Released(_) => "Released",
            Self::Superseded => "Superseded",
        }
    }
}

/// How a generated sentence stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Nobody has accepted or edited it.
    Unread,
    /// It stands as it was generated.
    Accepted(&'a Step),
    /// It was written anew.
    Edited(&'a Step, &'a str),
}

/// A report that was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Its id.
    pub id: PreparedId,
    /// What it is about.
    pub about: About,
    /// Its title.
    pub title: String,
    /// Who built it, and their name; none at the server's own command line.
    pub built_by: Option<PersonId>,
    /// Their name.
    pub builder: String,
    /// When it was built: its figures stand as of then.
    pub built_at: Timestamp,
    /// The released report that it corrects, and what changed, in words.
    pub corrects: Option<(ReportId, Reason)>,
    /// True where a later one about the same was built.
    pub is_superseded: bool,
    /// The released report that it has become.
    pub released: Option<ReportId>,
    /// What was done to it, in order.
    pub steps: Vec<Step>,
}

impl Prepared {
    /// Where it stands.
    pub fn state(&self) -> State {
        match self.released {
            Some(report) => State::Released(report),
            None if self.is_superseded => State::Superseded,
            None if self.approved().is_some() => State::Approved,
            None => State::Draft,
        }
    }

    /// Who approved it, and when.
    pub fn approved(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.what == What::Approved)
    }

    /// How a sentence stands: what was said of it last counts.
    pub fn standing(&self, place: &Place) -> Standing<'_> {
        let of_place = self.steps.iter().rev().find_map(|step| match &step.what {
            What::Accepted(at) if at == place => Some(self.accepted(place, step)),
            What::Edited { place: at, now, .. } if at == place => {
                Some(Standing::Edited(step, now.words()))
            }
            _ => None,
        });
        of_place.unwrap_or(Standing::Unread)
    }

    /// A sentence that was edited and then accepted stands as it was edited.
    fn accepted<'a>(&'a self, place: &Place, step: &'a Step) -> Standing<'a> {
        let edited = self.steps.iter().rev().find_map(|step| match &step.what {
            What::Edited { place: at, now, .. } if at == place => Some((step, now.words())),
            _ => None,
        });
        edited.map_or(Standing::Accepted(step), |(step, now)| Standing::Edited(step, now))
    }

    /// The sentences that nobody has accepted or edited.
    pub fn unread<'p>(&self, passages: &'p [Passage]) -> Vec<&'p Passage> {
        let unread = |it: &&Passage| self.standing(&it.place) == Standing::Unread;
        passages.iter().filter(unread).collect()
    }

    /// The last time that somebody looked for what could show who a child is, unless Part I was
    /// edited since.
    pub fn cleared(&self) -> Option<&Step> {
        let mut cleared = None;
        for step in &self.steps {
            match &step.what {
                What::Cleared(_) => cleared = Some(step),
                What::Edited { place, .. } if place.part == Part::One => cleared = None,
                _ => {}
            }
        }
        cleared
    }

    /// The ground on which Part II is private, with the words on the public interest.
    pub fn ground(&self) -> Option<(Ground, &Reason, &Step)> {
        self.steps.iter().rev().find_map(|step| match &step.what {
            What::Grounded(ground, words) => Some((*ground, words, step)),
            _ => None,
        })
    }

    fn in_draft(&self) -> Result<(), Refusal> {
        let why = match self.state() {
            State::Draft => return Ok(()),
            State::Approved => "It is approved as it stands. Build it anew to change it.",
            State::Released(_) => {
                "It is released, so it never changes. Build a correction instead."
            }
            State::Superseded => "It was built anew since. Go on with the later one.",
        };
        Err(Refusal::because(why))
    }

    fn steps(&self, what: Vec<What>) -> NewSteps {
        NewSteps { prepared: self.id, after: self.steps.len(), what }
    }

    /// Accepts sentences as they stand. Those that were accepted or edited already are left alone.
    ///
    /// # Errors
    /// Refuses unless it is a draft, and where there is no such sentence.
    pub fn accept(&self, places: &[Place], passages: &[Passage]) -> Result<NewSteps, Refusal> {
        self.in_draft()?;
        if places.iter().any(|place| passages.iter().all(|it| it.place != *place)) {
            return Err(Refusal::because("There is no such sentence in this report."));
        }
        let unread = places.iter().filter(|place| self.standing(place) == Standing::Unread);
        Ok(self.steps(unread.cloned().map(What::Accepted).collect()))
    }

    /// Writes a sentence anew.
    ///
    /// # Errors
    /// Refuses unless it is a draft, blank words, and a number in Part I that the generated sentence
    /// did not have: nobody has attacked it.
    pub fn edit(
        &self,
        place: &Place,
        words: Reason,
        passages: &[Passage],
    ) -> Result<NewSteps, Refusal> {
        self.in_draft()?;
        let Some(passage) = passages.iter().find(|it| it.place == *place) else {
            return Err(Refusal::because("There is no such sentence in this report."));
        };
        if place.part == Part::One
            && let Some(number) = numbers::brought_in(&passage.text, words.words())
        {
            return Err(Refusal::because(format!(
                "{place} is public, and “{number}” is a number that it did not have. Write it \
                 without, because nobody could say what such a number gives away."
            )));
        }
        let was = match self.standing(place) {
            Standing::Edited(_, now) => now.to_owned(),
            _ => passage.text.clone(),
        };
        Ok(self.steps(vec![What::Edited { place: place.clone(), was, now: words }]))
    }

    /// Says that Part I was looked through for whatever could show who a child is.
    ///
    /// # Errors
    /// Refuses unless it is a draft with a Part I of which every sentence was accepted or edited.
    pub fn clear(&self, words: Reason, passages: &[Passage]) -> Result<NewSteps, Refusal> {
        self.in_draft()?;
        let public = || passages.iter().filter(|it| it.place.part == Part::One);
        if public().next().is_none() {
            return Err(Refusal::because(
                "This report has no Part I, so there is nothing to clear.",
            ));
        }
        if public().any(|it| self.standing(&it.place) == Standing::Unread) {
            return Err(Refusal::because(
                "Accept or edit every sentence of Part I first: what was not read cannot be cleared.",
            ));
        }
        Ok(self.steps(vec![What::Cleared(words)]))
    }

    /// Says on which ground Part II is private.
    ///
    /// # Errors
    /// Refuses unless it is a draft.
    pub fn choose(&self, ground: Ground, words: Reason) -> Result<NewSteps, Refusal> {
        self.in_draft()?;
        Ok(self.steps(vec![What::Grounded(ground, words)]))
    }

    /// What is still to be done before it can be approved, each as a sentence.
    pub fn wanting(&self, passages: &[Passage]) -> Vec<String> {
        let mut wanting = Vec::new();
        match self.unread(passages).len() {
            0 => {}
            1 => wanting.push("1 sentence is not accepted or edited yet.".to_owned()),
            more => wanting.push(format!("{more} sentences are not accepted or edited yet.")),
        }
        let has_part_one = passages.iter().any(|it| it.place.part == Part::One);
        if has_part_one && self.cleared().is_none() {
            wanting.push("The leak check of Part I is not cleared.".to_owned());
        }
        if self.ground().is_none() {
            wanting.push("The ground on which Part II is private is not chosen.".to_owned());
        }
        wanting
    }

    /// Whether this person has had a hand in it: built it or written a sentence of it.
    pub fn was_written_by(&self, person: PersonId) -> bool {
        let wrote =
            |step: &Step| step.by == Some(person) && matches!(step.what, What::Edited { .. });
        self.built_by == Some(person) || self.steps.iter().any(wrote)
    }

    /// Approves it for release.
    ///
    /// # Errors
    /// Refuses whoever built it or wrote in it, and as long as anything is wanting.
    pub fn approve(&self, by: PersonId, passages: &[Passage]) -> Result<NewSteps, Refusal> {
        self.in_draft()?;
        if self.was_written_by(by) {
            return Err(Refusal::because(
                "You built this report or wrote in it, so somebody else has to approve it.",
            ));
        }
        let wanting = self.wanting(passages);
        if !wanting.is_empty() {
            return Err(Refusal::because(wanting.join(" ")));
        }
        Ok(self.steps(vec![What::Approved]))
    }

    /// Whether it may be given to members now.
    ///
    /// # Errors
    /// Refuses unless it is approved, and not released or superseded.
    pub fn release(&self) -> Result<(), Refusal> {
        match self.state() {
            State::Approved => Ok(()),
            State::Draft => Err(Refusal::because(
                "Nobody has approved this report yet, so it cannot be released.",
            )),
            State::Released(_) => Err(Refusal::because("This report was released already.")),
            State::Superseded => {
                Err(Refusal::because("It was built anew since. Release the later one."))
            }
        }
    }
}
