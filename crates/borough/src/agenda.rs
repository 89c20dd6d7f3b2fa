//! Everything that is to happen, in the order of time, and its happening.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use quarterlight_domain::action::{Action, RECHECK_AFTER};
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::concern::clock::{Clock, Level};
use quarterlight_domain::concern::notice::Notice;
use quarterlight_domain::concern::{Concern, NewConcern, Spoken};
use quarterlight_domain::filing::check::NewCheck;
use quarterlight_domain::filing::mismatch::NewMismatch;
use quarterlight_domain::finding::Raised;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::reply::Meant;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_store::{ActionFilter, Store};

use crate::fault::Fault;
use crate::filing;
use crate::judging;
use crate::life;
use crate::moderating::{self, SecondStep};
use crate::proposals;
use crate::voices;

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
    /// Raises that the child may be unsafe now.
    Raise {
        /// The audit.
        desk: usize,
        /// What was seen.
        seen: Reason,
        /// The manager of the service, who is told.
        manager: PersonId,
    },
    /// Says what is being done about the concern of an audit.
    Acknowledge {
        /// The audit.
        desk: usize,
        /// The manager.
        by: PersonId,
        /// What is being done.
        doing: Reason,
    },
    /// Says what was done for the child.
    Close {
        /// The audit.
        desk: usize,
        /// Somebody else.
        by: PersonId,
        /// What was done.
        outcome: Reason,
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
    /// Goes on with an action, if its state allows it.
    Befalls(life::Step),
    /// Says something to an audit of a record of theirs.
    Reply {
        /// The audit.
        desk: usize,
        /// The worker.
        by: PersonId,
        /// What is meant by it.
        meant: Meant,
    },
    /// Decides what the worker challenged.
    Decide {
        /// The audit.
        desk: usize,
        /// The moderator.
        by: PersonId,
    },
    /// Checks the filing of a record.
    Check {
        /// Who.
        who: PersonId,
        /// What they found.
        check: Box<NewCheck>,
        /// What has to be put right.
        found: Vec<NewMismatch>,
    },
    /// Puts filing right.
    PutRight {
        /// Who.
        who: PersonId,
        /// How much of it, of a hundred.
        share: u32,
        /// What they did.
        did: Reason,
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
    /// The rules about time, with the bank holidays by which they count.
    pub rules: (&'a RuleSet, &'a BankHolidays),
    /// The audits.
    pub desks: Vec<Desk>,
}

impl World<'_> {
    async fn happen(&mut self, at: Timestamp, event: Event) -> Result<(), Fault> {
        match event {
            Event::Look { who, record, page } => {
                Ok(self.store.looks.note(who, record, &page, at).await.map(drop)?)
            }
            Event::Answer { desk, answer, raised } => self.answer(at, desk, answer, raised).await,
            Event::Raise { desk, seen, manager } => self.raise(at, desk, seen, manager).await,
            Event::Acknowledge { desk, by, doing } => {
                let stamp = Stamp::person(by, at, "acknowledged a concern");
                let Some(concern) = self.concern(desk).await? else { return Ok(()) };
                let step = concern.acknowledge(by, stamp.at, doing)?;
                self.store.concerns.acknowledge(&stamp, concern.id, &step).await?;
                Ok(())
            }
            Event::Close { desk, by, outcome } => {
                let stamp = Stamp::person(by, at, "closed a concern");
                let Some(concern) = self.concern(desk).await? else { return Ok(()) };
                let stage = concern.close(by, stamp.at, outcome)?;
                self.store.concerns.end(&stamp, concern.id, &stage).await?;
                Ok(())
            }
            Event::Reply { desk, by, meant } => self.reply(at, desk, (by, meant)).await,
            Event::Decide { desk, by } => self.decide(at, desk, by).await,
            Event::Submit { desk, owner, due } => self.submit(at, desk, (owner, due)).await,
            Event::Check { who, check, found } => {
                filing::check(self.store, at, who, (&check, &found)).await
            }
            Event::PutRight { who, share, did } => {
                filing::put_right(self.store, at, (who, share), &did).await
            }
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
                let step = action.not_yet(by, because, stamp.day())?;
                self.store.actions.step(&stamp, &step).await?;
                Ok(())
            }
            Event::Befalls(step) => match self.action(step.desk, &step.standard).await? {
                Some(action) => life::happen(self.store, at, &action, &step).await,
                None => Ok(()),
            },
            Event::Verify { desk, standard, by } => {
                let stamp = Stamp::person(by, at, "verified an action");
                let Some(action) = self.action(desk, &standard).await? else { return Ok(()) };
                let recheck = stamp.day().saturating_add(RECHECK_AFTER.days());
                let step = action.verify(by, stamp.day(), recheck)?;
                self.store.actions.step(&stamp, &step).await?;
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

    async fn raise(
        &mut self,
        at: Timestamp,
        desk: usize,
        seen: Reason,
        manager: PersonId,
    ) -> Result<(), Fault> {
        let Some(desk) = self.desks.get_mut(desk) else { return Ok(()) };
        let audit = &mut desk.audit;
        let stamp = Stamp::person(audit.auditor, at, "raised that a child may be unsafe now");
        let spoken = Spoken::new(Reason::new("The duty manager")?, stamp.at, stamp.at, None, None)?;
        let new = NewConcern {
            record: audit.record,
            audit: Some(audit.id),
            after_submission: false,
            seen,
            spoken: Some(spoken),
            form_key: format!("borough {}", audit.id),
        };
        // Larkmoor keeps Christmas Day and no other.
        let year = stamp.day().year();
        let christmas = [year, year + 1].map(|year| jiff::civil::date(year, 12, 25));
        let years = (year, year + 1);
        let holidays = BankHolidays::new("Larkmoor", "invented", "", years, christmas.into())?;
        let clock = Clock::of(stamp.at, true, &holidays);
        let told = [Notice { level: Level::ServiceManagers, person: manager }];
        self.store.concerns.raise(&stamp, &new, &clock, &told).await?;
        audit.is_unsafe = true;
        Ok(())
    }

    /// The concern that was raised in this audit.
    async fn concern(&self, desk: usize) -> Result<Option<Concern>, Fault> {
        let Some(desk) = self.desks.get(desk) else { return Ok(None) };
        let of_audit = self.store.concerns.of_audit(desk.audit.id).await?;
        Ok(of_audit.into_iter().next().map(|line| line.concern))
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
        let drawn = self.store.timescales.drawn_record(desk.audit.id).await?;
        let ruled = drawn.map(|it| proposals::ruled(self.contents, self.rules, desk, &it));
        let ruled = ruled.transpose()?.unwrap_or_default();
        self.store.proposals.keep(&stamp, desk.audit.id, &ruled).await?;
        voices::write(self.store, &stamp, &desk.audit).await?;
        self.store.answers.submit(&stamp, &submission, &desk.answers, after).await?;
        desk.audit.stage = Stage::Submitted { at, opinion: submission.opinion };
        Ok(())
    }

    async fn reply(
        &self,
        at: Timestamp,
        desk: usize,
        (by, meant): (PersonId, Meant),
    ) -> Result<(), Fault> {
        let Some(desk) = self.desks.get(desk) else { return Ok(()) };
        let Some(new) = voices::reply(self.contents, desk, meant)? else { return Ok(()) };
        let stamp = Stamp::person(by, at, "replied to an audit");
        let form = format!("borough reply {}", desk.audit.id);
        self.store.replies.say(&stamp, desk.audit.id, &new, &form).await?;
        Ok(())
    }

    async fn decide(&self, at: Timestamp, desk: usize, by: PersonId) -> Result<(), Fault> {
        let Some(desk) = self.desks.get(desk) else { return Ok(()) };
        let replies = self.store.replies.of_audit(desk.audit.id).await?;
        let Some(waits) = replies.iter().find(|reply| reply.waits()) else { return Ok(()) };
        let stamp = Stamp::person(by, at, "decided a challenge");
        let (outcome, reason) = voices::decision(&desk.audit)?;
        self.store.replies.decide(&stamp, waits.id, (outcome, &reason)).await?;
        Ok(())
    }

    /// The action on the finding about this standard.
    async fn action(&self, desk: usize, standard: &StandardCode) -> Result<Option<Action>, Fault> {
        let Some(desk) = self.desks.get(desk) else { return Ok(None) };
        let actions = self.store.actions.list(&ActionFilter::Audit(desk.audit.id)).await?;
        // One whose finding goes on under another action is seen to there.
        let alone = |it: &Action| it.standard == *standard && it.joined_to.is_none();
        Ok(actions.into_iter().find(alone))
    }
}
