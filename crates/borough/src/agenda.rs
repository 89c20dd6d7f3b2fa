//! Everything that is to happen, in the order of time, and its happening.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::action::Action;
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::finding::Raised;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use quarterlight_store::{ActionFilter, Store};

use crate::fault::Fault;
use crate::judging;
use crate::moderating::{self, SecondStep};

/// Something that somebody does.
#[derive(Debug)]
pub enum Event {
    /// Looks at a record.
    Look {
        /// Who.
        who: PersonId,
        /// At which record.
        record: RecordId,
        /// On which page.
        page: String,
    },
    /// Answers a standard, and perhaps raises a finding.
    Answer {
        /// The audit.
        desk: usize,
        /// The answer.
        answer: Answer,
        /// The finding.
        raised: Option<Raised>,
    },
    /// Submits an audit.
    Submit {
        /// The audit.
        desk: usize,
        /// Who owns what was not given to anybody.
        owner: Option<PersonId>,
        /// By when they are to do it.
        due: Date,
    },
    /// Does something in the second reading of an audit, if it has one.
    Moderate {
        /// The audit.
        desk: usize,
        /// What.
        step: SecondStep,
    },
    /// Says that an action is addressed.
    Address {
        /// The audit.
        desk: usize,
        /// The finding's standard.
        standard: StandardCode,
        /// The owner.
        by: PersonId,
        /// What was done.
        proof: Reason,
    },
    /// Says that it is not.
    NotYet {
        /// The audit.
        desk: usize,
        /// The finding's standard.
        standard: StandardCode,
        /// Somebody else.
        by: PersonId,
        /// Why.
        because: Reason,
    },
    /// Says that it is.
    Verify {
        /// The audit.
        desk: usize,
        /// The finding's standard.
        standard: StandardCode,
        /// Somebody else.
        by: PersonId,
    },
}

/// An audit as it lies on its auditor's desk.
#[derive(Debug)]
pub struct Desk {
    /// The audit.
    pub audit: Audit,
    /// Its answers so far.
    pub answers: Vec<Answer>,
}

/// Everything that is to happen.
#[derive(Debug, Default)]
pub struct Agenda {
    events: BTreeMap<(Timestamp, usize), Event>,
    added: usize,
}

impl Agenda {
    /// Adds an event. Of two at the same moment, the one added first happens first.
    pub fn add(&mut self, at: Timestamp, event: Event) {
        self.events.insert((at, self.added), event);
        self.added += 1;
    }

    /// Lets everything happen that comes before a moment, and tells how much of it has.
    pub async fn run_until(
        &mut self,
        end: Timestamp,
        world: &mut World<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<(), Fault> {
        let later = self.events.split_off(&(end, 0));
        let events = std::mem::replace(&mut self.events, later);
        let all = events.len();
        for (done, ((at, _), event)) in events.into_iter().enumerate() {
            progress(done, all);
            world.happen(at, event).await?;
        }
        Ok(())
    }
}

/// Where things happen.
pub struct World<'a> {
    /// The store.
    pub store: &'a Store,
    /// The edition of every audit.
    pub contents: &'a Contents,
    /// The audits.
    pub desks: Vec<Desk>,
}

impl World<'_> {
    async fn happen(&mut self, at: Timestamp, event: Event) -> Result<(), Fault> {
        match event {
            Event::Look { who, record, page } => {
                Ok(self.store.looks.note(who, record, &page, at).await?)
            }
            Event::Answer { desk, answer, raised } => self.answer(at, desk, answer, raised).await,
            Event::Submit { desk, owner, due } => self.submit(at, desk, (owner, due)).await,
            Event::Moderate { desk, step } => match self.desks.get_mut(desk) {
                Some(desk) => {
                    moderating::happen((self.store, self.contents), at, desk, &step).await
                }
                None => Ok(()),
            },
            Event::Address { desk, standard, by, proof } => {
                let stamp = Stamp::person(by, at, "addressed an action");
                let Some(action) = self.action(desk, &standard).await? else { return Ok(()) };
                let step = action.address(by, proof, stamp.day())?;
                self.store.actions.step(&stamp, &step).await?;
                Ok(())
            }
            Event::NotYet { desk, standard, by, because } => {
                let stamp = Stamp::person(by, at, "sent an action back");
                let Some(action) = self.action(desk, &standard).await? else { return Ok(()) };
                self.store.actions.step(&stamp, &action.not_yet(by, because)?).await?;
                Ok(())
            }
            Event::Verify { desk, standard, by } => {
                let stamp = Stamp::person(by, at, "verified an action");
                let Some(action) = self.action(desk, &standard).await? else { return Ok(()) };
                self.store.actions.step(&stamp, &action.verify(by, stamp.day())?).await?;
                Ok(())
            }
        }
    }

    async fn answer(
        &mut self,
        at: Timestamp,
        desk: usize,
        answer: Answer,
        raised: Option<Raised>,
    ) -> Result<(), Fault> {
        let Some(desk) = self.desks.get_mut(desk) else { return Ok(()) };
        let audit = &mut desk.audit;
        let stamp = Stamp::person(audit.auditor, at, "answered a standard");
        if let Some(raised) = &raised {
            raised.check(audit, self.contents, stamp.day())?;
        }
        let form = format!("borough {} {}", audit.id, answer.standard);
        let answered = audit.answer(self.contents, answer)?;
        let finding = raised.as_ref().map(|raised| (raised, form.as_str()));
        self.store.answers.save(&stamp, &answered, finding).await?;
        if answered.first {
            audit.stage = Stage::Underway { since: at };
        }
        desk.answers.push(Answer { version: 1, ..answered.answer });
        Ok(())
    }

    async fn submit(
        &mut self,
        at: Timestamp,
        desk: usize,
        after: (Option<PersonId>, Date),
    ) -> Result<(), Fault> {
        let Some(desk) = self.desks.get_mut(desk) else { return Ok(()) };
        let stamp = Stamp::person(desk.audit.auditor, at, "submitted an audit");
        let opinion = judging::opinion(self.contents, &desk.audit, &desk.answers)?;
        let submission = desk.audit.submit(self.contents, &desk.answers, opinion)?;
        self.store.answers.submit(&stamp, &submission, &desk.answers, after).await?;
        desk.audit.stage = Stage::Submitted { at, opinion: submission.opinion };
        Ok(())
    }

    /// The action on the finding about this standard.
    async fn action(&self, desk: usize, standard: &StandardCode) -> Result<Option<Action>, Fault> {
        let Some(desk) = self.desks.get(desk) else { return Ok(None) };
        let actions = self.store.actions.list(&ActionFilter::Audit(desk.audit.id)).await?;
        Ok(actions.into_iter().find(|action| action.standard == *standard))
    }
}
